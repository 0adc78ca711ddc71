import { ownedBy } from "#companies/rules.ts";
import { type Citizen, type Context, inside, type Officer } from "#platform/context.ts";
import { inTransaction, Prisma, type Tx } from "#platform/db.ts";
import { fold } from "#platform/format.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { type Answers, amended, findVersion, type LoadedVersion } from "#procedures/index.ts";
import { changedMeanwhile, type LockedDossier, lockDossier, recordChange } from "../events.ts";
import { fileMarks, marksOf } from "../rules/supplement.ts";
import { mayLeave } from "../rules.ts";
import { attachFiles, type Keeping, type NewFile } from "./attaching.ts";
import { moveClock } from "./clock.ts";
import { changeFees } from "./fees.ts";
import { isAtDesk } from "./intake.ts";
import { standingStep } from "./steps.ts";

/** Whoever may answer: the applicant, or the desk for somebody who stands there. */
type Answering = Context<Citizen> | Context<Officer>;

/** The open request of a dossier that the actor may answer; anybody else's does not exist. */
const openRequest = (ctx: Answering, requestId: string): Prisma.SupplementRequestWhereInput => ({
  id: requestId,
  answeredAt: null,
  dossier: {
    status: { in: ["intake_supplement", "awaiting_supplement"] },
    ...(ctx.actor.kind === "citizen"
      ? ownedBy(ctx.actor.accountId, "act")
      : { receivingAgencyId: { in: ctx.actor.postings.filter((p) => p.role === "desk").map((p) => p.agencyId) } }),
  },
});

/**
 * Keeps what the applicant is still writing of an answer, if nobody saved it since it was read.
 * @returns false: another window was faster, or the request is answered; nothing was written
 */
export async function saveSupplement(
  ctx: Answering,
  requestId: string,
  typedVersion: number,
  typed: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const { count } = await ctx.db.supplementRequest.updateMany({
    where: { ...openRequest(ctx, requestId), typedVersion },
    data: { typed: typed as Prisma.InputJsonObject, typedVersion: typedVersion + 1 },
  });
  return count === 1;
}

/**
 * Puts uploaded files beside an answer that is not sent yet: they belong to no dossier until it is.
 * @throws Refusal 409 when nothing is asked any more, 413 when there are more files than there may be
 */
export const keepSupplementFiles = (
  ctx: Answering,
  requestId: string,
  files: readonly NewFile[],
  keeping: Keeping = {},
): Promise<void> =>
  attachFiles(ctx, { supplementId: requestId }, files, {
    ...keeping,
    hold: async (tx) => {
      const { count } = await tx.supplementRequest.updateMany({
        where: openRequest(ctx, requestId),
        data: { answeredAt: null },
      });
      if (count === 0) throw new Refusal("dossiers.refused.nothingAsked");
    },
  });

/** Takes one file off an answer that is not sent yet; one that is already gone is no error. */
export async function removeSupplementFile(ctx: Answering, requestId: string, fileId: string): Promise<void> {
  const file = await ctx.db.attachment.findFirst({
    where: { id: fileId, dossierId: null, supplement: openRequest(ctx, requestId) },
    select: { storageKey: true },
  });
  if (!file) return;
  const { count } = await ctx.db.attachment.deleteMany({ where: { id: fileId, dossierId: null } });
  if (count === 1) await ctx.files.remove(file.storageKey);
}

async function lockToAnswer(ctx: Answering, tx: Tx, dossierId: string): Promise<LockedDossier> {
  const dossier = await lockDossier(ctx, tx, dossierId);
  if (!dossier) throw notFound();
  const isTheirs =
    ctx.actor.kind === "citizen"
      ? (await tx.dossier.count({ where: { id: dossierId, ...ownedBy(ctx.actor.accountId, "act") } })) > 0
      : isAtDesk(ctx.actor, dossier.receivingAgencyId);
  if (!isTheirs) throw notFound();
  return dossier;
}

/** New files take the place of the old ones of the same part, which stay readable. */
async function takeFiles(ctx: Answering, tx: Tx, dossierId: string, requestId: string) {
  const files = await tx.attachment.findMany({
    where: { supplementId: requestId, dossierId: null },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { id: true, name: true, requirementId: true, sha256: true },
  });
  const parts = [...new Set(files.map(({ requirementId }) => requirementId))];
  await tx.attachment.updateMany({
    where: { dossierId, requirementId: { in: parts }, supersededAt: null },
    data: { supersededAt: ctx.now },
  });
  await tx.attachment.updateMany({ where: { id: { in: files.map(({ id }) => id) } }, data: { dossierId } });
  return files;
}

