import { createHash } from "node:crypto";
import { isWellFormedCode, readCode } from "#platform/codes.ts";
import type { Context } from "#platform/context.ts";
import { Refusal } from "#platform/refusal.ts";
import { fingerprintOf, PaperSnapshot } from "../snapshot.ts";

/** What anybody who holds the paper may check: nothing that is not printed on it, and nothing about a person. */
export type VerifiedPaper = {
  token: string;
  title: string;
  number: string;
  issuedAt: Date;
  agency: string;
  code: string;
  fingerprint: string;
  standing: "valid" | "replaced" | "revoked";
  endedAt: Date | null;
  /** The paper that took its place. */
  successor: { token: string; number: string } | null;
};

const select = {
  id: true,
  token: true,
  snapshot: true,
  fingerprint: true,
  standing: true,
  endedAt: true,
  replacedById: true,
  fileHashes: true,
  storageKey: true,
  result: { select: { state: true } },
} as const;

/** @throws Refusal 404 that says what to do, when there is none, it is a draft, or what is stored is not what was issued */
async function findByToken({ db }: Pick<Context, "db">, typed: string) {
  const token = readCode(typed);
  const paper = isWellFormedCode(token) ? await db.issuedPaper.findUnique({ where: { token }, select }) : null;
  const snapshot = paper && PaperSnapshot.safeParse(paper.snapshot).data;
  if (!paper || !snapshot || fingerprintOf(snapshot) !== paper.fingerprint)
    throw new Refusal("documents.verify.unknown", 404);
  // What nobody has signed yet holds for nobody, though its number is taken.
  if (paper.result?.state === "draft") throw new Refusal("documents.verify.draft", 404);
  return { paper, snapshot };
}

/**
 * The paper of a verification code.
 * @throws Refusal 404 that says what to do, when there is none or what is stored is not what was issued
 */
export async function verifyPaper(ctx: Pick<Context, "db">, typed: string): Promise<VerifiedPaper> {
  const { paper, snapshot } = await findByToken(ctx, typed);
  const next = paper.replacedById
    ? await ctx.db.issuedPaper.findUnique({ where: { id: paper.replacedById }, select })
    : null;
  const successor = next && PaperSnapshot.safeParse(next.snapshot).data;
  return {
    token: paper.token,
    title: snapshot.title,
    number: snapshot.numberText,
    issuedAt: new Date(snapshot.issuedAt),
    agency: snapshot.agency.name,
    code: snapshot.code ?? "",
    fingerprint: paper.fingerprint,
    standing: paper.standing,
    endedAt: paper.endedAt,
    successor: next && successor ? { token: next.token, number: successor.numberText } : null,
  };
}

/**
 * Whether a file is a copy of the paper as the portal gave it out, by its hex sha-256. Papers drawn before hashes were
 * kept are read once more.
 * @throws Refusal 404 when there is no such paper
 */
export async function isCopyOf(ctx: Pick<Context, "db" | "files">, typed: string, sha256: string): Promise<boolean> {
  const { paper } = await findByToken(ctx, typed);
  if (paper.fileHashes.length > 0 || !paper.storageKey) return paper.fileHashes.includes(sha256);
  const hash = createHash("sha256");
  for await (const chunk of await ctx.files.open(paper.storageKey)) hash.update(chunk as Buffer);
  return hash.digest("hex") === sha256;
}
