/** A mailbox over IMAP. The library is read when letters are asked for: most processes never do. */
import { Readable } from "node:stream";
import type { FetchMessageObject, ImapFlow, MessageStructureObject } from "imapflow";
import type { Attached, Letter, Mailbox } from "#digitising/rules.ts";

/** More wait for the next time. */
const MOST_LETTERS = 50;
const PATIENCE_MS = 30_000;
/** Where servers write to whom a letter was really sent, when its own lines name an alias or a list. */
const SENT_TO = ["delivered-to", "x-original-to", "envelope-to"];

const leaves = (node: MessageStructureObject): MessageStructureObject[] =>
  node.childNodes?.length ? node.childNodes.flatMap(leaves) : [node];

function attachedIn(client: ImapFlow, uid: number, structure: MessageStructureObject | undefined): Attached[] {
  return (structure ? leaves(structure) : []).flatMap((node): Attached[] => {
    const name = node.dispositionParameters?.["filename"] ?? node.parameters?.["name"];
    if (!name) return [];
    const open = async (): Promise<Readable> =>
      (await client.download(String(uid), node.part ?? "1", { uid: true })).content ?? Readable.from([]);
    return [{ name, open }];
  });
}

function letterOf(client: ImapFlow, message: FetchMessageObject): Letter {
  const { envelope, headers, bodyStructure, uid } = message;
  const addresses = [...(envelope?.to ?? []), ...(envelope?.cc ?? [])].flatMap(({ address }) => address ?? []);
  const written = (headers?.toString("utf8") ?? "").split(/\r?\n/).flatMap((line) => {
    const [, name = "", value = ""] = /^([\w-]+):\s*(.*)$/.exec(line) ?? [];
    return SENT_TO.includes(name.toLowerCase()) ? [value.trim().replace(/^<|>$/g, "")] : [];
  });
  return {
    from: envelope?.from?.[0]?.address ?? "",
    to: [...new Set([...addresses, ...written])],
    attached: attachedIn(client, uid, bodyStructure),
  };
}

/**
 * The mailbox of an address `imaps://user:password@host:port/folder`; without a folder, the inbox. Over `imap://` the
 * server must offer encryption, unless it stands on this machine: no password goes over a line that others hear.
 */
export function openMailbox(url: string): Mailbox {
  const at = new URL(url);
  const secure = at.protocol === "imaps:";
  const isLocal = /^(localhost|127\.\d+\.\d+\.\d+)$/.test(at.hostname);
  /** Opens the folder for as long as something is done there. */
  const inside = async (act: (client: ImapFlow) => Promise<void>): Promise<void> => {
    const { ImapFlow: Client } = await import("imapflow");
    const client = new Client({
      host: at.hostname,
      port: Number(at.port) || (secure ? 993 : 143),
      secure,
      ...(secure || isLocal ? {} : { doSTARTTLS: true }),
      auth: { user: decodeURIComponent(at.username), pass: decodeURIComponent(at.password) },
      logger: false,
      connectionTimeout: PATIENCE_MS,
      greetingTimeout: PATIENCE_MS,
      socketTimeout: PATIENCE_MS,
    });
    // What goes wrong with the line is told by the call that waits for it.
    client.on("error", () => {});
    await client.connect();
    try {
      const lock = await client.getMailboxLock(decodeURIComponent(at.pathname.slice(1)) || "INBOX");
      try {
        await act(client);
      } finally {
        lock.release();
      }
    } finally {
      await client.logout().catch(() => client.close());
    }
  };
  return {
    readNew: (take) =>
      inside(async (client) => {
        const waiting = (await client.search({ seen: false }, { uid: true })) || [];
        for (const uid of waiting.slice(0, MOST_LETTERS)) {
          const asked = { uid: true, envelope: true, bodyStructure: true, headers: SENT_TO };
          const message = await client.fetchOne(String(uid), asked, { uid: true });
          if (!message) continue;
          const isTaken = await take(letterOf(client, message));
          // Whoever looks into the mailbox sees at once what was not taken.
          await client.messageFlagsAdd(String(uid), isTaken ? ["\\Seen"] : ["\\Seen", "\\Flagged"], { uid: true });
        }
      }),
    look: () => inside(async () => {}),
  };
}
