import { elapsed } from "./clock.ts";
import { type Db, originOf } from "./db.ts";

type Asker = { db: Db };

/**
 * Remembers answers of the database for `ttl` ms, apart for each database; askers who come at once share one question.
 * Inside a transaction the question goes through it, and only a good answer is kept. A failed question is not remembered.
 * @param most keys kept; the oldest makes room, so that invented addresses cannot fill the memory
 */
export function remember<A extends Asker, K, T>(
  ttl: number,
  load: (ctx: A, key: K) => Promise<T>,
  most = 2000,
): {
  find(ctx: A, key: K): Promise<T>;
  /** Of all keys, or of those that a change concerns. */
  forget(ctx: Asker, concerned?: (key: K) => boolean): void;
} {
  const perDatabase = new WeakMap<Db, Map<K, { until: number; answer: Promise<T> }>>();
  return {
    find(ctx, key) {
      const origin = originOf(ctx.db);
      let known = perDatabase.get(origin);
      if (!known) {
        known = new Map();
        perDatabase.set(origin, known);
      }
      const kept = known;
      const found = kept.get(key);
      if (found && found.until > elapsed()) return found.answer;
      const answer = load(ctx, key);
      const keep = (): void => {
        kept.delete(key);
        kept.set(key, { until: elapsed() + ttl, answer });
        if (kept.size > most) kept.delete(kept.keys().next().value as K);
      };
      const drop = (): void => {
        if (kept.get(key)?.answer === answer) kept.delete(key);
      };
      if (origin === ctx.db) {
        keep();
        answer.catch(drop);
      } else answer.then(keep, () => {});
      return answer;
    },
    forget({ db }, concerned) {
      const origin = originOf(db);
      if (!concerned) perDatabase.delete(origin);
      for (const key of perDatabase.get(origin)?.keys() ?? [])
        if (concerned?.(key)) perDatabase.get(origin)?.delete(key);
    },
  };
}
