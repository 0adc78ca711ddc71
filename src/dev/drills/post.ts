/** The drill's mail server: a real one, which counts how often each mail came. */
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";

export type Post = {
  url: string;
  /** Times that each Message-ID came. */
  mails: Map<string, number>;
  /** Goes away, and comes back on the same port. */
  leave: () => Promise<void>;
  back: () => Promise<void>;
};

export async function openPost(): Promise<Post> {
  const mails = new Map<string, number>();
  let port = 0;
  let server: SMTPServer | null = null;
  const back = async (): Promise<void> => {
    const opened = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      logger: false,
      onData: (stream, _session, done) => {
        buffer(stream).then((bytes) => {
          const id = /^message-id:\s*(\S+)/im.exec(bytes.toString("latin1"))?.[1] ?? "";
          mails.set(id, (mails.get(id) ?? 0) + 1);
          done();
        }, done);
      },
    });
    opened.on("error", () => {});
    await new Promise<void>((done) => opened.listen(port, "127.0.0.1", () => done()));
    port = (opened.server.address() as AddressInfo).port;
    server = opened;
  };
  await back();
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    leave: () => new Promise((done) => (server ? server.close(() => done()) : done())),
    back,
  };
}
