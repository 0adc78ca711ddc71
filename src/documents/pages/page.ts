import type { ErrorSummary } from "#platform/components.ts";
import type { DocumentPage } from "../pages.ts";

/** A page of this room with what most have none of. */
export const page = (
  given: Partial<DocumentPage> & Pick<DocumentPage, "title"> & { lead?: string; errors?: ErrorSummary | null },
): DocumentPage => {
  const { lead, ...rest } = given;
  return {
    heading: { title: given.title, ...(lead ? { lead } : {}) },
    errors: null,
    sections: null,
    parts: [],
    forms: [],
    after: [],
    ...rest,
    hasErrors: Boolean(given.errors),
  };
};
