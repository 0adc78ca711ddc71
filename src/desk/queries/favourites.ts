import type { Context, Officer } from "#platform/context.ts";
import { deskAgencies, inForceAt, type Offered } from "../queries.ts";

/** The procedures that the officer keeps at hand, as far as their desks still take them in on paper. One query. */
export const listFavourites = (ctx: Context<Officer>): Promise<Offered[]> =>
  ctx.db.$queryRaw<Offered[]>`
    SELECT DISTINCT e.name, p.code, o."agencyId"::text AS "agencyId"
    FROM counter_favourites f JOIN procedures p ON p.id = f."procedureId"
      JOIN catalogue_entries e ON e.code = p.code AND e.configured
      JOIN offerings o ON o."procedureId" = p.id AND ${inForceAt(ctx.now)}
    WHERE f."accountId" = ${ctx.actor.accountId}::uuid AND o."agencyId" = ANY(${deskAgencies(ctx.actor)}::uuid[])
    ORDER BY e.name`;
