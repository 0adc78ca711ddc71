import { randomUUID } from "node:crypto";
import { findWordings, type Texts } from "#lists/index.ts";
import { findDirectory, findUnitLists } from "#organizations/index.ts";
import { randomCode } from "#platform/codes.ts";
import { type Actor, type Context, inside } from "#platform/context.ts";
import type { Db, Tx } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";
import { job } from "#platform/jobs.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { insertion, writeTogether } from "#platform/writes.ts";
import { findVersion } from "#procedures/index.ts";
import { fillControl } from "../filling/control.ts";
import { fillDelivery } from "../filling/delivery.ts";
import { fillApology, fillStop } from "../filling/letters.ts";
import { type Facts, MATTER_SELECT, type MatterDossier } from "../filling/matter.ts";
import { fillDecline, fillSupplement } from "../filling/notices.ts";
import { fillReceipt } from "../filling/receipt.ts";
import { fillResult, ResultTemplate, type ResultValues } from "../filling/result.ts";
import { listForms } from "../queries/forms.ts";
import { paperKind, withPassages, withSentences } from "../rules/passages.ts";
import { formOn, type PaperForm, type PaperKind, seriesOf } from "../rules.ts";
import { fingerprintOf, PaperSnapshot } from "../snapshot.ts";

/** Which paper, of which agency, and the row that it tells of: a supplement request, an extension, a written reason. */
export type PaperOrder =
  | { kind: "receipt_slip"; agencyId: string; linkCode: string | null }
  | {
      kind: "supplement_request" | "apology_letter" | "decline_slip" | "stop_notice" | "delivery_receipt";
      agencyId: string;
      aboutId: string;
    }
  | { kind: "control_slip"; agencyId: string }
  | ({ kind: "result"; agencyId: string; aboutId: string } & ResultValues);

/** What fills in a paper of each kind; what it tells of was written in the same transaction. */
const fill = (facts: Facts, tx: Tx, order: PaperOrder): PaperSnapshot | Promise<PaperSnapshot> => {
  switch (order.kind) {
    case "receipt_slip":
      return fillReceipt(facts);
    case "supplement_request":
      return fillSupplement(facts, tx, order.aboutId);
    case "decline_slip":
      return fillDecline(facts, tx, order.aboutId);
    case "apology_letter":
      return fillApology(facts, tx, order.aboutId);
    case "stop_notice":
      return fillStop(facts, tx, order.aboutId);
    case "control_slip":
      return fillControl(facts, tx);
    case "delivery_receipt":
      return fillDelivery(facts, tx, order.aboutId);
    case "result":
      return fillResult(facts, order);
  }
};

const nameOf = (actor: Actor): string => (actor.kind === "visitor" ? "" : actor.name);
const leads = (actor: Actor, agencyId: string): boolean =>
  actor.kind === "officer" && actor.postings.some((one) => one.agencyId === agencyId && one.role === "leader");

/** "Kỳ Lừa" of "Phường Kỳ Lừa": a place is named without its kind (NĐ 30/2020 Phụ lục I). */
export const placeName = (fullName: string | null): string | null =>
  fullName?.replace(/^(tỉnh|thành phố|phường|xã|đặc khu)\s+/iu, "") ?? null;

/**
 * The next number of the register, taken inside the transaction: a rollback gives it back, so that none is missing. The
 * first number of a year closes the registers of the years before.
 * @throws Refusal 409 when the register of that year is closed: done again, the paper gets a number of the new year
 */
export async function nextNumber(tx: Tx, series: string, year: number, now: Date): Promise<number> {
  const [row] = await tx.$queryRaw<{ value: number }[]>`
    INSERT INTO number_series (series, year, value) VALUES (${series}, ${year}, 1)
    ON CONFLICT (series, year) DO UPDATE SET value = number_series.value + 1 WHERE number_series."closedAt" IS NULL
    RETURNING value`;
  if (!row) throw new Refusal("documents.refused.registerClosed", 409, { year });
  if (row.value === 1)
    await tx.numberSeries.updateMany({
      where: { series, year: { lt: year }, closedAt: null },
      data: { closedAt: now },
    });
  return row.value;
}

/** A result's form with the sentences that administrators worded anew. */
const worded = (form: PaperForm, wordings: ReadonlyMap<string, Texts>): PaperForm => ({
  ...form,
  content: withSentences(ResultTemplate.parse(form.content), wordings.get(paperKind("result", form.procedureCode))),
});

