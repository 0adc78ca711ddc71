import type { Citizen, Context, Officer } from "#platform/context.ts";
import type { Prisma } from "#platform/db.ts";
import { notFound } from "#platform/refusal.ts";
import { isNoticeKind, kindsFor, type NoticeKind, notices } from "./rules.ts";

const PAGE_SIZE = 20;
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type Reader = Context<Citizen | Officer>;

const noticeParts = {
  id: true,
  kind: true,
  facts: true,
  at: true,
  readAt: true,
  mail: true,
  dossierId: true,
  draftId: true,
  procedureVersionId: true,
  dossier: { select: { reference: true } },
} as const satisfies Prisma.NotificationSelect;

export type Notice = Prisma.NotificationGetPayload<{ select: typeof noticeParts }>;

/**
 * One of the reader's own notices.
 * @throws Refusal 404 for other people's and for those that do not exist alike
 */
export async function findNotice(ctx: Reader, id: string): Promise<Notice> {
  const notice = ID.test(id)
    ? await ctx.db.notification.findFirst({
        where: { id, accountId: ctx.actor.accountId },
        relationLoadStrategy: "join",
        select: noticeParts,
      })
    : null;
  if (!notice) throw notFound();
  return notice;
}

/**
 * The reader's notices, newest first, 20 a page.
 * @param cursor id of the last one seen; what is not theirs begins at the start
 */
export async function listNotices(
  ctx: Reader,
  cursor: string | null,
): Promise<{ rows: Notice[]; next: string | null; isFirst: boolean }> {
  const { accountId } = ctx.actor;
  const last =
    cursor && ID.test(cursor)
      ? await ctx.db.notification.findFirst({ where: { id: cursor, accountId }, select: { id: true, at: true } })
      : null;
  const rows = await ctx.db.notification.findMany({
    where: {
      accountId,
      ...(last ? { OR: [{ at: { lt: last.at } }, { at: last.at, id: { lt: last.id } }] } : {}),
    },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: PAGE_SIZE + 1,
    relationLoadStrategy: "join",
    select: noticeParts,
  });
  const page = rows.slice(0, PAGE_SIZE);
  return { rows: page, next: rows.length > PAGE_SIZE ? (page.at(-1)?.id ?? null) : null, isFirst: last === null };
}

/** Where the reader's mails go, whether they may, and which kinds they want: as chosen, else as each kind's own rule says. */
export async function findMailChoices(
  ctx: Reader,
): Promise<{ email: string | null; isProven: boolean; wanted: NoticeKind[] }> {
  const { email, emailProvenAt, mailChoices } = await ctx.db.account.findUniqueOrThrow({
    where: { id: ctx.actor.accountId },
    relationLoadStrategy: "join",
    select: { email: true, emailProvenAt: true, mailChoices: true },
  });
  const chosen = new Map(mailChoices.map(({ kind, wanted }) => [kind, wanted]));
  const isProven = ctx.actor.kind !== "citizen" || emailProvenAt !== null;
  return { email, isProven, wanted: kindsFor(ctx.actor.kind).filter((kind) => chosen.get(kind) ?? notices[kind].mail) };
}

const mailParts = {
  id: true,
  kind: true,
  facts: true,
  mail: true,
  mailAttempts: true,
  procedureVersionId: true,
  account: { select: { kind: true, email: true, emailProvenAt: true, language: true } },
} as const satisfies Prisma.NotificationSelect;

export type MailedNotice = Prisma.NotificationGetPayload<{ select: typeof mailParts }> & { kind: NoticeKind };

/** A notice with whom its mail goes to; null when it is gone, or of a kind that is no more. */
export async function findMailedNotice({ db }: Pick<Context, "db">, id: string): Promise<MailedNotice | null> {
  const notice = await db.notification.findUnique({
    where: { id },
    relationLoadStrategy: "join",
    select: mailParts,
  });
  return notice && isNoticeKind(notice.kind) ? { ...notice, kind: notice.kind } : null;
}
