/**
 * Pages that show something as it changes, by server-sent events. What changed is told by NOTIFY, so that it does not
 * matter which process changed it; each process has one listening connection, for as long as somebody follows. Whoever
 * follows is always sent the whole state: nobody has to catch up on what they missed.
 */
import type { Response } from "express";
import type pg from "pg";
import { elapsed } from "./clock.ts";
import { type Db, Prisma, type Tx } from "./db.ts";
import { Refusal } from "./refusal.ts";

const CHANNEL = "live";

/** Tells every process, when the transaction is through, that the state of a topic changed. */
export const tellChange = async (tx: Tx | Db, topic: string): Promise<void> =>
  void (await tx.$queryRaw(Prisma.sql`SELECT pg_notify(${CHANNEL}, ${topic})::text`));

export type Following<S> = {
  topic: string;
  /** Reads the state: once for all who follow the topic. */
  load: () => Promise<S>;
  /**
   * What this follower is told of it; null: nothing. The same as before is not sent again, and an object that several are
   * told is written out once. It is kept as long as they follow: what it holds on to, hundreds hold on to.
   */
  show: (state: S) => unknown;
};

export type Live = {
  /** Answers with a stream that ends when the reader goes, falls too far behind, or the process stops. */
  follow<S>(res: Response, following: Following<S>): void;
  /** Lets everybody go: they come back to whichever process then answers. */
  end(): void;
  readonly followers: number;
};

/** Times in ms. `gather`: news that come so close together are one. */
export type Pace = { gather: number; heartbeat: number; stalled: number; retry: number };
const USUAL: Pace = { gather: 25, heartbeat: 15_000, stalled: 30_000, retry: 1000 };
const MOST_FOLLOWERS = 3000;

type Follower = {
  res: Response;
  show: (state: never) => unknown;
  sent: string;
  /** What waits while the reader is behind: only the latest is worth reading. */
  waiting: string | null;
  behindSince: number | null;
};
type Topic = { followers: Set<Follower>; load: () => Promise<unknown>; timer: NodeJS.Timeout | null; loading: boolean };

/** @param pool of direct connections: LISTEN does not work through a pooler of transactions */
export function createLive(pool: pg.Pool, log: (error: unknown) => void, pace: Pace = USUAL): Live {
  const topics = new Map<string, Topic>();
  const all = new Set<Follower>();
  let listening: pg.PoolClient | null = null;
  let isConnecting = false;
  let isOver = false;
  let beating: NodeJS.Timeout | null = null;

  const write = (follower: Follower, text: string): void => {
    if (follower.res.write(text)) return;
    follower.behindSince = elapsed();
    follower.res.once("drain", () => {
      follower.behindSince = null;
      const { waiting } = follower;
      follower.waiting = null;
      if (waiting !== null) write(follower, waiting);
    });
  };
  const written = new WeakMap<object, string>();
  const textOf = (shown: unknown): string => {
    const isShared = typeof shown === "object" && shown !== null;
    const known = isShared ? written.get(shown) : undefined;
    if (known !== undefined) return known;
    const text = `event: state\ndata: ${JSON.stringify(shown)}\n\n`;
    if (isShared) written.set(shown, text);
    return text;
  };
  const send = (follower: Follower, state: unknown): void => {
    const shown = follower.show(state as never);
    if (shown === null) return;
    const text = textOf(shown);
    if (text === follower.sent) return;
    follower.sent = text;
    if (follower.behindSince === null) write(follower, text);
    else follower.waiting = text;
  };

  const refresh = (topic: Topic): void => {
    if (topic.timer || topic.loading) {
      // What happened while the state was being read may not be in it.
      if (topic.loading && !topic.timer) topic.timer = setTimeout(() => void read(topic), pace.gather);
      return;
    }
    topic.timer = setTimeout(() => void read(topic), pace.gather);
  };
  const read = async (topic: Topic): Promise<void> => {
    topic.timer = null;
    if (topic.loading) return refresh(topic);
    topic.loading = true;
    try {
      const state = await topic.load();
      for (const follower of topic.followers) send(follower, state);
    } catch (error) {
      // The next news, or the next heartbeat, tries again.
      log(error);
    } finally {
      topic.loading = false;
    }
  };

  const lose = (client: pg.PoolClient): void => {
    if (listening !== client) return;
    listening = null;
    client.release(true);
    if (all.size > 0) setTimeout(() => void listen(), pace.retry);
  };
  const listen = async (): Promise<void> => {
    if (listening || isConnecting || isOver || all.size === 0) return;
    isConnecting = true;
    try {
      const client = await pool.connect();
      listening = client;
      client.on("notification", ({ payload }) => {
        const topic = topics.get(payload ?? "");
        if (topic) refresh(topic);
      });
      client.on("error", () => lose(client));
      client.on("end", () => lose(client));
      await client.query(`LISTEN ${CHANNEL}`);
      // Nobody heard what changed before.
      for (const topic of topics.values()) refresh(topic);
    } catch (error) {
      log(error);
      if (listening) lose(listening);
      else if (all.size > 0) setTimeout(() => void listen(), pace.retry);
    } finally {
      isConnecting = false;
    }
    if (all.size === 0) rest();
  };
  const rest = (): void => {
    if (beating) clearInterval(beating);
    beating = null;
    const client = listening;
    listening = null;
    client?.release(true);
  };

  const beat = (): void => {
    for (const { res, behindSince } of all) {
      if (behindSince === null) res.write(":\n\n");
      else if (elapsed() - behindSince > pace.stalled) res.destroy();
    }
    // Time alone changes what is shown, too: office hours end, an appointment comes due.
    for (const topic of topics.values()) refresh(topic);
  };

  const leave = (name: string, follower: Follower): void => {
    const topic = topics.get(name);
    topic?.followers.delete(follower);
    if (topic?.followers.size === 0) {
      if (topic.timer) clearTimeout(topic.timer);
      topics.delete(name);
    }
    all.delete(follower);
    if (all.size === 0) rest();
  };

  return {
    follow(res, { topic: name, load, show }) {
      if (isOver || all.size >= MOST_FOLLOWERS)
        throw new Refusal("platform.refused.tooManyRequests", 429, { seconds: 5 });
      res.writeHead(200, {
        "Content-Type": "text/event-stream; charset=utf-8",
        "Cache-Control": "no-store",
        "X-Accel-Buffering": "no",
      });
      res.socket?.setNoDelay(true);
      const follower: Follower = { res, show, sent: "", waiting: null, behindSince: null };
      const topic = topics.get(name) ?? { followers: new Set(), load, timer: null, loading: false };
      topics.set(name, topic);
      topic.followers.add(follower);
      all.add(follower);
      res.on("close", () => leave(name, follower));
      write(follower, `retry: ${pace.retry}\n\n`);
      beating ??= setInterval(beat, pace.heartbeat);
      refresh(topic);
      void listen();
    },
    end() {
      isOver = true;
      for (const { res } of all) res.end();
    },
    get followers() {
      return all.size;
    },
  };
}
