declare module "hoodiecrow-imap" {
  type Message = { raw: string; flags?: string[]; uid: number };
  type ImapServer = {
    listen(port: number, host: string, done: () => void): void;
    close(done: () => void): void;
    server: import("node:net").Server;
    folderCache: Record<string, { messages: Message[] }>;
  };
  export default function hoodiecrow(options: Record<string, unknown>): ImapServer;
}
