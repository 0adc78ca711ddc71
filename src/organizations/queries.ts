import { OfficeHoursInput } from "#calendar/index.ts";
import type { Context } from "#platform/context.ts";
import { isoDay } from "#platform/format.ts";
import { remember } from "#platform/memory.ts";
import { notFound } from "#platform/refusal.ts";
import { type AgencyRef, OFFICER_ROLES, resolveAgency as resolveAmong } from "#workflow/index.ts";
import { createDirectory, type Directory, isOpen, type KnownAgency } from "./rules.ts";

type Asker = Pick<Context, "db">;
const MINUTE_MS = 60_000;

const directories = remember(MINUTE_MS, async ({ db }: Asker, _key: "all"): Promise<Directory> => {
  const agencies = await db.agency.findMany({
    relationLoadStrategy: "join",
    select: {
      id: true,
      identifier: true,
      kind: true,
      level: true,
      functions: true,
      name: true,
      shortName: true,
      address: true,
      phone: true,
      unitCode: true,
      parentId: true,
      successorId: true,
      officeHours: true,
      validFrom: true,
      validTo: true,
      units: { select: { id: true, name: true, kind: true }, where: { closedOn: null }, orderBy: { name: "asc" } },
    },
    orderBy: { identifier: "asc" },
  });
  const readHours = (hours: unknown) => OfficeHoursInput.safeParse(hours).data ?? null;
  return createDirectory(
    agencies.map((agency) => ({ ...(agency as unknown as KnownAgency), officeHours: readHours(agency.officeHours) })),
  );
});

/** Every agency of the installation, from memory (at most a minute old): no query when warm. */
export const findDirectory = (ctx: Asker): Promise<Directory> => directories.find(ctx, "all");

/** One agency, from memory. @throws Refusal 404 */
export async function findAgency(ctx: Asker, id: string): Promise<KnownAgency> {
  const agency = (await findDirectory(ctx)).agencyOf(id);
  if (!agency) throw notFound();
  return agency;
}

/** Sorted once for each directory that was read: thousands of names are not compared for every page. */
const inOrder = new WeakMap<Directory, readonly KnownAgency[]>();
const byName = new Intl.Collator("vi").compare;

/** The agencies that exist on the day of `ctx.now`, those of the province first, then by name. */
export async function listAgencies(ctx: Pick<Context, "db" | "now">): Promise<KnownAgency[]> {
  const day = isoDay(ctx.now);
  const directory = await findDirectory(ctx);
  let sorted = inOrder.get(directory);
  if (!sorted) {
    const rank = ({ level }: KnownAgency): number => (level === "commune" ? 1 : 0);
    sorted = [...directory.agencies].sort((a, b) => rank(a) - rank(b) || byName(a.name, b.name));
    inOrder.set(directory, sorted);
  }
  return sorted.filter((agency) => isOpen(agency, day));
}

/**
 * The agency that a workflow's relative name means for a dossier that `receivingAgencyId` took in; undefined when none or
 * several fit. "competent" is `competentAgencyId`, or the receiving agency where the offering names no other.
 * @throws Refusal 404 there is no such receiving or competent agency
 */
export async function resolveAgency(
  ctx: Pick<Context, "db" | "now">,
  ref: AgencyRef,
  receivingAgencyId: string,
  competentAgencyId: string | null = null,
): Promise<KnownAgency | undefined> {
  const [receiving, competent] = await Promise.all([
    findAgency(ctx, receivingAgencyId),
    findAgency(ctx, competentAgencyId ?? receivingAgencyId),
  ]);
  const id = resolveAmong(ref, { receiving, competent }, await listAgencies(ctx));
  return id === undefined ? undefined : (await findDirectory(ctx)).agencyOf(id);
}

export type UnitItem = { value: string; text: string; parent?: string };
export type UnitLists = {
  provinces: readonly UnitItem[];
  communesOf(provinceCode: string): readonly UnitItem[];
  nameOf(list: "unit", code: string): string | null;
};

const unitLists = remember(10 * MINUTE_MS, async ({ db }: Asker, _key: "all"): Promise<UnitLists> => {
  const rows = await db.administrativeUnit.findMany({
    select: { code: true, fullName: true, level: true, parentCode: true },
    orderBy: [{ name: "asc" }, { code: "asc" }],
  });
  const sorted = rows
    .map((row) => ({
      ...row,
      item: { value: row.code, text: row.fullName, ...(row.parentCode ? { parent: row.parentCode } : {}) },
    }))
    .sort((a, b) => a.item.text.localeCompare(b.item.text, "vi"));
  const names = new Map(rows.map(({ code, fullName }) => [code, fullName]));
  const communes = new Map<string, UnitItem[]>();
  for (const { parentCode, item } of sorted) {
    if (parentCode === null) continue;
    const siblings = communes.get(parentCode);
    if (siblings) siblings.push(item);
    else communes.set(parentCode, [item]);
  }
  return {
    provinces: sorted.filter(({ level }) => level === "province").map(({ item }) => item),
    communesOf: (provinceCode) => communes.get(provinceCode) ?? [],
    nameOf: (_list, code) => names.get(code) ?? null,
  };
});

/** Provinces and communes for address controls and displays, from memory (at most ten minutes old). */
export const findUnitLists = (ctx: Asker): Promise<UnitLists> => unitLists.find(ctx, "all");

/** After this process changed agencies or administrative units. */
export const forgetOrganizations = (ctx: Asker): void => {
  directories.forget(ctx);
  unitLists.forget(ctx);
};

/**
 * Whether somebody holds a role at an agency today, with an account that is open. Each place is asked by itself, so that
 * it costs what there are places, not what there are people.
 */
export async function findHeldRoles({
  db,
  now,
}: Pick<Context, "db" | "now">): Promise<(agencyId: string, role: string) => boolean> {
  const day = isoDay(now);
  const rows = await db.$queryRaw<{ place: string }[]>`
    SELECT a.id || ' ' || r.role AS place FROM agencies a CROSS JOIN unnest(${[...OFFICER_ROLES]}::text[]) AS r(role)
    WHERE EXISTS (SELECT FROM postings p JOIN accounts c ON c.id = p."accountId" AND c."disabledAt" IS NULL
      WHERE p."agencyId" = a.id AND p.role = r.role AND coalesce(p."validFrom", '') <= ${day} AND coalesce(p."validTo", '9999') >= ${day})`;
  const held = new Set(rows.map(({ place }) => place));
  return (agencyId, role) => held.has(`${agencyId} ${role}`);
}
