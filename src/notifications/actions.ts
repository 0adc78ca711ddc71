import { listFollowers } from "#companies/index.ts";
import type { Citizen, Context, Officer } from "#platform/context.ts";
import { inTransaction, type Prisma, type Tx } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";
import { enqueue } from "#platform/jobs.ts";
import { reactions } from "#reactions.ts";
import { leaveLetter, principalAccounts } from "./actions/letters.ts";
import { findNotice } from "./queries.ts";
import {
  type Audience,
  closedIn,
  type Facts,
  factsOf,
  kindsFor,
  mailFor,
  mayWriteTo,
  type NoticeKind,
  notices,
  openedIn,
  type Reaction,
  textIn,
} from "./rules.ts";

declare module "#platform/jobs.ts" {
  interface Jobs {
    "notifications.mail": { notificationId: string };
  }
}

const eventParts = {
  id: true,
  type: true,
  at: true,
  actorId: true,
  stepRunId: true,
  payload: true,
  dossierId: true,
  dossier: {
    select: {
      reference: true,
      code: true,
      channel: true,
      returnMethod: true,
      applicantAccountId: true,
      companyId: true,
      receivingAgencyId: true,
      receivingAgency: { select: { name: true } },
      procedureVersionId: true,
    },
  },
} as const satisfies Prisma.DossierEventSelect;
type Event = Prisma.DossierEventGetPayload<{ select: typeof eventParts }>;

const present = (ids: readonly (string | null | undefined)[]): string[] => ids.filter((id) => typeof id === "string");

type Place = { agencyId: string; role: string };

/** Everybody who holds one of these roles at its agency on the day of the event. */
async function posted(tx: Tx, at: Date, places: readonly Place[]): Promise<string[]> {
  const day = isoDay(at);
  const postings = await tx.posting.findMany({
    where: {
      AND: [
        { OR: places.map(({ agencyId, role }) => ({ agencyId, role })) },
        { OR: [{ validFrom: null }, { validFrom: { lte: day } }] },
        { OR: [{ validTo: null }, { validTo: { gte: day } }] },
      ],
    },
    select: { accountId: true },
  });
  return postings.map(({ accountId }) => accountId);
}

/** Everybody at the one-stop desk of the receiving agency. */
const atDesk = (tx: Tx, { dossier, at }: Event): Promise<string[]> =>
  posted(tx, at, [{ agencyId: dossier.receivingAgencyId, role: "desk" }]);

/** The officer of the open lead step; while it is nobody's, who worked on the dossier last before it came there. */
async function asking(tx: Tx, { dossierId }: Event): Promise<string[]> {
  const leads = await tx.stepRun.findMany({
    where: { dossierId, lead: true },
    orderBy: [{ openedAt: "desc" }, { closedAt: { sort: "desc", nulls: "first" } }],
    take: 2,
    select: { assigneeId: true, closedById: true, closedAt: true },
  });
  const open = leads.find(({ closedAt }) => closedAt === null);
  if (open?.assigneeId) return [open.assigneeId];
  return present([leads.find(({ closedAt }) => closedAt !== null)?.closedById]);
}

async function deciding(tx: Tx, event: Event): Promise<string[]> {
  const { receivingAgencyId } = event.dossier;
  const lead = await tx.stepRun.findFirst({
    where: { dossierId: event.dossierId, lead: true, closedAt: null },
    select: { agencyId: true },
  });
  return posted(tx, event.at, [
    { agencyId: receivingAgencyId, role: "desk" },
    { agencyId: receivingAgencyId, role: "leader" },
    ...(lead ? [{ agencyId: lead.agencyId, role: "leader" }] : []),
  ]);
}

/** Who works at the step that the event names: its officer, else everybody who holds its role there. A result goes to the desk. */
async function working(tx: Tx, event: Event): Promise<string[]> {
  if (textIn(event.payload, "toRole") === "desk") return atDesk(tx, event);
  if (!event.stepRunId) return [];
  const run = await tx.stepRun.findUniqueOrThrow({
    where: { id: event.stepRunId },
    select: { assigneeId: true, agencyId: true, role: true },
  });
  return run.assigneeId ? [run.assigneeId] : posted(tx, event.at, [run]);
}

/** The officers of the steps that the event closed, or of the open lead step; before acceptance, the desk. */
async function holding(tx: Tx, event: Event): Promise<string[]> {
  const closed = closedIn(event.payload);
  const runs = await tx.stepRun.findMany({
    where: {
      dossierId: event.dossierId,
      ...(closed.length > 0 ? { id: { in: closed } } : { lead: true, closedAt: null }),
    },
    select: { assigneeId: true },
  });
  return runs.length > 0 ? present(runs.map(({ assigneeId }) => assigneeId)) : atDesk(tx, event);
}

/** The accounts that each audience means for an event. */
const audiences: Readonly<Record<Audience, (tx: Tx, event: Event) => string[] | Promise<string[]>>> = {
  applicant: (tx, { dossier }) => listFollowers(tx, dossier),
  bearer: (tx, { dossier, payload }) =>
    textIn(payload, "paperKind") === "control_slip" ? [] : listFollowers(tx, dossier),
  principal: principalAccounts,
  desk: atDesk,
  holder: holding,
  assignee: (_tx, { payload }) => present([textIn(payload, "assigneeId")]),
  asker: asking,
  deciders: deciding,
  workers: working,
  loser: (_tx, { payload }) => present([textIn(payload, "fromId")]),
  giver: (_tx, { payload }) => present([textIn(payload, "giverId")]),
  former: (_tx, { payload }) => present(openedIn(payload).map(({ assigneeId }) => assigneeId)),
};

