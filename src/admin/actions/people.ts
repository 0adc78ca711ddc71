import { newOneTimePassword } from "#accounts/index.ts";
import { recordSecurity } from "#audit/index.ts";
import { releaseSteps } from "#dossiers/index.ts";
import { findDirectory } from "#organizations/index.ts";
import { type Admin, type Context, inside } from "#platform/context.ts";
import { inTransaction, isUniqueViolation, type Tx } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { requireReach } from "../queries/reach.ts";
import { changedBetween, holdOver, standsOrComes, type Values } from "../rules.ts";
import { lockSeen, noteDeed } from "./deeds.ts";

export type NewPosting = {
  agencyId: string;
  role: string;
  unitId: string | null;
  title: string | null;
  /** yyyy-MM-dd; null: at once, without an end. */
  validFrom: string | null;
  validTo: string | null;
};
export type NewPerson = { username: string; displayName: string; email: string | null; posting: NewPosting };

async function partOf(tx: Tx, { agencyId, unitId }: Pick<NewPosting, "agencyId" | "unitId">): Promise<void> {
  if (unitId && (await tx.unit.count({ where: { id: unitId, agencyId, closedOn: null } })) === 0) throw notFound();
}

async function openAgency(ctx: Context<Admin>, agencyId: string): Promise<void> {
  await requireReach(ctx, agencyId);
  const agency = (await findDirectory(ctx)).agencyOf(agencyId);
  if (!agency) throw notFound();
  if (agency.validTo !== null && agency.validTo < isoDay(ctx.now)) throw new Refusal("admin.refused.agencyClosed");
}

const taken = (error: unknown, username: string): never => {
  if (isUniqueViolation(error)) throw new Refusal("admin.refused.usernameTaken", 409, { username });
  throw error;
};

/**
 * Opens an officer's account with one place of work, and a password that is told once and changed at the first sign-in.
 * @throws Refusal 404 for an agency or a part out of reach, 409 for a work name or an address that somebody has
 */
export async function createPerson(
  ctx: Context<Admin>,
  { username, displayName, email, posting }: NewPerson,
): Promise<{ accountId: string; password: string }> {
  await openAgency(ctx, posting.agencyId);
  const { password, columns } = await newOneTimePassword();
  const accountId = await inTransaction(ctx, async (tx) => {
    await partOf(tx, posting);
    const { id } = await tx.account.create({
      data: { kind: "officer", username, displayName, email, createdAt: ctx.now, ...columns },
      select: { id: true },
    });
    await tx.posting.create({ data: { accountId: id, ...posting } });
    await noteDeed(ctx, tx, {
      did: "person_created",
      agencyId: posting.agencyId,
      accountId: id,
      after: { username, displayName, role: posting.role },
    });
    await recordSecurity(ctx, { kind: "account.opened", aboutId: id }, tx);
    return id;
  }).catch((error: unknown) => taken(error, username));
  return { accountId, password };
}

/** Opens the account of an administrator, of the whole province or of one agency. @throws Refusal 404, 409 */
export async function createAdministrator(
  ctx: Context<Admin>,
  { username, displayName, agencyId }: { username: string; displayName: string; agencyId: string | null },
): Promise<{ accountId: string; password: string }> {
  await requireReach(ctx, null);
  if (agencyId) await openAgency(ctx, agencyId);
  const { password, columns } = await newOneTimePassword();
  const accountId = await inTransaction(ctx, async (tx) => {
    const { id } = await tx.account.create({
      data: { kind: "admin", username, displayName, adminAgencyId: agencyId, createdAt: ctx.now, ...columns },
      select: { id: true },
    });
    await noteDeed(ctx, tx, {
      did: "person_created",
      agencyId,
      accountId: id,
      after: { username, displayName, role: "admin" },
    });
    await recordSecurity(ctx, { kind: "account.opened", aboutId: id }, tx);
    return id;
  }).catch((error: unknown) => taken(error, username));
  return { accountId, password };
}

