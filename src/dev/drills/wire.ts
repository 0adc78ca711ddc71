/** A wire between the portal and its database that can be slow, or cut. */
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

export type Wire = {
  /** The address, with this wire in place of the server's own port. */
  through: (url: string) => string;
  /** ms that every piece of an answer is late; 0: none. */
  delay: (ms: number) => void;
  /** Breaks every connection, and lets no new one through until it is mended. */
  cut: () => void;
  mend: () => void;
  end: () => Promise<void>;
};

/** @param url of the database whose server is meant */
export async function openWire(url: string): Promise<Wire> {
  const { port, hostname } = new URL(url);
  let late = 0;
  let isCut = false;
  const open = new Set<Socket>();
  const server = createServer((near) => {
    if (isCut) return void near.destroy();
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        open.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.on("data", (piece) => far.write(piece));
    // Piece after piece: a late one must not be overtaken when the wire becomes quick again.
    let before = Promise.resolve();
    far.on("data", (piece) => {
      const until = performance.now() + late;
      before = before.then(async () => {
        const left = until - performance.now();
        if (left > 0) await wait(left);
        if (near.writable) near.write(piece);
      });
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", () => done()));
  const own = String((server.address() as AddressInfo).port);
  const breakAll = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    through: (address) => {
      const changed = new URL(address);
      changed.port = own;
      return changed.href;
    },
    delay: (ms) => {
      late = ms;
    },
    cut: () => {
      isCut = true;
      breakAll();
    },
    mend: () => {
      isCut = false;
    },
    end: () =>
      new Promise((done) => {
        server.close(() => done());
        breakAll();
      }),
  };
}
