import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Readable } from "node:stream";

/** Who looks through files for malware. */
export type Scanner = {
  /**
   * Looks through bytes to their end.
   * @returns the name of what was found; null: nothing
   * @throws ScannerAway when nobody answers, Unscannable when these bytes could not be looked through
   */
  scan(bytes: Readable): Promise<string | null>;
  /** The scanner's own version and that of its signatures. @throws ScannerAway */
  version(): Promise<string>;
};

/** Nobody answers: no file's fault, and no verdict on any. */
export class ScannerAway extends Error {}
/** This file could not be looked through: too large for the scanner, or it gave up. Never taken for clean. */
export class Unscannable extends Error {}

const CONNECT_MS = 5_000;
/** A scanner that says nothing for so long is stuck. */
const SILENCE_MS = 120_000;
const MOST_ANSWER = 4096;

type Place = { path: string } | { host: string; port: number };

/** `127.0.0.1:3310`, `[::1]:3310` or `/run/clamav/clamd.ctl`; null: neither. */
export function readScannerPlace(text: string): Place | null {
  if (text.startsWith("/")) return { path: text };
  const found = /^(?:\[([0-9a-f:.]+)\]|([^:/\s]+)):(\d{1,5})$/i.exec(text);
  const port = Number(found?.[3]);
  return found && port > 0 && port < 65_536 ? { host: found[1] ?? found[2] ?? "", port } : null;
}

async function open(place: Place): Promise<Socket> {
  const socket = connect(place);
  socket.setTimeout(CONNECT_MS, () => socket.destroy(new Error("no connection in time")));
  try {
    await once(socket, "connect");
  } catch (error) {
    throw new ScannerAway("the scanner does not answer", { cause: error });
  }
  socket.setTimeout(SILENCE_MS);
  return socket;
}

/** What comes back until the socket ends; a socket that is reset has answered what it had answered. */
function answerOf(socket: Socket): Promise<string> {
  let answer = "";
  return new Promise((resolve) => {
    socket.on("data", (chunk) => {
      answer += chunk.toString("utf8");
      if (answer.includes("\0") || answer.length > MOST_ANSWER) socket.destroy();
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(answer.split("\0")[0]?.trim() ?? ""));
  });
}

/** Bytes as clamd takes them: each piece behind its length, an empty one at the end. */
async function sendPieces(socket: Socket, bytes: Readable): Promise<void> {
  let goOn = (): void => {};
  for (const event of ["drain", "close"]) socket.on(event, () => goOn());
  for await (const chunk of bytes) {
    const piece = chunk as Buffer;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(piece.length);
    if (socket.destroyed) return;
    socket.write(length);
    // It may hang up while it is told: then nobody waits for it to take more.
    const isTaken = socket.write(piece);
    if (!isTaken && !socket.destroyed)
      await new Promise<void>((resolve) => {
        goOn = resolve;
      });
  }
  if (!socket.destroyed) socket.write(Buffer.alloc(4));
}

/** ClamAV's daemon, by its own protocol (INSTREAM), one connection a file. */
export function createClamav(place: Place): Scanner {
  const ask = async (command: string, bytes?: Readable): Promise<string> => {
    const socket = await open(place).catch((error) => {
      bytes?.destroy();
      throw error;
    });
    socket.on("timeout", () => socket.destroy());
    const answer = answerOf(socket);
    try {
      socket.write(`z${command}\0`);
      if (bytes) await sendPieces(socket, bytes);
      return await answer;
    } finally {
      bytes?.destroy();
      socket.destroy();
    }
  };
  return {
    scan: async (bytes) => {
      const answer = await ask("INSTREAM", bytes);
      if (answer === "stream: OK") return null;
      const found = /^stream: (.+) FOUND$/.exec(answer)?.[1];
      if (found) return found;
      throw new Unscannable(answer || "the scanner hung up");
    },
    version: async () => {
      const answer = await ask("VERSION");
      if (!answer) throw new ScannerAway("the scanner says nothing");
      return answer;
    },
  };
}

/** The scanner of a configured place; undefined: none is. */
export function openScanner(text: string | null): Scanner | undefined {
  const place = text === null ? null : readScannerPlace(text);
  return place ? createClamav(place) : undefined;
}
