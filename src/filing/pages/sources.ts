import { formatDate } from "#platform/format.ts";
import { type FormPage, pick } from "#procedures/index.ts";
import type { Prefilled, Source } from "../rules.ts";
import type { Opened } from "./wizard.ts";

const words = (source: Source, { t }: Opened): string => {
  if (source.kind !== "dossier") return t(`filing.prefill.${source.kind}`);
  return t("filing.prefill.dossier", { name: source.name, date: formatDate(source.at) });
};

/** The page with, at each answer that was filled in for the person, where it came from; easily overwritten. */
export const withSources = (page: FormPage, sources: Prefilled["sources"], opened: Opened): FormPage => ({
  ...page,
  fields: page.fields.map((field) => {
    const source = sources[field.id];
    if (!source) return field;
    const hint = [field.hint ? pick(field.hint, opened.language) : "", words(source, opened)].filter(Boolean).join(" ");
    return { ...field, hint: { vi: hint, en: hint } };
  }),
});
