import type { Admin, Context } from "#platform/context.ts";
import type { Prisma } from "#platform/db.ts";
import { remember } from "#platform/memory.ts";
import { notFound } from "#platform/refusal.ts";
import { isShown, type NoticeKind, type PageKey } from "./rules.ts";

type Asker = Pick<Context, "db">;
/** Every process tells of a change this much later at most. */
const REMEMBERED_MS = 10_000;
const MOST_REMEMBERED = 50;
const PAGE_SIZE = 20;

export type StandingText = Prisma.ContentTextGetPayload<object>;

const pages = remember(
  REMEMBERED_MS,
  async ({ db }: Asker, key: PageKey): Promise<StandingText | null> =>
    db.contentText.findFirst({ where: { subject: key, kind: "page", replacedAt: null } }),
);

/** A page's text as it stands, at most ten seconds old. @throws Refusal 404 when the seed never brought it */
export async function findPage(ctx: Asker, key: PageKey): Promise<StandingText> {
  const page = await pages.find(ctx, key);
  if (!page) throw notFound();
  return page;
}

const noticeParts = {
  subject: true,
  kind: true,
  titleVi: true,
  titleEn: true,
  shownFrom: true,
  shownUntil: true,
  outageFrom: true,
  outageTo: true,
} as const satisfies Prisma.ContentTextSelect;
type NoticeRow = Prisma.ContentTextGetPayload<{ select: typeof noticeParts }>;

/** The newest notices, and outages that are not over however long ago they were announced. */
const newest = remember(REMEMBERED_MS, async ({ db, now }: Pick<Context, "db" | "now">, _key: "all") => {
  const standing = { kind: { not: "page" }, replacedAt: null } as const;
  const order = [
    { shownFrom: "desc" },
    { subject: "desc" },
  ] as const satisfies Prisma.ContentTextOrderByWithRelationInput[];
  const [notices, outages] = await Promise.all([
    db.contentText.findMany({ where: standing, select: noticeParts, orderBy: [...order], take: MOST_REMEMBERED }),
    db.contentText.findMany({
      where: { ...standing, kind: "outage", outageTo: { gt: now } },
      select: noticeParts,
      orderBy: [{ outageFrom: "asc" }, { subject: "asc" }],
      take: MOST_REMEMBERED,
    }),
  ]);
  return { notices, outages };
});

export type ListedNotice = {
  id: string;
  kind: NoticeKind;
  titleVi: string;
  titleEn: string;
  shownFrom: Date;
  outageFrom: Date | null;
  outageTo: Date | null;
};

declare global {
  namespace Express {
    interface Locals {
      /** Planned outages, for the frame of every page. */
      outages?: readonly ListedNotice[];
    }
  }
}

const listed = ({ subject, kind, shownFrom, shownUntil: _, ...row }: NoticeRow): ListedNotice => ({
  ...row,
  id: subject,
  kind: kind === "outage" ? "outage" : "news",
  shownFrom: shownFrom ?? new Date(0),
});

/** The newest notices that people are told of now, the newest first, of at most 50: no query when warm. */
export async function listNotices(ctx: Pick<Context, "db" | "now">, most = 3): Promise<ListedNotice[]> {
  const { notices } = await newest.find(ctx, "all");
  return notices
    .filter((notice) => isShown(notice, ctx.now))
    .slice(0, most)
    .map(listed);
}

/** Planned outages that are announced and not over, the next first: no query when warm. */
export async function listOutages(ctx: Pick<Context, "db" | "now">): Promise<ListedNotice[]> {
  const { outages } = await newest.find(ctx, "all");
  return outages
    .filter((notice) => isShown(notice, ctx.now) && notice.outageTo !== null && notice.outageTo > ctx.now)
    .map(listed);
}