/** Locks a person whom the administrator keeps. @throws Refusal 404 unknown or out of reach, 403 only looked at, 409 changed meanwhile */
async function lockKept(ctx: Context<Admin>, tx: Tx, accountId: string, seen: string | null) {
  await lockSeen(tx, { accountId }, seen);
  const account = await tx.account.findFirst({
    where: { id: accountId, kind: { in: ["officer", "admin"] } },
    include: { postings: true },
  });
  if (!account) throw notFound();
  const hold = holdOver(ctx.actor, account, await findDirectory(inside(ctx, tx)), isoDay(ctx.now));
  if (hold === "none") throw notFound();
  if (hold === "look") throw new Refusal("admin.refused.worksElsewhere", 403);
  return account;
}

const changing = <T>(
  ctx: Context<Admin>,
  { accountId, seen }: { accountId: string; seen: string },
  change: (tx: Tx, account: Awaited<ReturnType<typeof lockKept>>) => Promise<T>,
): Promise<T> => inTransaction(ctx, async (tx) => change(tx, await lockKept(ctx, tx, accountId, seen)));

type Person = { accountId: string; seen: string };

/** Changes a person's name or address. @throws Refusal 404, 403, 409 */
export const changePerson = (
  ctx: Context<Admin>,
  person: Person,
  after: { displayName: string; email: string | null },
): Promise<void> =>
  changing(ctx, person, async (tx, account) => {
    const keys = changedBetween({ displayName: account.displayName, email: account.email }, after);
    if (keys.length === 0) return;
    const pick = (from: { displayName: string; email: string | null }): Values =>
      Object.fromEntries(keys.map((key) => [key, from[key as "email"]]));
    await tx.account.update({ where: { id: account.id }, data: after });
    await noteDeed(ctx, tx, {
      did: "person_changed",
      accountId: account.id,
      before: pick(account),
      after: pick(after),
    });
  }).catch((error: unknown) => {
    if (isUniqueViolation(error)) throw new Refusal("admin.refused.emailTaken");
    throw error;
  });

/** Locks a person out, or lets them in again. What lay in their hands goes back to all who hold the role. @throws Refusal 404, 403, 409 */
export const switchPerson = (
  ctx: Context<Admin>,
  person: Person,
  { disabled, reason }: { disabled: boolean; reason: string },
): Promise<{ released: number }> =>
  changing(ctx, person, async (tx, account) => {
    if (account.id === ctx.actor.accountId) throw new Refusal("admin.refused.notYourself");
    if ((account.disabledAt !== null) === disabled) return { released: 0 };
    const disabledAt = disabled ? ctx.now : null;
    await tx.account.update({ where: { id: account.id }, data: { disabledAt } });
    const released = disabled ? await releaseSteps(inside(ctx, tx), tx, account.id, null) : 0;
    await noteDeed(ctx, tx, {
      did: disabled ? "person_disabled" : "person_enabled",
      accountId: account.id,
      reason,
      before: { disabledAt: account.disabledAt?.toISOString() ?? null },
      after: { disabledAt: disabledAt?.toISOString() ?? null },
    });
    await recordSecurity(ctx, { kind: disabled ? "account.disabled" : "account.activated", aboutId: account.id }, tx);
    return { released };
  });

/** Gives a person a new password that is told once, and ends their sessions. @throws Refusal 404, 403, 409 */
export async function resetPassword(ctx: Context<Admin>, person: Person): Promise<{ password: string }> {
  const { password, columns } = await newOneTimePassword();
  await changing(ctx, person, async (tx, { id }) => {
    await tx.account.update({ where: { id }, data: { ...columns, passwordChangedAt: ctx.now } });
    await tx.$executeRaw`DELETE FROM sessions WHERE sess->'passport'->>'user' = ${id}`;
    await noteDeed(ctx, tx, { did: "password_reset", accountId: id });
    await recordSecurity(ctx, { kind: "password.reset", aboutId: id }, tx);
  });
  return { password };
}

