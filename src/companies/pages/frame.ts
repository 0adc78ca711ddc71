import type { Button, ErrorSummary, Link, PageHeading, Part } from "#platform/components.ts";
import { errorSummary } from "#platform/components.ts";
import type { Form } from "#platform/form.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";

/** `version`: of what the form was made from; a form with one holds controls with buttons of their own. */
export type CompanyForm = {
  action: string;
  parts: readonly Part[];
  buttons: readonly Button[];
  about?: string;
  version?: number;
};
export type CompanySection = {
  title: string | null;
  lead: string | null;
  parts: readonly Part[];
  forms: readonly CompanyForm[];
};
export type CompaniesPage = Page & {
  /** Null: a panel is the heading. */
  heading: PageHeading | null;
  errors: ErrorSummary | null;
  parts: readonly Part[];
  sections: readonly CompanySection[];
  links: readonly Link[];
};

declare module "#platform/render.ts" {
  interface Views {
    "companies/page": CompaniesPage;
    "companies/_form": CompanyForm;
  }
}

export const section = (given: Partial<CompanySection>): CompanySection => ({
  title: null,
  lead: null,
  parts: [],
  forms: [],
  ...given,
});

/** A page of the room: its heading, what is wrong with its form, and what stands on it. */
export const pageOf = (
  heading: PageHeading,
  form: Form,
  t: Translate,
  given: Partial<Pick<CompaniesPage, "parts" | "sections" | "links" | "back">>,
): CompaniesPage => ({
  title: heading.title,
  heading,
  errors: errorSummary(form.errors, t),
  hasErrors: Object.keys(form.errors).length > 0,
  parts: [],
  sections: [],
  links: [],
  ...given,
});
