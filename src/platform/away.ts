/** Errors that say nothing of the request: something that the portal leans on is away, full or too slow for now. */
import { Prisma } from "./db.ts";

/** Connections refused or lost, no name for a host, and a disk or a table of open files that is full. */
const SYSTEM = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENOSPC",
  "EDQUOT",
  "EFBIG",
  "EMFILE",
  "ENFILE",
]);
/** PostgreSQL: connection lost, out of disk, memory or places, shutting down or starting up, or a copy that takes over only now. */
const POSTGRES = /^(?:08...|25006|53[0-4]00|57P0[1-3])$/;
/** Prisma: the server cannot be reached or closed the connection, no connection or transaction in time. */
const PRISMA = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "P2028"]);
const ADAPTER = new Set(["DatabaseNotReachable", "ConnectionClosed", "SocketTimeout", "TooManyConnections"]);
/** What the driver says without a code. */
const DRIVER =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

const MOST_DEEP = 5;

/** True when the same request may go well once the database, the disk or the network is back; never for a bug. */
export function isAway(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > MOST_DEEP) return false;
  const { code, originalCode, kind, message, cause, errors, meta } = error as Record<string, unknown>;
  for (const one of [code, originalCode])
    if (typeof one === "string" && (SYSTEM.has(one) || POSTGRES.test(one) || PRISMA.has(one))) return true;
  if (typeof kind === "string" && ADAPTER.has(kind)) return true;
  if (typeof message === "string" && DRIVER.test(message)) return true;
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  const deeper = [
    cause,
    ...(Array.isArray(errors) ? errors : []),
    (meta as Record<string, unknown>)?.["driverAdapterError"],
  ];
  return deeper.some((one) => isAway(one, depth + 1));
}
