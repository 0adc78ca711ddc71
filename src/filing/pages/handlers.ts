import type { Handler } from "#dossiers/index.ts";
import type { GivenRating } from "#ratings/index.ts";
import type { Seen } from "./dossier.ts";

/** The same with what only its applicant is told: who handles it and how to reach them, and the rating they gave. */
export type SeenWhole = Seen & {
  handlers: ReadonlyMap<string, Handler>;
  phoneOf: (agencyId: string) => string | null;
  rating: GivenRating | null;
};

/** Who handles something at an agency, in words; null for nobody. */
export function handlerText(
  { handlers, t }: SeenWhole,
  accountId: string | null,
  agencyId: string | null,
): string | null {
  const handler = accountId ? handlers.get(accountId) : undefined;
  if (!handler) return null;
  const title = handler.titleAt(agencyId);
  return title
    ? t("filing.mine.handlerTitled", { name: handler.name, title })
    : t("filing.mine.handler", { name: handler.name });
}
