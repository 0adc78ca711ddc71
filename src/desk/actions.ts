import { createHash } from "node:crypto";
import {
  declineDossier,
  fileAtCounter,
  type Mark,
  type Registration,
  registerDossier,
  requestSupplement,
} from "#dossiers/index.ts";
import type { Context, Officer } from "#platform/context.ts";
import type { StagedFile } from "#platform/files.ts";
import { Refusal } from "#platform/refusal.ts";

/** A file of a counter form that came back with mistakes: stored, but not yet anybody's; swept when nothing comes of it. */
export type HeldFile = {
  requirementId: string;
  name: string;
  mediaType: string;
  size: number;
  sha256: string;
  storageKey: string;
};

type NewFile = { requirementId: string; name: string; mediaType: string; staged: StagedFile };

/** Stores what was just uploaded, so that a clerk who must correct a number need not choose the files again. */
export async function holdFiles(ctx: Context<Officer>, files: readonly NewFile[]): Promise<HeldFile[]> {
  const held: HeldFile[] = [];
  for (const { staged, ...file } of files)
    held.push({ ...file, size: staged.size, sha256: staged.sha256, storageKey: await ctx.files.keep(staged) });
  return held;
}

/** A copy of a held file, to be taken over: the held one stays, so that sending the form twice finds it twice. Null: swept. */
async function stageHeld(ctx: Context<Officer>, file: HeldFile): Promise<NewFile | null> {
  try {
    const staged = await ctx.files.stage(await ctx.files.open(file.storageKey), file.size);
    return staged && { requirementId: file.requirementId, name: file.name, mediaType: file.mediaType, staged };
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return null;
    throw error;
  }
}

/** What is done with what somebody handed in: taken in, or why not. */
export type Instead = { act: "ask"; reason: string; marks: readonly Mark[] } | { act: "decline"; reason: string };

/** Writes what was handed in and asks for what it lacks (form 02), or refuses it (form 03). Sent twice it is done once. */
async function fileInstead(
  ctx: Context<Officer>,
  registration: Registration,
  instead: Instead,
): Promise<{ dossierId: string }> {
  const { dossierId, version } = await fileAtCounter(ctx, registration);
  const { status } = await ctx.db.dossier.findUniqueOrThrow({ where: { id: dossierId }, select: { status: true } });
  const { reason } = instead;
  if (status !== "submitted") return { dossierId };
  if (instead.act === "decline") await declineDossier(ctx, { dossierId, version, reason });
  else {
    const { marks } = instead;
    await requestSupplement(ctx, { dossierId, version, marks, reason, answerBy: null, confirmed: false });
  }
  return { dossierId };
}

/**
 * Registers the paper dossier of somebody at the counter, with the files sent now and those held since an earlier try;
 * or files it and says at once what it lacks.
 * @returns the dossier; or, when nothing was registered, the papers whose held files are gone and must be chosen again, or
 * the code of the dossier that this form had become before it was filled in anew
 */
export async function registerAtCounter(
  ctx: Context<Officer>,
  registration: Omit<Registration, "attachments">,
  files: { sent: readonly NewFile[]; held: readonly HeldFile[] },
  instead: Instead | null = null,
): Promise<{ dossierId: string } | { gone: string[] } | { used: string }> {
  const held = await Promise.all(files.held.map(async (file) => ({ file, copy: await stageHeld(ctx, file) })));
  const gone = held.filter(({ copy }) => copy === null).map(({ file }) => file.requirementId);
  const copies = held.flatMap(({ copy }) => copy ?? []);
  try {
    if (gone.length > 0) return { gone: [...new Set(gone)] };
    const whole = { ...registration, attachments: [...copies, ...files.sent] };
    const { dossierId } = instead ? await fileInstead(ctx, whole, instead) : await registerDossier(ctx, whole);
    return { dossierId };
  } catch (error) {
    if (error instanceof Refusal && error.reason === "dossiers.refused.formUsed")
      return { used: String(error.params["code"]) };
    throw error;
  } finally {
    await Promise.all(copies.map(({ staged }) => ctx.files.discard(staged)));
  }
}

/** A short name of a held file for its "remove" button: the storage key itself never leaves the server. */
export const heldFileId = (file: HeldFile): string =>
  createHash("sha256").update(file.storageKey).digest("hex").slice(0, 16);
