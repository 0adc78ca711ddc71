import { type ChildProcess, fork } from "node:child_process";
import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { FileStore, StagedFile } from "./files.ts";
import type { PressAnswer, PressOrder } from "./photo-press.ts";
import { root } from "./root.ts";

/** Longer than the largest picture takes on an old machine; who needs more is stuck. */
const PATIENCE_MS = 60_000;
/** Afterwards its memory goes back to the machine. */
const IDLE_MS = 5_000;
/** Beyond these a picture would be answered after its sender gave up. */
const MOST_WAITING = 40;

// Only what is not compiled needs its compiler along.
const isSource = import.meta.url.endsWith(".ts");
const PRESS = join(root, isSource ? "src/platform/photo-press.ts" : "dist/platform/photo-press.js");

let press: ChildProcess | null = null;
let idle: NodeJS.Timeout | undefined;
let waiting = 0;
/** Pictures are read one after the other, so that memory is bounded however many are sent at once. */
let line: Promise<unknown> = Promise.resolve();

function openPress(): ChildProcess {
  if (press?.connected) return press;
  const started = fork(PRESS, {
    execArgv: isSource ? ["--import", "tsx"] : [],
    env: {},
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  // It ends with the portal, and keeps nobody waiting who wants to end.
  started.unref();
  started.channel?.unref();
  press = started;
  return started;
}

function closePress(): void {
  press?.kill("SIGKILL");
  press = null;
}

function ask(order: PressOrder): Promise<PressAnswer> {
  clearTimeout(idle);
  const worker = openPress();
  worker.channel?.ref();
  return new Promise<PressAnswer>((resolve) => {
    const settle = (answer: PressAnswer): void => {
      clearTimeout(patience);
      worker.removeAllListeners();
      worker.channel?.unref();
      // A decoder compiled from C never gives memory back while it lives.
      if (order.mediaType.startsWith("image/hei")) closePress();
      else idle = setTimeout(closePress, IDLE_MS).unref();
      resolve(answer);
    };
    const give = (): void => {
      closePress();
      settle({ done: "unreadable" });
    };
    const patience = setTimeout(give, PATIENCE_MS);
    worker.once("message", (answer) => settle(answer as PressAnswer));
    worker.once("exit", give);
    worker.once("error", give);
    worker.send(order);
  });
}

export type SettledPhoto =
  | { staged: StagedFile; mediaType: string; convertedFrom: string | null }
  | { problem: "unreadable" | "tooManyPixels" | "busy" };

export const isPhoto = (mediaType: string): boolean => mediaType.startsWith("image/");

/**
 * Makes of a received picture what is kept of it: a JPEG of sensible size, upright, without what its device wrote into it
 * (also where it was taken). A small JPEG or PNG that is nothing but a picture stays byte for byte. One picture at a time
 * in a process, outside of the one that answers requests.
 * @returns a staged file of its own when it was converted: the given one stays the caller's
 */
export async function settlePhoto(store: FileStore, staged: StagedFile, mediaType: string): Promise<SettledPhoto> {
  if (waiting >= MOST_WAITING) return { problem: "busy" };
  waiting++;
  const to = `${staged.path}.jpg`;
  const turn = line.then(() => ask({ from: staged.path, to, mediaType }));
  line = turn;
  try {
    const { done } = await turn;
    if (done === "asItIs") return { staged, mediaType, convertedFrom: null };
    if (done !== "written") return { problem: done };
    const made = await store.stage(createReadStream(to), Number.POSITIVE_INFINITY);
    if (!made) return { problem: "unreadable" };
    return { staged: made, mediaType: "image/jpeg", convertedFrom: mediaType };
  } finally {
    waiting--;
    await rm(to, { force: true });
  }
}
