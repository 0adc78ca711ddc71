import type { Context } from "#platform/context.ts";
import type { Tx } from "#platform/db.ts";
import { isoDay } from "#platform/format.ts";
import type { Step } from "#workflow/index.ts";
import type { LockedDossier } from "../events.ts";
import { holding } from "../queries/holders.ts";
import { findReaders } from "../queries/restricted.ts";

/** How an officer was found: the one who had the step before, or by a rule of the agency. */
export type AssignedBy = "former" | "turn" | "load" | "area";
export type Assigned = { assigneeId: string | null; unitId: string | null; by: AssignedBy | null };

type Place = { step: Step; agencyId: string; procedureVersionId: string; formerOfficerId: string | null };
type Rule = { id: string; method: "turn" | "load" | "area"; lastId: string | null };

/**
 * Holds the rules of several agencies in one order, before steps open at each of them: two transactions that open steps
 * at the same agencies wait for each other in a row, never in a circle.
 */
export async function lockRules(tx: Tx, agencyIds: readonly string[]): Promise<void> {
  if (agencyIds.length > 1)
    await tx.$queryRaw`SELECT id FROM assignment_rules WHERE "agencyId" = ANY(${agencyIds}::uuid[]) ORDER BY id FOR UPDATE`;
}

/**
 * The rule for a step, held until the transaction ends: whose turn it is and who has least is decided by one at a time.
 * A rule of this very step goes before the one of its role.
 */
async function lockRule(tx: Tx, { step, agencyId, procedureVersionId }: Place): Promise<Rule | null> {
  const rules = await tx.$queryRaw<(Rule & { ofStep: boolean })[]>`
    SELECT id, method, "lastId", "stepId" IS NOT NULL AS "ofStep" FROM assignment_rules
    WHERE "agencyId" = ${agencyId}::uuid AND role = ${step.role} AND ("stepId" IS NULL OR "stepId" = ${step.id}
      AND "procedureId" = (SELECT v."procedureId" FROM procedure_versions v WHERE v.id = ${procedureVersionId}::uuid))
    ORDER BY id FOR UPDATE`;
  return rules.find(({ ofStep }) => ofStep) ?? rules[0] ?? null;
}

/** Those who follow each other in one fixed order, beginning behind the last. */
const inTurn = (people: readonly string[], lastId: string | null): string[] => {
  const sorted = [...people].sort();
  const at = sorted.findIndex((id) => id > (lastId ?? ""));
  return at <= 0 ? sorted : [...sorted.slice(at), ...sorted.slice(0, at)];
};

async function leastLoaded(tx: Tx, agencyId: string, people: readonly string[]): Promise<string | null> {
  const loads = await tx.stepRun.groupBy({
    by: ["assigneeId"],
    where: { agencyId, closedAt: null, assigneeId: { in: [...people] } },
    _count: true,
  });
  const load = new Map(loads.map(({ assigneeId, _count }) => [assigneeId, _count]));
  const least = Math.min(...people.map((id) => load.get(id) ?? 0));
  return people.find((id) => (load.get(id) ?? 0) === least) ?? null;
}

async function ofArea(tx: Tx, ruleId: string, dossierId: string): Promise<string | null> {
  const parties = await tx.dossierParty.findMany({
    where: { dossierId, communeCode: { not: null } },
    select: { communeCode: true },
    orderBy: { role: "asc" },
  });
  const communes = parties.flatMap(({ communeCode }) => communeCode ?? []);
  const areas = await tx.assignmentArea.findMany({ where: { ruleId, communeCode: { in: communes } } });
  return communes.flatMap((code) => areas.find((area) => area.communeCode === code)?.accountId ?? [])[0] ?? null;
}

/** Who closed the steps that this one must not share hands with. */
async function excluded(tx: Tx, dossierId: string, { notSameOfficerAs = [] }: Step): Promise<Set<string | null>> {
  if (notSameOfficerAs.length === 0) return new Set();
  const runs = await tx.stepRun.findMany({
    where: { dossierId, stepId: { in: [...notSameOfficerAs] }, closedAt: { not: null } },
    select: { closedById: true },
  });
  return new Set(runs.map(({ closedById }) => closedById));
}

/**
 * In whose hands a step opens: those who had it before, else whom the agency's rule names among those who hold the role
 * today, are not away and may act; nobody's where there is no rule. A rule by area falls back to who has least.
 */
export async function chooseOfficer(ctx: Context, tx: Tx, dossier: LockedDossier, place: Place): Promise<Assigned> {
  const { step, agencyId, formerOfficerId } = place;
  const rule = await lockRule(tx, place);
  const readers = dossier.restricted ? await findReaders(tx, dossier.id) : null;
  const posted = await tx.posting.findMany({
    where: holding(agencyId, step.role, ctx.now),
    select: { accountId: true, unitId: true },
  });
  const holders = posted.filter(({ accountId }) => readers?.has(accountId) ?? true);
  const units = new Set(holders.map(({ unitId }) => unitId));
  const common = units.size === 1 ? (holders[0]?.unitId ?? null) : null;
  const given = (assigneeId: string, by: AssignedBy): Assigned => ({
    assigneeId,
    unitId: holders.find(({ accountId }) => accountId === assigneeId)?.unitId ?? common,
    by,
  });
  if (holders.some(({ accountId }) => accountId === formerOfficerId)) return given(formerOfficerId as string, "former");
  if (!rule) return { assigneeId: null, unitId: common, by: null };

  const day = isoDay(ctx.now);
  const away = await tx.delegation.findMany({
    where: {
      absentId: { in: holders.map(({ accountId }) => accountId) },
      from: { lte: day },
      to: { gte: day },
      revokedAt: null,
    },
    select: { absentId: true },
  });
  const not = await excluded(tx, dossier.id, step);
  const free = holders.filter(
    ({ accountId }) => !not.has(accountId) && !away.some(({ absentId }) => absentId === accountId),
  );
  const people = inTurn([...new Set(free.map(({ accountId }) => accountId))], rule.lastId);
  const [next] = people;
  if (!next) return { assigneeId: null, unitId: common, by: null };
  const local = rule.method === "area" ? await ofArea(tx, rule.id, dossier.id) : null;
  const chosen =
    local && people.includes(local) ? local : rule.method === "turn" ? next : await leastLoaded(tx, agencyId, people);
  if (chosen === null) return { assigneeId: null, unitId: common, by: null };
  await tx.assignmentRule.update({ where: { id: rule.id }, data: { lastId: chosen } });
  return given(chosen, chosen === local ? "area" : rule.method === "turn" ? "turn" : "load");
}
