import { isOpenTo, openToSelect, openToWhere } from "#dossiers/index.ts";
import type { Context, Officer } from "#platform/context.ts";
import type { Db, Tx } from "#platform/db.ts";
import { notFound } from "#platform/refusal.ts";
import { type Due, obligationId, owed } from "./rules.ts";

/** The agencies at whose desk the officer sits. */
export const desksOf = ({ postings }: Officer): string[] => [
  ...new Set(postings.filter(({ role }) => role === "desk").map(({ agencyId }) => agencyId)),
];

/** What is still owed of a dossier: fees, and obligations whose amount is known and that were not met elsewhere. */
export async function findDues(db: Db | Tx, dossierId: string): Promise<Due[]> {
  const [fees, obligations, taken] = await Promise.all([
    db.feeLine.findMany({ where: { dossierId }, orderBy: { feeId: "asc" } }),
    // Another one that nobody waits for any more is not taken.
    db.financialObligation.findMany({
      where: { dossierId, metAt: null, amount: { not: null }, dossier: { status: "awaiting_obligation" } },
    }),
    db.feeReceiptLine.findMany({ where: { receipt: { dossierId, voidedAt: null } }, select: { feeId: true } }),
  ]);
  const dues: Due[] = [
    ...fees.map(({ feeId, name, amount, quantity }) => ({ feeId, name, amount, quantity })),
    ...obligations.map(({ number, amount }) => ({
      feeId: obligationId(number),
      name: `Nghĩa vụ tài chính lần ${number}`,
      amount: amount ?? 0n,
      quantity: 1,
    })),
  ];
  return owed(dues, taken);
}

/** What an officer took at a desk since their drawer was last closed. */
export const openReceipts = (db: Db | Tx, of: { officerId: string; agencyId: string }) =>
  db.feeReceipt.findMany({ where: { ...of, closingId: null } });

/** What a list of receipts says of each, for a reader. */
const listed = (actor: Officer) => ({
  book: { select: { form: true, symbol: true } },
  dossier: { select: { code: true, reference: true, ...openToSelect(actor) } },
});
const IN_ORDER = [{ bookId: "asc" as const }, { number: "asc" as const }];

type OfDossier = {
  payerName: string;
  dossier: { code: string | null; reference: string; restricted: boolean; readers: readonly unknown[] };
};

/** Money stays counted and numbers without a gap; of a dossier that was restricted since, nothing else is told. */
const withoutSecrets = <R extends OfDossier>(receipt: R) => {
  const isOpen = isOpenTo(receipt.dossier);
  const { code, reference } = receipt.dossier;
  return {
    ...receipt,
    dossier: isOpen ? { code, reference } : null,
    payerName: isOpen ? receipt.payerName : null,
  };
};

/** The officer's receipts that are not closed yet, of all their desks. */
export async function listOpenReceipts({ db, actor }: Context<Officer>) {
  const receipts = await db.feeReceipt.findMany({
    where: { officerId: actor.accountId, agencyId: { in: desksOf(actor) }, closingId: null },
    orderBy: IN_ORDER,
    include: listed(actor),
  });
  return receipts.map(withoutSecrets);
}
export type OpenReceipt = Awaited<ReturnType<typeof listOpenReceipts>>[number];

/** The open books of the officer's desks. */
export const listBooks = (ctx: Context<Officer>) =>
  ctx.db.receiptBook.findMany({ where: { agencyId: { in: desksOf(ctx.actor) }, closedAt: null } });
export type Book = Awaited<ReturnType<typeof listBooks>>[number];

/** The officer's newest closing sheets. */
export const listClosings = (ctx: Context<Officer>) =>
  ctx.db.cashClosing.findMany({ where: { officerId: ctx.actor.accountId }, orderBy: { at: "desc" }, take: 20 });
export type Closing = Awaited<ReturnType<typeof listClosings>>[number];

/** What of a dossier is to be paid at the officer's desk, and what was. @throws Refusal 404 elsewhere */
export async function findPaying(ctx: Context<Officer>, dossierId: string) {
  const dossier = await ctx.db.dossier.findFirst({
    where: { id: dossierId, receivingAgencyId: { in: desksOf(ctx.actor) }, ...openToWhere(ctx.actor) },
    select: {
      id: true,
      code: true,
      reference: true,
      receivingAgencyId: true,
      parties: { where: { role: "applicant" }, select: { fullName: true } },
      feeReceipts: { orderBy: { at: "asc" }, include: { book: { select: { form: true, symbol: true } } } },
    },
  });
  if (!dossier) throw notFound();
  return { ...dossier, dues: await findDues(ctx.db, dossierId) };
}
export type Paying = Awaited<ReturnType<typeof findPaying>>;

/** A receipt of the officer's desk with its lines. @throws Refusal 404 elsewhere */
export async function findReceipt(ctx: Context<Officer>, id: string) {
  const receipt = await ctx.db.feeReceipt.findFirst({
    where: { id, agencyId: { in: desksOf(ctx.actor) }, dossier: openToWhere(ctx.actor) },
    include: {
      book: true,
      lines: { orderBy: { position: "asc" } },
      dossier: {
        select: { id: true, code: true, reference: true, parties: { where: { role: "applicant" } } },
      },
    },
  });
  if (!receipt) throw notFound();
  const officer = await ctx.db.account.findUnique({
    where: { id: receipt.officerId },
    select: { displayName: true },
  });
  return { ...receipt, officer: officer?.displayName ?? "" };
}
export type FullReceipt = Awaited<ReturnType<typeof findReceipt>>;

/** A closing sheet: the officer's own, or of a desk that they lead. @throws Refusal 404 for any other */
export async function findClosing(ctx: Context<Officer>, id: string) {
  const led = ctx.actor.postings.filter(({ role }) => role === "leader").map(({ agencyId }) => agencyId);
  const closing = await ctx.db.cashClosing.findFirst({
    where: { id, OR: [{ officerId: ctx.actor.accountId }, { agencyId: { in: led } }] },
    include: { receipts: { orderBy: IN_ORDER, include: listed(ctx.actor) } },
  });
  if (!closing) throw notFound();
  const officer = await ctx.db.account.findUnique({
    where: { id: closing.officerId },
    select: { displayName: true },
  });
  return { ...closing, receipts: closing.receipts.map(withoutSecrets), officer: officer?.displayName ?? "" };
}
export type FullClosing = Awaited<ReturnType<typeof findClosing>>;
