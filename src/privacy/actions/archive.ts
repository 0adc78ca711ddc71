import type { Readable } from "node:stream";
import { ZipFile } from "yazl";
import { openPaper } from "#documents/index.ts";
import type { Citizen, Context } from "#platform/context.ts";
import { inTransaction } from "#platform/db.ts";
import { enqueue } from "#platform/jobs.ts";
import { Refusal } from "#platform/refusal.ts";
import { mayHave, openHandedIn } from "#platform/scanning.ts";
import { ARCHIVE_EVERY_MS, ARCHIVE_KEPT_MS } from "../rules.ts";

declare module "#platform/jobs.ts" {
  interface Jobs {
    "privacy.archive": { exportId: string };
  }
}

/**
 * Asks for an archive of everything that the portal holds about the citizen; a job makes it.
 * @throws Refusal 429 when one was asked for within a day
 */
export async function askForArchive(ctx: Context<Citizen>): Promise<void> {
  const { accountId } = ctx.actor;
  await inTransaction(ctx, async (tx) => {
    await tx.$queryRaw`SELECT id FROM accounts WHERE id = ${accountId}::uuid FOR UPDATE`;
    const last = await tx.personalExport.findFirst({
      where: { accountId, askedAt: { gt: new Date(ctx.now.getTime() - ARCHIVE_EVERY_MS) } },
    });
    if (last) throw new Refusal("privacy.refused.askedToday", 429, { seconds: ARCHIVE_EVERY_MS / 1000 });
    const { id } = await tx.personalExport.create({ data: { accountId, askedAt: ctx.now } });
    await enqueue(tx, "privacy.archive", { exportId: id }, `privacy.archive:${id}`);
  });
}

/** Everything of an account as it is stored, without what only keeps it safe. */
async function recordOf({ db }: Context, accountId: string) {
  const account = await db.account.findUniqueOrThrow({
    where: { id: accountId },
    select: {
      username: true,
      email: true,
      displayName: true,
      language: true,
      createdAt: true,
      lastSignInAt: true,
      profile: true,
      drafts: {
        where: { companyId: null },
        include: { attachments: { select: { name: true, sha256: true, size: true } } },
      },
      consents: { include: { revocation: true } },
      notifications: { select: { kind: true, at: true, readAt: true, facts: true } },
      mailChoices: true,
      memberships: {
        select: {
          role: true,
          position: true,
          joinedAt: true,
          endedAt: true,
          company: { select: { name: true, taxCode: true } },
        },
      },
      corrections: { select: { text: true, askedAt: true, answer: true, answeredAt: true } },
    },
  });
  // What was filed for a company is the company's: its members read it there, and who left it took nothing along.
  const dossiers = await db.dossier.findMany({
    where: { applicantAccountId: accountId, companyId: null },
    orderBy: { submittedAt: "asc" },
    omit: { linkCodeHash: true, lastEventHash: true },
    include: {
      procedure: { select: { code: true } },
      parties: true,
      helper: true,
      answers: { orderBy: { number: "asc" } },
      fees: true,
      notes: { where: { public: true } },
      events: { orderBy: { seq: "asc" }, select: { seq: true, type: true, at: true, status: true } },
      attachments: true,
      issuedPapers: {
        select: { id: true, kind: true, series: true, number: true, year: true, createdAt: true, state: true },
      },
      results: { where: { state: { not: "draft" } } },
      supplements: { omit: { typed: true } },
      delivery: true,
    },
  });
  return { account, dossiers };
}

const named = (text: string): string => text.replace(/[\\/:*?"<>|]/g, "_");
/** Money is counted in whole đồng, which JSON knows. */
const plain = (_key: string, value: unknown): unknown => (typeof value === "bigint" ? Number(value) : value);

type Held = Awaited<ReturnType<typeof recordOf>>;
type Entry = { path: string; open: () => Promise<Readable> };

/** Files handed in that may be had, results handed over, and the portal's own papers. */
function entriesOf(ctx: Context, { dossiers }: Held, citizen: Context<Citizen>): Entry[] {
  return dossiers.flatMap(({ reference, status, attachments, results, issuedPapers }) => [
    ...attachments
      .filter((file) => mayHave(ctx, file))
      .map((file, i) => ({ path: `${reference}/${i + 1}-${named(file.name)}`, open: () => openHandedIn(ctx, file) })),
    ...(status === "delivered" ? results : []).flatMap(({ storageKey, scanState, fileName, title }) =>
      storageKey && mayHave(ctx, { scanState })
        ? [
            {
              path: `${reference}/ket-qua-${named(fileName ?? title)}`,
              open: () => openHandedIn(ctx, { storageKey, scanState }),
            },
          ]
        : [],
    ),
    ...issuedPapers
      .filter(({ kind, state }) => state === "ready" && kind !== "control_slip" && kind !== "result")
      .map(({ id, kind }) => ({
        path: `${reference}/${kind}-${id}.pdf`,
        open: async () => (await openPaper(citizen, id)).stream,
      })),
  ]);
}

/** Makes an archive that was asked for; made twice, it is made once. */
export async function makeArchive(ctx: Context, exportId: string): Promise<void> {
  const asked = await ctx.db.personalExport.findUnique({ where: { id: exportId } });
  if (!asked || asked.readyAt) return;
  const { accountId } = asked;
  const held = await recordOf(ctx, accountId);
  const zip = new ZipFile();
  const json = JSON.stringify({ madeAt: ctx.now, ...held }, plain, 2);
  zip.addBuffer(Buffer.from(json), "du-lieu.json");
  const citizen: Context<Citizen> = { ...ctx, actor: { kind: "citizen", accountId, name: held.account.displayName } };
  for (const { path, open } of entriesOf(ctx, held, citizen))
    zip.addReadStreamLazy(path, { compress: false }, (take) => {
      open().then(
        (stream) => take(null, stream),
        (error: unknown) => take(error, null as never),
      );
    });
  zip.end();
  const output = zip.outputStream as Readable;
  zip.on("error", (error: Error) => output.destroy(error));
  const staged = await ctx.files.stage(output, Number.MAX_SAFE_INTEGER);
  if (!staged) return;
  const storageKey = await ctx.files.keep(staged);
  const { count } = await ctx.db.personalExport.updateMany({
    where: { id: exportId, readyAt: null },
    data: { readyAt: ctx.now, storageKey, size: staged.size, sha256: staged.sha256 },
  });
  if (count === 0) await ctx.files.remove(storageKey);
}

/** Throws away what nobody may download any more. */
export async function forgetArchives(ctx: Context): Promise<void> {
  const where = { askedAt: { lt: new Date(ctx.now.getTime() - ARCHIVE_KEPT_MS) }, storageKey: { not: null } };
  const old = await ctx.db.personalExport.findMany({ where, select: { id: true, storageKey: true } });
  await ctx.db.personalExport.updateMany({
    where: { id: { in: old.map(({ id }) => id) } },
    data: { storageKey: null },
  });
  await Promise.all(old.map(({ storageKey }) => ctx.files.remove(storageKey ?? "")));
}
