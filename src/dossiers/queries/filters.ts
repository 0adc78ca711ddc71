import { addDays, instantAt } from "#calendar/index.ts";
import { findDirectory } from "#organizations/index.ts";
import { isWellFormedCode, readCode } from "#platform/codes.ts";
import type { Context, Officer } from "#platform/context.ts";
import { Prisma } from "#platform/db.ts";
import { fold } from "#platform/format.ts";
import { DOSSIER_CODE, type Status } from "../rules.ts";
import { ARCHIVES, agenciesOf, STEP_LISTS, type WorkSearch } from "./lists.ts";

/** What a worklist is narrowed to; days are yyyy-MM-dd in Vietnam, both included. */
export type WorkFilter = {
  /** A code or its beginning, a reference, a personal id, a phone number, or part of a name from the beginning of a word on, without diacritics. */
  q?: string | undefined;
  /** Code of the procedure. */
  procedure?: string | undefined;
  sector?: string | undefined;
  status?: Status | undefined;
  /** Id of a step; steps of several procedures may share one. */
  step?: string | undefined;
  /** Received there, or standing there now. */
  agencyId?: string | undefined;
  unitId?: string | undefined;
  /** An account, or "none" for steps in nobody's hands. */
  assignee?: string | undefined;
  channel?: "online" | "counter" | "post" | undefined;
  receivedFrom?: string | undefined;
  receivedTo?: string | undefined;
  dueFrom?: string | undefined;
  dueTo?: string | undefined;
};

const DIGITS = /^\d{9,12}$/;
const BEGUN_CODE = /^[A-Z]\d{2}[0-9A-Z.]*(?:-\d*){0,2}$/;
const DAY_AND_SERIAL = /^\d{6}(?:-\d{0,7})?$/;

/** What a dossier without a code is called by, as it is read out: "7KQM-2XWT-9HRD-CP"; null when it is none. */
const referenceOf = (typed: string): string | null => (isWellFormedCode(readCode(typed)) ? readCode(typed) : null);

/** A condition on d that a search word means. */
async function searchOf(ctx: Context<Officer>, list: WorkSearch, q: string): Promise<Prisma.Sql> {
  const typed = q.trim().toUpperCase();
  if (DOSSIER_CODE.test(typed)) return Prisma.sql`d.code = ${typed}`;
  const reference = referenceOf(q);
  if (reference) return Prisma.sql`d.reference = ${reference}`;
  if (DIGITS.test(typed))
    return Prisma.sql`d.id IN (SELECT x."dossierId" FROM dossier_parties x WHERE x."personalId" = ${typed}
      UNION ALL SELECT x."dossierId" FROM dossier_parties x WHERE x.phone = ${typed})`;
  const begins = (code: string) => Prisma.sql`(d.code || '') LIKE ${`${code}%`}`;
  if (BEGUN_CODE.test(typed)) return begins(typed);
  if (DAY_AND_SERIAL.test(typed)) {
    // The agency's part of a code goes without saying at its own desk.
    const { agencyOf } = await findDirectory(ctx);
    const own = agenciesOf(ctx.actor).flatMap((id) => agencyOf(id)?.identifier ?? []);
    if (own.length > 0)
      return Prisma.sql`(${Prisma.join(
        own.map((one) => begins(`${one}-${typed}`)),
        " OR ",
      )})`;
  }
  const borne = Prisma.sql`SELECT x."dossierId" FROM dossier_parties x WHERE ${bears(Prisma.sql`x."searchName"`, soughtIn(q))}`;
  if (!ARCHIVES.includes(list)) return Prisma.sql`d.id IN (${borne})`;
  // Most who bear a name filed elsewhere: their dossiers are not even looked up.
  return Prisma.sql`d.id = ANY(ARRAY(SELECT o."dossierId" FROM dossier_places o
    WHERE o."dossierId" = ANY(ARRAY(${borne})) AND o."agencyId" = ANY(${agenciesOf(ctx.actor)}::uuid[])))`;
}

/** Part of a name, folded, from the beginning of a word on. */
export type SoughtName = { part: string };
const soughtIn = (q: string): SoughtName => ({ part: fold(q) });

