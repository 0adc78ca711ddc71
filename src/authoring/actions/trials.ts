import { randomBytes } from "node:crypto";
import { createOfficer } from "#accounts/index.ts";
import { isFinished } from "#dossiers/rules.ts";
import { listAgencies } from "#organizations/index.ts";
import { type Admin, type Context, type Surroundings, systemContext } from "#platform/context.ts";
import { isoDay } from "#platform/format.ts";
import { Refusal } from "#platform/refusal.ts";
import type { Sandboxes } from "#platform/sandboxes.ts";
import { ProcedureDefinition, publishProcedure } from "#procedures/index.ts";
import { resolveAgency } from "#workflow/index.ts";
import { findReceptions, type KnownReception } from "../queries/staffing.ts";
import { findOpenTrial, type Trial } from "../queries/trials.ts";
import { findManuscript } from "../queries.ts";
import { contentHash, problemsOf, type Sketch } from "../rules.ts";
import { keepProof } from "./proofs.ts";

declare module "#platform/jobs.ts" {
  interface Jobs {
    "authoring.trials": Record<string, never>;
  }
}

/** Reference data that comes along into a trial: where, when, and what papers say. No person, dossier, number or text. */
const COPIED = [
  "administrative_units",
  "agencies",
  "units",
  "calendar_days",
  "calendar_changes",
  "settings",
  "paper_templates",
  "list_entries",
  "wordings",
];

/** What stands behind the name of every agency of a trial, hence on every page and paper that is made in it. */
export type TrialWords = { mark: string; citizen: string; roleOf(role: string): string };

/**
 * Opens a sandbox in which the manuscript is in force at one agency, with a citizen and an officer for each role of its
 * steps. One at a time: the trial of an older state of the manuscript is thrown away.
 * @throws Refusal 404; 409 when the manuscript is closed or has problems, or when nobody could take it in
 */
export async function beginTrial(
  ctx: Context<Admin>,
  sandboxes: Sandboxes,
  { manuscriptId, agencyId }: { manuscriptId: string; agencyId: string },
  words: TrialWords,
): Promise<Trial> {
  const manuscript = await findManuscript(ctx, manuscriptId);
  if (manuscript.state !== "open") throw new Refusal("authoring.refused.closed");
  if (problemsOf(manuscript.sketch).length > 0) throw new Refusal("authoring.refused.trialProblems");
  const { receptions } = await findReceptions(ctx, manuscript.sketch);
  const reception = receptions.find(({ receiving }) => receiving.id === agencyId) ?? receptions[0];
  if (!reception) throw new Refusal("authoring.refused.trialNowhere");
  const standing = await findOpenTrial(ctx, manuscriptId);
  if (standing) await endTrial(ctx, sandboxes, standing);
  const place = `thu_${randomBytes(16).toString("hex")}`;
  const { id } = await ctx.db.trial.create({
    data: {
      manuscriptId,
      place,
      sha256: contentHash(manuscript.sketch, "tried"),
      agencyId: reception.receiving.id,
      startedAt: ctx.now,
      startedById: ctx.actor.accountId,
    },
    select: { id: true },
  });
  const trial: Trial = {
    id,
    manuscriptId,
    place,
    sha256: contentHash(manuscript.sketch, "tried"),
    agencyId: reception.receiving.id,
    startedAt: ctx.now,
    finishedAt: null,
  };
  try {
    await ctx.db.$queryRaw`SELECT open_trial(${place}, ${COPIED})::text`;
    await furnish(sandboxes.at(place), ctx.now, manuscript.sketch, reception, words);
  } catch (error) {
    await endTrial(ctx, sandboxes, trial);
    throw error;
  }
  return trial;
}