/** Everything a paper of this kind is filled in from, but its number. */
async function gather(
  ctx: Context,
  tx: Tx | Db,
  dossier: MatterDossier,
  { kind, agencyId, linkCode }: { kind: PaperKind; agencyId: string; linkCode: string | null },
): Promise<Facts> {
  const within = tx === ctx.db ? ctx : inside(ctx, tx);
  const { definition } = await findVersion(within, dossier.procedureVersionId);
  const { agencyOf } = await findDirectory(within);
  const agency = agencyOf(agencyId);
  const form = formOn(await listForms(within), kind, isoDay(ctx.now), definition.code);
  if (!agency || !form) throw notFound();
  return {
    dossier,
    definition,
    form: kind === "result" ? worded(form, await findWordings(within)) : form,
    agency,
    parent: agency.parentId ? agencyOf(agency.parentId) : undefined,
    place: agency.unitCode ? placeName((await findUnitLists(within)).nameOf("unit", agency.unitCode)) : null,
    agencyName: (id) => agencyOf(id)?.name ?? "",
    number: 0,
    token: randomCode(),
    linkCode,
    publicUrl: ctx.publicUrl,
    officer: nameOf(ctx.actor),
    isLeader: leads(ctx.actor, agencyId),
    now: ctx.now,
  };
}

/**
 * Issues a paper inside the transaction of the move that calls for it: numbers it in the yearly register of its agency,
 * freezes what it says, and leaves the drawing to a job. A dossier has one valid paper of a kind about a thing: asked
 * again, the same is given.
 * @param replaces the paper whose place it takes; the caller has ended it
 * @throws Refusal 409 when the year's register is closed
 */
export async function issuePaper(
  ctx: Context,
  tx: Tx,
  dossierId: string,
  order: PaperOrder,
): Promise<{ paperId: string; numberText: string }> {
  const { kind, agencyId } = order;
  const aboutId = "aboutId" in order ? order.aboutId : null;
  const found = await tx.dossier.findUnique({
    where: { id: dossierId },
    select: {
      ...MATTER_SELECT,
      issuedPapers: { where: { kind, aboutId, standing: "valid" }, take: 1, select: { id: true, snapshot: true } },
    },
  });
  if (!found) throw notFound();
  const { issuedPapers, ...dossier } = found;
  const [issued] = issuedPapers;
  if (issued) return { paperId: issued.id, numberText: PaperSnapshot.parse(issued.snapshot).numberText };
  const linkCode = "linkCode" in order ? order.linkCode : null;
  const facts = await gather(ctx, tx, dossier, { kind, agencyId, linkCode });
  const series = seriesOf(kind, agencyId, facts.form.procedureCode);
  const year = Number(isoDay(ctx.now).slice(0, 4));
  const number = await nextNumber(tx, series, year, ctx.now);
  const snapshot = withPassages(
    await fill({ ...facts, number }, tx, order),
    (await findWordings(inside(ctx, tx))).get(paperKind(kind)),
  );
  const paperId = randomUUID();
  const paper = {
    id: paperId,
    dossierId,
    kind,
    aboutId,
    agencyId,
    number,
    year,
    series,
    templateVersion: snapshot.templateVersion,
    snapshot,
    fingerprint: fingerprintOf(snapshot),
    token: facts.token,
    createdAt: ctx.now,
  };
  await writeTogether(tx, { paper: insertion("issued_papers", [paper]) }, [
    job("documents.print", { paperId }, `documents.print:${paperId}`),
  ]);
  return { paperId, numberText: snapshot.numberText };
}

/** What a result would say, with no number and nothing kept: for looking at it before it is issued. */
export async function composeResult(
  ctx: Context,
  dossierId: string,
  order: { agencyId: string } & ResultValues,
): Promise<PaperSnapshot> {
  const dossier = await ctx.db.dossier.findUnique({ where: { id: dossierId }, select: MATTER_SELECT });
  if (!dossier) throw notFound();
  const facts = await gather(ctx, ctx.db, dossier, { kind: "result", agencyId: order.agencyId, linkCode: null });
  const snapshot = fillResult(facts, order);
  return { ...snapshot, numberText: `…/${facts.form.symbol}` };
}
