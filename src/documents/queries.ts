import { isWellFormedCode, readCode } from "#platform/codes.ts";
import type { Context } from "#platform/context.ts";
import { Refusal } from "#platform/refusal.ts";
import { fingerprintOf } from "./receipt.ts";
import { ReceiptSnapshot } from "./snapshot.ts";

/** What anybody who holds the paper may check: nothing that is not printed on it, and nothing about a person. */
export type VerifiedPaper = {
  title: string;
  number: string;
  issuedAt: Date;
  agency: string;
  code: string;
  fingerprint: string;
};

/**
 * The paper of a verification code.
 * @throws Refusal 404 that says what to do, when there is none or what is stored is not what was issued
 */
export async function verifyPaper(ctx: Pick<Context, "db">, typed: string): Promise<VerifiedPaper> {
  const token = readCode(typed);
  const paper = isWellFormedCode(token)
    ? await ctx.db.issuedPaper.findUnique({ where: { token }, select: { snapshot: true, fingerprint: true } })
    : null;
  const snapshot = paper && ReceiptSnapshot.safeParse(paper.snapshot).data;
  if (!paper || !snapshot || fingerprintOf(snapshot) !== paper.fingerprint)
    throw new Refusal("documents.verify.unknown", 404);
  return {
    title: snapshot.title,
    number: snapshot.numberText,
    issuedAt: new Date(snapshot.issuedAt),
    agency: snapshot.agency.name,
    code: snapshot.code,
    fingerprint: paper.fingerprint,
  };
}
