import { z } from "zod";
import type { Admin, Context } from "#platform/context.ts";
import type { Db } from "#platform/db.ts";
import { notFound } from "#platform/refusal.ts";

export type Trial = {
  id: string;
  manuscriptId: string;
  place: string;
  sha256: string;
  agencyId: string;
  startedAt: Date;
  finishedAt: Date | null;
};
/** Somebody made up for a trial. */
export type TrialPerson = { accountId: string; name: string; kind: "citizen" | "officer" };
export type TrialDossier = {
  id: string;
  reference: string;
  code: string | null;
  status: string;
  stepId: string | null;
  /** Role and agency at which it waits. */
  role: string | null;
  agencyName: string | null;
};

const columns = {
  id: true,
  manuscriptId: true,
  place: true,
  sha256: true,
  agencyId: true,
  startedAt: true,
  finishedAt: true,
} as const;

/** The trial of a manuscript that is under way; null: none is. */
export const findOpenTrial = ({ db }: Pick<Context, "db">, manuscriptId: string): Promise<Trial | null> =>
  db.trial.findFirst({ where: { manuscriptId, endedAt: null }, select: columns });

/** A trial that is under way, by its id; null when it was thrown away. */
export const findTrial = async ({ db }: Pick<Context, "db">, id: string): Promise<Trial | null> =>
  z.uuid().safeParse(id).success ? db.trial.findFirst({ where: { id, endedAt: null }, select: columns }) : null;

/** Whose place one may take in a trial, the citizen first, then in the order of the steps. */
export async function listTrialPeople(place: Db): Promise<TrialPerson[]> {
  const rows = await place.account.findMany({
    where: { kind: { in: ["citizen", "officer"] } },
    select: { id: true, displayName: true, kind: true },
    orderBy: [{ kind: "asc" }, { username: "asc" }],
  });
  return rows.map(({ id, displayName, kind }) => ({
    accountId: id,
    name: displayName,
    kind: kind === "citizen" ? "citizen" : "officer",
  }));
}

/** Somebody of a trial. @throws Refusal 404 */
export async function findTrialPerson(place: Db, accountId: string): Promise<TrialPerson> {
  const person = (await listTrialPeople(place)).find((one) => one.accountId === accountId);
  if (!person) throw notFound();
  return person;
}

/** What was filed in a trial and where it stands, the newest first. */
export async function listTrialDossiers(place: Db): Promise<TrialDossier[]> {
  const rows = await place.dossier.findMany({
    select: {
      id: true,
      reference: true,
      code: true,
      status: true,
      stepRuns: {
        where: { closedAt: null, lead: true },
        select: { stepId: true, role: true, agency: { select: { name: true } } },
        orderBy: { openedAt: "desc" },
        take: 1,
      },
    },
    orderBy: { id: "desc" },
    take: 20,
  });
  return rows.map(({ stepRuns: [run], ...dossier }) => ({
    ...dossier,
    stepId: run?.stepId ?? null,
    role: run?.role ?? null,
    agencyName: run?.agency.name ?? null,
  }));
}

/** What was proven of a manuscript so far. */
export async function listProofs(
  { db }: Context<Admin>,
  manuscriptId: string,
): Promise<{ kind: "previewed" | "simulated" | "tried"; subject: string; sha256: string }[]> {
  const rows = await db.manuscriptProof.findMany({
    where: { manuscriptId },
    select: { kind: true, subject: true, sha256: true },
  });
  return rows.map((row) => ({ ...row, kind: row.kind as "previewed" | "simulated" | "tried" }));
}
