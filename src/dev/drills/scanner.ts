/** A scanner that speaks clamd's protocol, finds everything clean, and can go away. */
import { type AddressInfo, createServer, type Server } from "node:net";

export type DrillScanner = { place: string; leave: () => Promise<void>; back: () => Promise<void> };

const COMMAND = Buffer.from("zINSTREAM\0");
const LENGTH = 4;

/** Whether these bytes are a whole question: the command, pieces behind their lengths, and the empty piece. */
function isWhole(asked: Buffer): boolean {
  let at = COMMAND.length;
  while (at + LENGTH <= asked.length) {
    const length = asked.readUInt32BE(at);
    if (length === 0) return true;
    at += LENGTH + length;
  }
  return false;
}

export async function openDrillScanner(): Promise<DrillScanner> {
  let port = 0;
  let server: Server | null = null;
  const back = async (): Promise<void> => {
    const opened = createServer((socket) => {
      const pieces: Buffer[] = [];
      socket.on("error", () => {});
      socket.on("data", (piece) => {
        pieces.push(piece);
        if (isWhole(Buffer.concat(pieces))) socket.end("stream: OK\0");
      });
    });
    await new Promise<void>((done) => opened.listen(port, "127.0.0.1", () => done()));
    port = (opened.address() as AddressInfo).port;
    server = opened;
  };
  await back();
  return {
    place: `127.0.0.1:${port}`,
    leave: () => new Promise((done) => (server ? server.close(() => done()) : done())),
    back,
  };
}
