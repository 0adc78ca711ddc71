import { type Db, noteOrigin, type Tx } from "./db.ts";
import type { FileStore } from "./files.ts";
import type { Language } from "./i18n.ts";
import type { Scanner } from "./scanner.ts";

/**
 * Where an officer works and as what. `role` is one of the workflow room's officer roles; `for`: the account of who is
 * away and whose place the officer takes there.
 */
export type WorkPosting = { agencyId: string; unitId: string | null; role: string; for?: string };

export type Visitor = { kind: "visitor" };
export type Citizen = { kind: "citizen"; accountId: string; name: string };
export type Officer = {
  kind: "officer";
  accountId: string;
  name: string;
  /** Their own first, then those of the officers for whom they act today. */
  postings: readonly WorkPosting[];
  /** Who is away today and has them act. */
  deputyFor?: readonly { accountId: string; name: string }[];
  /** May read the events of security. */
  audits?: true;
};
/** `agencyId`: whose people and parts they keep, with those below it; absent: the whole province (src/admin/rules/reach.ts). */
export type Admin = { kind: "admin"; accountId: string; name: string; agencyId?: string; audits?: true };
/** Jobs, imports and the seed. */
export type System = { kind: "system"; name: string };

export type Actor = Visitor | Citizen | Officer | Admin | System;

/** Who asks, when, and through which database handle; made once per request, job or test. */
export type Context<A extends Actor = Actor> = {
  actor: A;
  now: Date;
  db: Db;
  files: FileStore;
  /** Absent: nobody looks through files, by configuration. */
  scanner?: Scanner;
  /** Where the public reaches the portal, without a trailing slash: goes into QR codes and messages. */
  publicUrl: string;
  requestId: string;
  language: Language;
  /** Where the request came from; nothing for jobs. */
  from?: { address: string; device: string };
};

/** What is the same for every request, job and import of one process. */
export type Surroundings = Pick<Context, "db" | "files" | "publicUrl" | "scanner">;

export const systemContext = (surroundings: Surroundings, now: Date, name: string): Context<System> => ({
  ...surroundings,
  actor: { kind: "system", name },
  now,
  requestId: name,
  language: "vi",
});

/**
 * The same context reading through an open transaction. What an action reads inside one must not take a second
 * connection: ten actions that each hold one and wait for another would wait for each other.
 */
export const inside = <C extends Pick<Context, "db">>(ctx: C, tx: Tx): C => {
  noteOrigin(tx, ctx.db);
  return { ...ctx, db: tx as Db };
};

declare global {
  namespace Express {
    interface Request {
      ctx: Context;
    }
  }
}