/** The owner whom the form describes is also a party: a corrected name must not stand wrong there. */
async function correctOwner(tx: Tx, dossierId: string, { definition }: LoadedVersion, answers: Answers): Promise<void> {
  const { owner } = definition;
  if (owner === "applicant") return;
  const at = (id: string): string | null => {
    const answer = answers[id];
    return typeof answer === "string" && answer !== "" ? answer : null;
  };
  const fullName = at(owner.fullName);
  if (!fullName) return;
  const { personalId, birthDate, gender } = owner;
  await tx.dossierParty.updateMany({
    where: { dossierId, role: "owner" },
    data: {
      fullName,
      searchName: fold(fullName),
      ...(personalId ? { personalId: at(personalId) } : {}),
      ...(birthDate ? { birthDate: at(birthDate) } : {}),
      ...(gender ? { gender: at(gender) } : {}),
    },
  });
}

export type SupplementAnswer = {
  dossierId: string;
  requestId: string;
  /** Of the answer as it was last saved: what was looked at is what is sent. */
  typedVersion: number;
  /** Answers of the marked questions; those of any other are left as they were, whatever stands here. */
  answers: Answers;
  /** Marked papers that came over the counter without a file; only the desk may say so. */
  onPaper?: readonly string[];
};

/**
 * Sends what a dossier lacked: a full new revision of the answers, the new files in the place of the old, the clock goes
 * on, and the dossier stands again where it stood. Of two who answer at once one does, and the other is told.
 * @throws Refusal 404 for anybody else's dossier, 409 when it is not waited for any more or a marked part is missing
 */
export async function answerSupplement(ctx: Answering, input: SupplementAnswer): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const dossier = await lockToAnswer(ctx, tx, input.dossierId);
    const isIntake = dossier.status === "intake_supplement";
    const request = await tx.supplementRequest.findFirst({ where: openRequest(ctx, input.requestId) });
    if (request?.dossierId !== dossier.id || !mayLeave(isIntake ? "supplementAtIntake" : "supplement", dossier.status))
      throw ctx.actor.kind === "citizen"
        ? new Refusal("dossiers.refused.nothingAsked")
        : await changedMeanwhile(tx, dossier);
    if (request.typedVersion !== input.typedVersion) throw new Refusal("dossiers.refused.draftChanged");
    const version = await findVersion(inside(ctx, tx), dossier.procedureVersionId);
    const marks = marksOf(request.marks);
    const files = await takeFiles(ctx, tx, dossier.id, request.id);
    const onPaper = ctx.actor.kind === "officer" ? (input.onPaper ?? []) : [];
    const given = new Set([...files.map(({ requirementId }) => requirementId), ...onPaper]);
    if (fileMarks(version.definition, marks).some((id) => !given.has(id)))
      throw new Refusal("dossiers.refused.supplementLacks");

    const last = await tx.answerRevision.findFirstOrThrow({
      where: { dossierId: dossier.id },
      orderBy: { number: "desc" },
    });
    const before = (last.answers ?? {}) as Record<string, unknown>;
    const fields = marks.filter(({ kind }) => kind === "field").map(({ id }) => id);
    const uploaded: Record<string, unknown> = {};
    for (const id of fields) {
      const some = files.filter(({ requirementId }) => requirementId === id);
      if (some.length > 0) uploaded[id] = some.map(({ id: fileId, name }) => ({ id: fileId, name }));
    }
    const answers = amended(version.definition, before, fields, { ...input.answers, ...uploaded });
    const revision = last.number + 1;
    await tx.answerRevision.create({
      data: {
        dossierId: dossier.id,
        number: revision,
        answers: answers as Prisma.InputJsonObject,
        at: ctx.now,
        byId: ctx.actor.accountId,
      },
    });
    await correctOwner(tx, dossier.id, version, answers);
    for (const requirementId of onPaper)
      await tx.receivedPaper.upsert({
        where: { dossierId_requirementId: { dossierId: dossier.id, requirementId } },
        create: { dossierId: dossier.id, requirementId, originals: 1 },
        update: { later: false },
      });
    await tx.supplementRequest.update({
      where: { id: request.id },
      data: { answeredAt: ctx.now, answeredById: ctx.actor.accountId, revision, typed: Prisma.DbNull },
    });
    const fees = await changeFees(tx, dossier, version, before, answers);
    const status = isIntake ? "submitted" : await standingStep(tx, dossier, version);
    const clock = await moveClock(ctx, tx, dossier, version, status);
    await recordChange(ctx, tx, dossier, clock, {
      type: "dossier.supplemented",
      status,
      agencyId: ctx.actor.kind === "officer" ? dossier.receivingAgencyId : null,
      payload: {
        requestId: request.id,
        number: request.number,
        revision,
        files: files.map(({ id, sha256 }) => ({ id, sha256 })),
        dueAt: clock.dueAt?.toISOString() ?? null,
        ...(fees.length > 0 ? { fees } : {}),
      },
    });
  });
}