const shownAt = (now: Date): Prisma.ContentTextWhereInput => ({
  kind: { not: "page" },
  replacedAt: null,
  shownFrom: { lte: now },
  OR: [{ shownUntil: null }, { shownUntil: { gt: now } }],
});

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** All notices that people are told of, newest first, 20 a page. @param cursor the id of the last one seen */
export async function pageThroughNotices(
  ctx: Pick<Context, "db" | "now">,
  cursor: string | null,
): Promise<{ rows: ListedNotice[]; next: string | null }> {
  const where = shownAt(ctx.now);
  const last =
    cursor && UUID.test(cursor) ? await ctx.db.contentText.findFirst({ where: { ...where, subject: cursor } }) : null;
  const after: Prisma.ContentTextWhereInput = last
    ? {
        OR: [
          { shownFrom: { lt: last.shownFrom as Date } },
          { shownFrom: last.shownFrom, subject: { lt: last.subject } },
        ],
      }
    : {};
  const rows = await ctx.db.contentText.findMany({
    where: { AND: [where, after] },
    select: noticeParts,
    orderBy: [{ shownFrom: "desc" }, { subject: "desc" }],
    take: PAGE_SIZE + 1,
  });
  const page = rows.slice(0, PAGE_SIZE).map(listed);
  return { rows: page, next: rows.length > PAGE_SIZE ? (page.at(-1)?.id ?? null) : null };
}

const single = remember(
  REMEMBERED_MS,
  async ({ db }: Asker, id: string): Promise<StandingText | null> =>
    db.contentText.findFirst({ where: { subject: id, kind: { not: "page" }, replacedAt: null } }),
  200,
);

/** One notice that people are told of now. @throws Refusal 404 */
export async function findNotice(ctx: Pick<Context, "db" | "now">, id: string): Promise<StandingText> {
  const notice = UUID.test(id) ? await single.find(ctx, id) : null;
  if (!notice || !isShown(notice, ctx.now)) throw notFound();
  return notice;
}

/** After this process published a text. */
export const forgetTexts = (ctx: Asker): void => {
  for (const memory of [pages, newest, single]) memory.forget(ctx);
};

/** The version of a text that stands, read now; null when there is none. */
export const findStanding = ({ db }: Asker, subject: string): Promise<StandingText | null> =>
  db.contentText.findFirst({ where: { subject, replacedAt: null } });

/** A page or a notice as an administrator edits it. @throws Refusal 404 */
export async function findEdited(ctx: Context<Admin>, subject: string, kind: "page" | "notice"): Promise<StandingText> {
  const text = await findStanding(ctx, subject);
  if (!text || (text.kind === "page") !== (kind === "page")) throw notFound();
  return text;
}

/** All that an administrator may edit: the pages, and the newest 50 notices whether shown or not. */
export async function listEdited({ db }: Context<Admin>): Promise<{ pages: StandingText[]; notices: StandingText[] }> {
  const [standing, notices] = await Promise.all([
    db.contentText.findMany({ where: { kind: "page", replacedAt: null } }),
    db.contentText.findMany({
      where: { kind: { not: "page" }, replacedAt: null },
      orderBy: [{ shownFrom: "desc" }, { subject: "desc" }],
      take: MOST_REMEMBERED,
    }),
  ]);
  return { pages: standing, notices };
}

export type VersionLine = { number: number; at: Date; byName: string | null; titleVi: string };
const MOST_VERSIONS = 50;

/** The last fifty versions of a text, newest first: who wrote which, and when. */
export async function listVersions({ db }: Context<Admin>, subject: string): Promise<VersionLine[]> {
  const rows = await db.contentText.findMany({
    where: { subject },
    select: { number: true, at: true, byId: true, titleVi: true },
    orderBy: { number: "desc" },
    take: MOST_VERSIONS,
  });
  const ids = rows.flatMap(({ byId }) => (byId ? [byId] : []));
  const people = await db.account.findMany({ where: { id: { in: ids } }, select: { id: true, displayName: true } });
  const nameOf = new Map(people.map(({ id, displayName }) => [id, displayName]));
  return rows.map(({ byId, ...row }) => ({ ...row, byName: byId ? (nameOf.get(byId) ?? null) : null }));
}

/** One version of a text as it was published. @throws Refusal 404 */
export async function findVersionOf({ db }: Context<Admin>, subject: string, number: number): Promise<StandingText> {
  const version = await db.contentText.findUnique({ where: { subject_number: { subject, number } } });
  if (!version) throw notFound();
  return version;
}
