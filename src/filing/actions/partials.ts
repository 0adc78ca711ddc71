import type { Readable } from "node:stream";
import type { Beside } from "#dossiers/index.ts";
import type { Citizen, Context } from "#platform/context.ts";
import { inTransaction } from "#platform/db.ts";
import { safeName } from "#platform/file-types.ts";
import type { FieldError } from "#platform/form.ts";
import { judgeFile, MAX_FILE_BYTES, MAX_FILE_MEGABYTES } from "#platform/received.ts";
import { Refusal } from "#platform/refusal.ts";
import { findOwnPartial, ownPartials } from "../queries/partials.ts";
import { MOST_PARTIAL_BYTES, MOST_PARTIALS, type Target } from "../rules.ts";
import { keepFiles } from "./files.ts";

export type Announced = { control: string; name: string; size: number; fileDate: Date | null };

/**
 * Begins a file that will arrive in pieces.
 * @throws Refusal 413 when it is too large, 400 when it is empty, 429 when too much of the person's is on its way already
 */
export async function beginPartial(
  ctx: Context<Citizen>,
  beside: Beside,
  { control, name, size, fileDate }: Announced,
): Promise<{ id: string }> {
  const shown = safeName(name, "");
  if (size > MAX_FILE_BYTES)
    throw new Refusal("platform.upload.tooLarge", 413, { name: shown, megabytes: MAX_FILE_MEGABYTES });
  if (size === 0) throw new Refusal("platform.upload.empty", 400, { name: shown });
  const place = await ctx.files.partials.begin();
  try {
    return await inTransaction(ctx, async (tx) => {
      // One after the other: twenty at once would each find room.
      await tx.$queryRaw`SELECT id FROM accounts WHERE id = ${ctx.actor.accountId}::uuid FOR UPDATE`;
      const { _count, _sum } = await tx.partialUpload.aggregate({
        where: { ...ownPartials(ctx), attachmentId: null },
        _count: true,
        _sum: { size: true },
      });
      if (_count >= MOST_PARTIALS || (_sum.size ?? 0) + size > MOST_PARTIAL_BYTES)
        throw new Refusal("filing.uploads.tooMuchOnItsWay", 429);
      return tx.partialUpload.create({
        data: { ...beside, control, name: shown, size, fileDate, place, createdAt: ctx.now },
        select: { id: true },
      });
    });
  } catch (error) {
    await ctx.files.partials.forget(place);
    throw error;
  }
}

/**
 * Adds a piece where the last one ended. When the line breaks, what arrived of it stays.
 * @returns how much there is now; null: the piece does not begin where the file ends
 */
export async function addPiece(
  ctx: Context<Citizen>,
  beside: Beside,
  id: string,
  { from, source }: { from: number; source: Readable },
): Promise<number | null> {
  const { place, size, received } = await findOwnPartial(ctx, beside, id);
  if (from !== received) return null;
  await ctx.files.partials.append(place, from, source, size - from);
  return (await ctx.files.partials.lengthOf(place)) ?? 0;
}

/** Forgets a file that did not arrive whole; one that became an attachment stays. */
export async function dropPartial(ctx: Context<Citizen>, beside: Beside, id: string): Promise<void> {
  const { place, attachmentId } = await findOwnPartial(ctx, beside, id);
  if (attachmentId !== null) return;
  await ctx.db.partialUpload.deleteMany({ where: { ...beside, id, attachmentId: null } });
  await ctx.files.partials.forget(place);
}

const DONE = "filing.uploads.alreadyFinished";

/**
 * Makes of a file that arrived whole what the plain form would have made of it: judged by content, one attachment, however
 * often it is asked for. What is wrong with it is said, and it is forgotten.
 * @throws Refusal 409 when a part of it is still missing, 404 when it is not theirs
 */
export async function finishPartial(
  ctx: Context<Citizen>,
  beside: Beside,
  id: string,
  target: Target,
): Promise<FieldError | null> {
  const { place, name, size, received, attachmentId } = await findOwnPartial(ctx, beside, id);
  if (attachmentId !== null) return null;
  const whole = received === size ? await ctx.files.partials.gather(place, size) : null;
  if (!whole) throw new Refusal("platform.refused.uploadBroken", 409);
  const staged = [whole];
  try {
    const judged = await judgeFile(ctx.files, whole, name);
    if (!judged.ok) {
      await dropPartial(ctx, beside, id);
      return judged.error;
    }
    staged.push(judged.file.staged);
    const { replaces, ...paper } = target;
    await keepFiles(ctx, beside, [{ ...judged.file, ...paper }], {
      replaces,
      alongside: async (tx, [made]) => {
        const where = { id, attachmentId: null };
        const { count } = await tx.partialUpload.updateMany({ where, data: { attachmentId: made ?? null } });
        if (count === 0) throw new Refusal(DONE);
      },
    });
  } catch (error) {
    if (!(error instanceof Refusal && error.reason === DONE)) throw error;
  } finally {
    await Promise.all(staged.map((one) => ctx.files.discard(one)));
  }
  await ctx.files.partials.forget(place);
  return null;
}