/** The procedure in force, who may ask for it, and who works on it. */
async function furnish(
  surroundings: Surroundings,
  now: Date,
  sketch: Sketch,
  { receiving, competent }: KnownReception,
  words: TrialWords,
): Promise<void> {
  const { db } = surroundings;
  const suffix = ` (${words.mark})`;
  await db.$executeRaw`UPDATE agencies SET name = name || ${suffix}, "shortName" = "shortName" || ${suffix}`;
  const ctx = systemContext(surroundings, now, "trial");
  const definition = ProcedureDefinition.parse(sketch);
  const { versionId } = await publishProcedure(ctx, definition, now);
  const { procedureId } = await db.procedureVersion.findUniqueOrThrow({
    where: { id: versionId },
    select: { procedureId: true },
  });
  await db.offering.create({
    data: {
      procedureId,
      agencyId: receiving.id,
      competentAgencyId: competent.id === receiving.id ? null : competent.id,
      channels: [...definition.channels],
      validFrom: isoDay(now),
    },
  });
  await db.account.create({
    data: {
      kind: "citizen",
      username: "thu-00",
      displayName: words.citizen,
      createdAt: now,
      profile: { create: { fullName: words.citizen, phone: "0900000000", updatedAt: now } },
    },
  });
  const agencies = await listAgencies(ctx);
  const seats = new Map<string, { agency: string; name: string; role: string; people: number }>();
  const seat = (agencyId: string, role: string, people: number) => {
    const agency = agencies.find(({ id }) => id === agencyId);
    const key = `${agencyId} ${role}`;
    const known = seats.get(key);
    if (known) known.people = Math.max(known.people, people);
    else if (agency) seats.set(key, { agency: agency.identifier, name: agency.shortName, role, people });
  };
  seat(receiving.id, "desk", 1);
  for (const step of definition.workflow.steps) {
    const agencyId = resolveAgency(step.agency, { receiving, competent }, agencies);
    // Who may not be the officer of an earlier step is somebody else.
    if (agencyId) seat(agencyId, step.role, step.notSameOfficerAs ? 2 : 1);
  }
  seat(competent.id, "leader", 1);
  let number = 0;
  for (const { agency, name, role, people } of seats.values())
    for (let person = 1; person <= people; person++) {
      number++;
      const displayName = `${words.roleOf(role)}${people > 1 ? ` ${person}` : ""}, ${name}`;
      const username = `thu-${String(number).padStart(2, "0")}`;
      await createOfficer(ctx, { username, displayName, password: null, postings: [{ agency, role }] });
    }
}

/** Keeps that a dossier of the trial reached its end, if one did. @returns when; null: none did */
export async function noteFinished(ctx: Context<Admin>, sandboxes: Sandboxes, trial: Trial): Promise<Date | null> {
  if (trial.finishedAt) return trial.finishedAt;
  const dossiers = await sandboxes.at(trial.place).db.dossier.findMany({ select: { status: true } });
  const isDone = dossiers.some(({ status }) => isFinished(status) && !["declined", "withdrawn"].includes(status));
  if (!isDone) return null;
  await ctx.db.trial.update({ where: { id: trial.id }, data: { finishedAt: ctx.now } });
  await keepProof(ctx, trial.manuscriptId, { kind: "tried", subject: "", sha256: trial.sha256 });
  return ctx.now;
}

/** Throws a trial away, with everything that was made in it; that it was finished stays known. */
export async function endTrial(
  ctx: Pick<Context, "db" | "now">,
  sandboxes: Pick<Sandboxes, "forget">,
  { id, place }: Pick<Trial, "id" | "place">,
): Promise<void> {
  await ctx.db.trial.update({ where: { id }, data: { endedAt: ctx.now } });
  await sandboxes.forget(place);
  await ctx.db.$queryRaw`SELECT drop_trial(${place})::text`;
}

/** Trials of earlier days are thrown away; any number of times. */
export async function sweepTrials(
  ctx: Pick<Context, "db" | "now">,
  sandboxes: Pick<Sandboxes, "forget">,
): Promise<number> {
  const today = new Date(`${isoDay(ctx.now)}T00:00:00+07:00`);
  const old = await ctx.db.trial.findMany({
    where: { endedAt: null, startedAt: { lt: today } },
    select: { id: true, place: true },
  });
  for (const trial of old) await endTrial(ctx, sandboxes, trial);
  return old.length;
}

export const authoringJobs = (
  surroundings: Surroundings,
  sandboxes: Pick<Sandboxes, "forget">,
  now: () => Date,
): { "authoring.trials": () => Promise<void> } => ({
  "authoring.trials": async () => {
    await sweepTrials({ ...surroundings, now: now() }, sandboxes);
  },
});