/** Gives a person a place of work. A place that ended stands again with the new days. @throws Refusal 404, 403; 409 when they have it */
export const grantPosting = async (ctx: Context<Admin>, person: Person, posting: NewPosting): Promise<void> => {
  await openAgency(ctx, posting.agencyId);
  await changing(ctx, person, async (tx, account) => {
    if (account.kind !== "officer") throw new Refusal("admin.refused.notOfficer");
    await givePosting(ctx, tx, account, posting);
  });
};

type Account = Awaited<ReturnType<typeof lockKept>>;

async function givePosting(ctx: Context<Admin>, tx: Tx, account: Account, posting: NewPosting, reason?: string) {
  await partOf(tx, posting);
  const { agencyId, role } = posting;
  const before = account.postings.find((one) => one.agencyId === agencyId && one.role === role);
  if (before && standsOrComes(before, isoDay(ctx.now))) throw new Refusal("admin.refused.hasPosting");
  const { id } = before
    ? await tx.posting.update({ where: { id: before.id }, data: posting })
    : await tx.posting.create({ data: { accountId: account.id, ...posting } });
  await noteDeed(ctx, tx, {
    did: "posting_granted",
    agencyId,
    accountId: account.id,
    ...(reason ? { reason } : {}),
    after: { id, ...posting },
  });
  await recordSecurity(ctx, { kind: "roles.changed", aboutId: account.id, params: { role, granted: true } }, tx);
}

async function takePosting(
  ctx: Context<Admin>,
  tx: Tx,
  account: Account,
  id: string,
  validTo: string,
  reason?: string,
): Promise<number> {
  const posting = account.postings.find((one) => one.id === id);
  if (!posting || !standsOrComes(posting, isoDay(ctx.now))) throw notFound();
  await tx.posting.update({ where: { id }, data: { validTo } });
  const { agencyId, role } = posting;
  await noteDeed(ctx, tx, {
    did: "posting_ended",
    agencyId,
    accountId: account.id,
    ...(reason ? { reason } : {}),
    before: { id, agencyId, role, validTo: posting.validTo },
    after: { id, agencyId, role, validTo },
  });
  await recordSecurity(ctx, { kind: "roles.changed", aboutId: account.id, params: { role, granted: false } }, tx);
  return validTo < isoDay(ctx.now) ? releaseSteps(inside(ctx, tx), tx, account.id, posting) : 0;
}

const yesterday = ({ now }: Pick<Context, "now">): string => isoDay(new Date(now.getTime() - 86_400_000));

/** Ends a place of work from today on. What lay in the person's hands there goes back to all who hold the role. @throws Refusal 404, 403, 409 */
export const endPosting = (ctx: Context<Admin>, person: Person, postingId: string): Promise<{ released: number }> =>
  changing(ctx, person, async (tx, account) => ({
    released: await takePosting(ctx, tx, account, postingId, yesterday(ctx)),
  }));

/**
 * Moves a person to another agency from today on, in one act: the places at the old one end, the same roles begin at the
 * new one, and what lay in their hands goes back to their colleagues.
 * @throws Refusal 404, 403, 409
 */
export async function transferPerson(
  ctx: Context<Admin>,
  person: Person,
  move: { toId: string; unitId: string | null; title: string | null; reason: string },
): Promise<{ released: number }> {
  await openAgency(ctx, move.toId);
  return changing(ctx, person, async (tx, account) => {
    const today = isoDay(ctx.now);
    const places = account.postings.filter((one) => standsOrComes(one, today) && one.agencyId !== move.toId);
    if (places.length === 0) throw new Refusal("admin.refused.noPlace");
    let released = 0;
    for (const { id } of places) released += await takePosting(ctx, tx, account, id, yesterday(ctx), move.reason);
    const kept = account.postings.filter((one) => one.agencyId === move.toId && standsOrComes(one, today));
    for (const role of new Set(places.map((one) => one.role)))
      if (!kept.some((one) => one.role === role))
        await givePosting(
          ctx,
          tx,
          account,
          {
            agencyId: move.toId,
            role,
            unitId: move.unitId,
            title: move.title,
            validFrom: today,
            validTo: null,
          },
          move.reason,
        );
    return { released };
  });
}
