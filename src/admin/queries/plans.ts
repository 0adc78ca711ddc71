import type { Admin, Context } from "#platform/context.ts";
import type { MessageKey, MessageParams } from "#platform/i18n.ts";
import type { PlanKind } from "../rules.ts";

export type AgencyPlan = {
  id: string;
  /** Null: it is to be founded. */
  agencyId: string | null;
  kind: PlanKind;
  effectiveOn: string;
  reason: string;
  wanted: Readonly<Record<string, unknown>>;
  plannedAt: Date;
  byName: string | null;
  /** Why it could not be done when its day had come. */
  refusal: { reason: MessageKey; params: MessageParams } | null;
};

/** What is planned for agencies, or could not be done: of one, or of all. */
export const listPlans = ({ db }: Context<Admin>, agencyId: string | null = null): Promise<AgencyPlan[]> =>
  db.$queryRaw<AgencyPlan[]>`
    SELECT p.id::text AS id, p."agencyId"::text AS "agencyId", p.kind, p."effectiveOn", p.reason, p.wanted, p."plannedAt", a."displayName" AS "byName", p.refusal
    FROM agency_plans p LEFT JOIN accounts a ON a.id = p."plannedById"
    WHERE p.state IN ('planned', 'refused') AND (${agencyId}::uuid IS NULL OR p."agencyId" = ${agencyId}::uuid)
    ORDER BY p."effectiveOn", p."plannedAt"`;
