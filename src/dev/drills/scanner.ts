/** A scanner that speaks clamd's protocol, finds everything clean, and can go away. */
import { type AddressInfo, createServer, type Server } from "node:net";

export type DrillScanner = { place: string; leave: () => Promise<void>; back: () => Promise<void> };

const END = Buffer.alloc(4);

export async function openDrillScanner(): Promise<DrillScanner> {
  let port = 0;
  let server: Server | null = null;
  const back = async (): Promise<void> => {
    const opened = createServer((socket) => {
      let tail = Buffer.alloc(0);
      socket.on("error", () => {});
      socket.on("data", (piece) => {
        tail = Buffer.concat([tail, piece]).subarray(-END.length);
        if (tail.equals(END)) socket.end("stream: OK\0");
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
