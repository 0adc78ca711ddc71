import cluster from "node:cluster";
import { once } from "node:events";
import type { Server } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

const IDLE_EVERY_MS = 100;

/**
 * Stops taking requests and lets those under way end; a connection that is kept alive is closed as soon as it is idle.
 * @param deadlineMs afterwards what is still under way is cut off
 */
export async function stopServer(server: Server, deadlineMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // One call is not enough: a browser's connection becomes idle only when its last answer is through.
  const sweeping = setInterval(() => server.closeIdleConnections(), IDLE_EVERY_MS);
  server.closeIdleConnections();
  const over = new AbortController();
  await Promise.race([
    closed,
    wait(deadlineMs, undefined, { signal: over.signal }).then(() => server.closeAllConnections()),
  ]);
  over.abort();
  clearInterval(sweeping);
  await closed;
}

/**
 * A process of a cluster goes only when the first one knows: a connection that was on its way to it is handed back then,
 * and another answers it. Without this nobody would, and the reader would wait for ever.
 */
export async function leaveCluster(): Promise<void> {
  const own = cluster.worker;
  if (!own?.isConnected()) return;
  const left = once(process, "disconnect");
  own.disconnect();
  await left;
}
