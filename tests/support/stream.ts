import type { Client } from "./client.ts";
import { atEnd } from "./ending.ts";

export type Followed<T> = {
  /** Everything that was sent, in order. */
  readonly sent: T[];
  /** The first of what was or will be sent that the test waits for. */
  until(wanted: (state: T) => boolean): Promise<T>;
  stop(): Promise<void>;
};

/** What a browser's EventSource would hear under an address, until the connection ends or the test stops it. */
export function follow<T>(client: Pick<Client, "base" | "cookies">, path: string): Followed<T> {
  const sent: T[] = [];
  const waiting = new Set<() => void>();
  const over = new AbortController();
  const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const listen = async (): Promise<void> => {
    const answer = await fetch(`${client.base}${path}`, { headers: { cookie }, signal: over.signal });
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
    let text = "";
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) {
        const [, data] = /^data: (.*)$/m.exec(block) ?? [];
        if (data) sent.push(JSON.parse(data) as T);
      }
      for (const look of waiting) look();
    }
    throw new Error(`${path}: the stream ended`);
  };
  let failed: unknown;
  const ended = listen().catch((error) => {
    if (!over.signal.aborted) failed = error;
    for (const look of waiting) look();
  });
  const stop = async (): Promise<void> => {
    over.abort();
    await ended;
  };
  atEnd(stop);
  return {
    sent,
    stop,
    until: (wanted) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = sent.find(wanted);
          if (found === undefined && failed === undefined) return;
          waiting.delete(look);
          if (found !== undefined) resolve(found);
          else reject(failed);
        };
        waiting.add(look);
        look();
      }),
  };
}