/** Whose name may have these words after each other, the last of which may be only begun: what the index knows. */
export function hasPairs(name: Prisma.Sql, { part }: SoughtName): Prisma.Sql {
  if (part === "") return Prisma.sql`FALSE`;
  const words = part.split(" ");
  const pairs = words.length === 1 ? words : words.slice(1).map((word, i) => `${words[i]} ${word}`);
  return Prisma.sql`name_pairs(${name}) @@ ${`${pairs.map((pair) => `'${pair}'`).join(" & ")}:*`}::tsquery`;
}

/** Whose name has them, without an index. */
export const isNamed = (name: Prisma.Sql, { part }: SoughtName): Prisma.Sql =>
  part === "" ? Prisma.sql`FALSE` : Prisma.sql`' ' || left(${name}, 200) LIKE ${`% ${part}%`}`;

/** Who bears such a name. */
const bears = (name: Prisma.Sql, sought: SoughtName): Prisma.Sql =>
  Prisma.sql`(${hasPairs(name, sought)} AND ${isNamed(name, sought)})`;

/** The name that is looked for; null when what was typed is a code or a number. */
export function nameIn({ q }: WorkFilter): SoughtName | null {
  const typed = (q ?? "").trim().toUpperCase();
  const isNumber = [DOSSIER_CODE, DIGITS, BEGUN_CODE, DAY_AND_SERIAL].some((pattern) => pattern.test(typed));
  return typed === "" || isNumber || referenceOf(typed) ? null : soughtIn(typed);
}

/** Conditions on d, and on its step: the run of a list of steps, else the one that leads. */
export async function conditionsOf(ctx: Context<Officer>, list: WorkSearch, filter: WorkFilter): Promise<Prisma.Sql[]> {
  const { q, procedure, sector, status, step, agencyId, unitId, assignee, channel } = filter;
  const all: Prisma.Sql[] = [];
  if (q) all.push(await searchOf(ctx, list, q));
  if (procedure) all.push(Prisma.sql`d."procedureId" = (SELECT o.id FROM procedures o WHERE o.code = ${procedure})`);
  if (sector)
    all.push(Prisma.sql`d."procedureId" IN (
      SELECT o.id FROM procedures o JOIN catalogue_entries e ON e.code = o.code WHERE e.sector = ${sector})`);
  if (status) all.push(Prisma.sql`d.status = ${status}::"DossierStatus"`);
  if (channel) all.push(Prisma.sql`d.channel = ${channel}::"Channel"`);
  const from = (day: string) => instantAt(day, "00:00");
  const to = (day: string) => instantAt(addDays(day, 1), "00:00");
  if (filter.receivedFrom) all.push(Prisma.sql`d."submittedAt" >= ${from(filter.receivedFrom)}`);
  if (filter.receivedTo) all.push(Prisma.sql`d."submittedAt" < ${to(filter.receivedTo)}`);
  if (filter.dueFrom) all.push(Prisma.sql`d."dueAt" >= ${from(filter.dueFrom)}`);
  if (filter.dueTo) all.push(Prisma.sql`d."dueAt" < ${to(filter.dueTo)}`);
  const ofStep: Prisma.Sql[] = [];
  if (step) ofStep.push(Prisma.sql`r."stepId" = ${step}`);
  if (unitId) ofStep.push(Prisma.sql`r."unitId" = ${unitId}::uuid`);
  if (assignee)
    ofStep.push(
      assignee === "none" ? Prisma.sql`r."assigneeId" IS NULL` : Prisma.sql`r."assigneeId" = ${assignee}::uuid`,
    );
  const lead = (condition: Prisma.Sql) =>
    Prisma.sql`EXISTS (SELECT FROM step_runs r WHERE r."dossierId" = d.id AND r.lead AND r."closedAt" IS NULL AND ${condition})`;
  if (agencyId)
    all.push(
      Prisma.sql`(d."receivingAgencyId" = ${agencyId}::uuid OR ${lead(Prisma.sql`r."agencyId" = ${agencyId}::uuid`)})`,
    );
  if (ofStep.length === 0) return all;
  const joined = Prisma.join(ofStep, " AND ");
  return [...all, STEP_LISTS.includes(list) ? joined : lead(joined)];
}

/** Whether a filter narrows anything. */
export const isNarrowed = (filter: WorkFilter): boolean => Object.values(filter).some(Boolean);
