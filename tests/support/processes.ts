import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "./client.ts";
import type { TestDatabase } from "./database.ts";
import { atEnd } from "./ending.ts";
import { startProgram } from "./programs.ts";

export type Process = { base: string; child: ChildProcess };

/** Portals as processes of their own on one database and one folder; gone after the last test of the file. */
export async function startProcesses(
  count: number,
  { url, ownerUrl }: TestDatabase,
  more: Readonly<Record<string, string>> = {},
): Promise<Process[]> {
  const folder = mkdtempSync(join(tmpdir(), "mot-cua-"));
  const children: ChildProcess[] = [];
  atEnd(async () => {
    const ended = children.map(
      (child) => child.exitCode ?? child.signalCode ?? new Promise((done) => child.on("close", done)),
    );
    for (const child of children) child.kill("SIGKILL");
    await Promise.all(ended);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const start = async (): Promise<Process> => {
    const child = startProgram("main", {
      PATH: process.env["PATH"],
      DATABASE_URL: url,
      DATABASE_OWNER_URL: ownerUrl,
      DATA_DIR: folder,
      PORT: "0",
      RATE_LIMITS: "off",
      WORKER: "off",
      LOG_LEVEL: "info",
      SESSION_SECRET: "a secret of tests, long enough for any rule",
      ...more,
    });
    children.push(child);
    let output = "";
    let isUp = false;
    return new Promise((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (chunk) => {
          if (isUp) return;
          output += chunk;
          const base = /http:\/\/localhost:\d+/.exec(output)?.[0];
          isUp = base !== undefined;
          if (base) resolve({ base, child });
        });
      child.on("close", () => reject(new Error(`did not start:\n${output}`)));
    });
  };
  return Promise.all(Array.from({ length: count }, start));
}

/** The same person at another process: the cookies go along. */
export function sameAt(base: string, { cookies }: Client): Client {
  const other = new Client(base);
  for (const [name, value] of cookies) other.cookies.set(name, value);
  return other;
}
