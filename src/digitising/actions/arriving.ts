import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { findDirectory } from "#organizations/index.ts";
import type { Context } from "#platform/context.ts";
import { judgeFile, MAX_FILE_BYTES } from "#platform/received.ts";
import { Refusal } from "#platform/refusal.ts";
import { isSender, type Letter, type Mailbox, readTray, type ScanBox, traysIn } from "../rules.ts";
import { readScan } from "./reading.ts";

type Keeper = Pick<Context, "db" | "files" | "now">;
type Tray = { agencyId: string; counter: number | null };
type Arrived = { source: "folder" | "mail"; name: string; open: () => Promise<Readable> };

/** Trays by what they are called, as the agencies of today are. */
async function findTrays(ctx: Keeper): Promise<(name: string) => Tray | null> {
  const { agencies } = await findDirectory(ctx);
  const known = new Map(agencies.map(({ identifier, id }) => [identifier.toUpperCase(), id]));
  return (name) => {
    const read = readTray(name);
    const agencyId = read && known.get(read.identifier);
    return agencyId ? { agencyId, counter: read.counter } : null;
  };
}

/** Puts one file into a tray, where it is a scan. The same file lies there once, however often it comes. */
async function takeFile(ctx: Keeper, tray: Tray, { source, name, open }: Arrived): Promise<boolean> {
  const { db, files, now } = ctx;
  const staged = await files.stage(await open(), MAX_FILE_BYTES);
  const judged = staged && (await judgeFile(files, staged, name));
  if (!staged || !judged?.ok) {
    if (staged) await files.discard(staged);
    return false;
  }
  const { mediaType } = judged.file;
  const bytes = await buffer(createReadStream(judged.file.staged.path));
  await Promise.all([files.discard(judged.file.staged), files.discard(staged)]);
  try {
    const { pdf, facts } = await readScan({ name, mediaType, bytes });
    const storageKey = await files.write(pdf);
    const { count } = await db.scan.createMany({
      data: [
        {
          ...tray,
          source,
          name: judged.file.name,
          mediaType: "application/pdf",
          size: pdf.length,
          sha256: createHash("sha256").update(pdf).digest("hex"),
          storageKey,
          pages: facts.pages.length,
          createdAt: now,
        },
      ],
      skipDuplicates: true,
    });
    // It lies there already.
    if (count === 0) await files.remove(storageKey);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

const TAKEN = "da-nhan";
const BROKEN = "loi";

/**
 * Takes what scanners laid into the trays' folders (`{folder}/H37.05977/`, `{folder}/H37.05977-3/` of counter 3), and moves
 * each file aside: taken, or not readable. A file that is still being written is left for the next time.
 * @returns how many scans were taken
 */
export async function watchFolder(ctx: Keeper, folder: string, settledMs = 5000): Promise<number> {
  const trayOf = await findTrays(ctx);
  let taken = 0;
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const tray = entry.isDirectory() ? trayOf(entry.name) : null;
    if (!tray) continue;
    const place = join(folder, entry.name);
    for (const file of await readdir(place, { withFileTypes: true })) {
      const path = join(place, file.name);
      if (!file.isFile() || ctx.now.getTime() - (await stat(path)).mtimeMs < settledMs) continue;
      const open = async () => createReadStream(path);
      const isTaken = await takeFile(ctx, tray, { source: "folder", name: file.name, open });
      const aside = join(place, isTaken ? TAKEN : BROKEN);
      await mkdir(aside, { recursive: true });
      await rename(path, join(aside, file.name));
      if (isTaken) taken++;
    }
  }
  return taken;
}

/**
 * Takes the scans that letters brought into the trays that they were sent to. A letter from elsewhere, to no tray, or with
 * something that is no scan stays in the mailbox, flagged for whoever looks after it.
 * @returns how many scans were taken
 */
export async function readMailbox(
  ctx: Keeper,
  mailbox: Mailbox,
  { senders }: Pick<ScanBox, "senders">,
): Promise<number> {
  const trayOf = await findTrays(ctx);
  let taken = 0;
  await mailbox.readNew(async ({ from, to, attached }: Letter) => {
    const trays = traysIn(to).flatMap((name) => trayOf(name) ?? []);
    const [tray] = trays;
    if (!tray || attached.length === 0 || !isSender(from, senders)) return false;
    let isWhole = true;
    for (const { name, open } of attached) {
      const isTaken = await takeFile(ctx, tray, { source: "mail", name, open });
      if (isTaken) taken++;
      else isWhole = false;
    }
    return isWhole;
  });
  return taken;
}
