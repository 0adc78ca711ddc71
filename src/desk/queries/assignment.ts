import { findAgency, findUnitLists, type UnitLists } from "#organizations/index.ts";
import type { Context, Officer } from "#platform/context.ts";
import { isoDay } from "#platform/format.ts";
import { notFound } from "#platform/refusal.ts";
import { findCurrentVersion } from "#procedures/index.ts";
import { ledAgencies, type Method } from "../actions/assignment.ts";
import { listChoices } from "./choices.ts";

export type Rule = {
  id: string;
  agencyId: string;
  role: string;
  procedureId: string | null;
  stepId: string | null;
  method: Method;
};
export type Holder = { agencyId: string; role: string; accountId: string; name: string };
/** A step that a rule of its own may be made for. */
export type RuledStep = { procedureId: string; stepId: string; role: string; name: string };

export type Assignment = {
  agencies: readonly { id: string; name: string }[];
  rules: readonly Rule[];
  holders: readonly Holder[];
  steps: readonly RuledStep[];
};

const listHolders = (ctx: Context<Officer>, agencies: readonly string[]) => ctx.db.$queryRaw<Holder[]>`
  SELECT p."agencyId"::text AS "agencyId", p.role, a.id::text AS "accountId", a."displayName" AS name
  FROM postings p JOIN accounts a ON a.id = p."accountId"
  WHERE p."agencyId" = ANY(${[...agencies]}::uuid[]) AND a."disabledAt" IS NULL
    AND coalesce(p."validFrom", '') <= ${isoDay(ctx.now)} AND coalesce(p."validTo", '9999') >= ${isoDay(ctx.now)}
  ORDER BY name, "accountId"`;

/** How work is given out where the officer leads. @throws Refusal 404 for somebody who leads nowhere */
export async function findAssignment(ctx: Context<Officer>): Promise<Assignment> {
  const led = ledAgencies(ctx.actor);
  if (led.length === 0) throw notFound();
  const [rules, holders, { procedures }] = await Promise.all([
    ctx.db.assignmentRule.findMany({ where: { agencyId: { in: led } }, orderBy: { id: "asc" } }),
    listHolders(ctx, led),
    listChoices(ctx),
  ]);
  const versions = await Promise.all(procedures.map(({ code }) => findCurrentVersion(ctx, code)));
  const steps = versions.flatMap((version) =>
    version
      ? version.definition.workflow.steps.map(({ id, role, name }) => ({
          procedureId: version.procedureId,
          stepId: id,
          role,
          name: `${version.definition.name.vi}: ${name.vi}`,
        }))
      : [],
  );
  const agencies = await Promise.all(led.map((id) => findAgency(ctx, id)));
  return { agencies, rules: rules as Rule[], holders, steps };
}

/** A rule by area with its communes. @throws Refusal 404 unless the officer leads its agency and it goes by area */
export async function findAreas(ctx: Context<Officer>, id: string) {
  const rule = await ctx.db.assignmentRule.findFirst({
    where: { id, method: "area", agencyId: { in: ledAgencies(ctx.actor) } },
    include: { areas: true, agency: { select: { name: true, unit: { select: { code: true, parentCode: true } } } } },
  });
  if (!rule) throw notFound();
  const [lists, holders] = await Promise.all([findUnitLists(ctx), listHolders(ctx, [rule.agencyId])]);
  return {
    rule,
    communes: communesAround(lists, rule.agency.unit),
    holders: holders.filter(({ role }) => role === rule.role),
  };
}

/** The communes of the agency's province. */
const communesAround = (lists: UnitLists, unit: { code: string; parentCode: string | null } | null) =>
  unit === null ? [] : lists.communesOf(unit.parentCode ?? unit.code);