/** Nobody is told of what they did themselves, but for the citizen whose filing arrived. */
async function listenersOf(tx: Tx, event: Event, { tell, of, onlineOnly }: Reaction): Promise<string[]> {
  if (onlineOnly && event.dossier.channel !== "online") return [];
  const all = [...new Set(await audiences[tell](tx, event))];
  return notices[of].for === "officer" ? all.filter((id) => id !== event.actorId) : all;
}

export type NewNotice = {
  accountId: string;
  /** The event, or the draft, that it tells of. */
  causeId: string;
  kind: NoticeKind;
  dossierId?: string | null;
  draftId?: string | null;
  /** null: about no procedure. */
  procedureVersionId: string | null;
  facts: Facts;
  at: Date;
};

/**
 * Leaves notices in the portal, each exactly once per cause, person and kind, and a job for each mail that should go
 * out. Accounts that are disabled hear nothing.
 */
export async function leaveNotices(ctx: Pick<Context, "now">, tx: Tx, left: readonly NewNotice[]): Promise<void> {
  if (left.length === 0) return;
  const people = await tx.account.findMany({
    where: { id: { in: left.map(({ accountId }) => accountId) }, disabledAt: null },
    select: { id: true, kind: true, email: true, emailProvenAt: true, mailChoices: true },
  });
  const restricted = await tx.dossier.findMany({
    where: { id: { in: left.flatMap(({ dossierId }) => dossierId ?? []) }, restricted: true },
    select: { id: true, readers: { select: { accountId: true } } },
  });
  const data = left.flatMap((notice) => {
    const person = people.find(({ id }) => id === notice.accountId);
    if (!person) return [];
    // Officers who may not see a dossier are not told of it either.
    const readers = restricted.find(({ id }) => id === notice.dossierId)?.readers;
    if (readers && person.kind !== "citizen" && !readers.some(({ accountId }) => accountId === person.id)) return [];
    const choice = person.mailChoices.find(({ kind }) => kind === notice.kind);
    const mail = mailFor({
      hasAddress: mayWriteTo(person),
      isWanted: choice?.wanted ?? notices[notice.kind].mail,
      at: notice.at,
      now: ctx.now,
    });
    return [{ ...notice, mail }];
  });
  const made = await tx.notification.createManyAndReturn({
    data,
    skipDuplicates: true,
    select: { id: true, mail: true },
  });
  for (const { id } of made.filter(({ mail }) => mail === "waiting"))
    await enqueue(tx, "notifications.mail", { notificationId: id }, `notifications.mail:${id}`);
}

/** Tells of an event whom it concerns (src/reactions.ts). May run twice: each is told once. */
export async function tellOfEvent(ctx: Context, eventId: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const event = await tx.dossierEvent.findUniqueOrThrow({ where: { id: eventId }, select: eventParts });
    const facts = factsOf(event);
    const left: NewNotice[] = [];
    for (const reaction of reactions[event.type as keyof typeof reactions] ?? []) {
      // Whoever somebody else filed for is told that it happened; what was filed is shown to nobody on another's word.
      const isPlain = reaction.tell === "principal";
      if (isPlain) await leaveLetter(ctx, tx, event);
      for (const accountId of await listenersOf(tx, event, reaction))
        left.push({
          accountId,
          causeId: event.id,
          kind: reaction.of,
          dossierId: isPlain ? null : event.dossierId,
          procedureVersionId: event.dossier.procedureVersionId,
          facts: isPlain ? { agency: event.dossier.receivingAgency.name } : facts,
          at: event.at,
        });
    }
    await leaveNotices(ctx, tx, left);
  });
}

type Reader = Context<Citizen | Officer>;

/**
 * Marks one of the reader's own notices as read; when it first was stays.
 * @throws Refusal 404 for other people's
 */
export async function markRead(ctx: Reader, id: string): Promise<void> {
  await findNotice(ctx, id);
  await ctx.db.notification.updateMany({
    where: { id, accountId: ctx.actor.accountId, readAt: null },
    data: { readAt: ctx.now },
  });
}

/** Marks all that the reader has as read. */
export async function markAllRead(ctx: Reader): Promise<void> {
  await ctx.db.notification.updateMany({
    where: { accountId: ctx.actor.accountId, readAt: null },
    data: { readAt: ctx.now },
  });
}

/** Keeps which kinds the reader wants by mail; all others of theirs are off. The portal's own notices stay. */
export async function chooseMail(ctx: Reader, wanted: readonly NoticeKind[]): Promise<void> {
  const { accountId, kind: who } = ctx.actor;
  await inTransaction(ctx, async (tx) => {
    await tx.mailChoice.deleteMany({ where: { accountId } });
    await tx.mailChoice.createMany({
      data: kindsFor(who).map((kind) => ({ accountId, kind, wanted: wanted.includes(kind) })),
    });
  });
}
