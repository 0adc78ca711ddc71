import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { join } from "node:path";
import { inject } from "vitest";
import { buildServer } from "../../src/dev/build.mjs";
import { keepLog } from "./logs.ts";

const root = join(import.meta.dirname, "../..");

// What changed since the last time is compiled first: a compiled program starts in a third of the time.
await buildServer();

/**
 * A program of the portal in a process of its own, as `npm start` runs it.
 * @param name where it stands under src/: "main", "ops/verify-history"
 */
export const startProgram = (
  name: string,
  env: NodeJS.ProcessEnv,
  args: readonly string[] = [],
): ChildProcessWithoutNullStreams => {
  const child = spawn(process.execPath, [join(root, "dist", `${name}.js`), ...args], { cwd: root, env });
  const logs = inject("logs");
  for (const [of, stream] of Object.entries({ out: child.stdout, err: child.stderr }))
    stream.on("data", (chunk: Buffer) => keepLog(logs, `${name.replace("/", "-")}-${child.pid}-${of}`, chunk));
  return child;
};
