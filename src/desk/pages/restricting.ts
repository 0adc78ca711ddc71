import type { Candidate, FullDossier } from "#dossiers/index.ts";
import {
  type Button,
  type Checkboxes,
  type ErrorSummary,
  errorSummary,
  errorText,
  type LinkButton,
  type PageHeading,
  type Textarea,
} from "#platform/components.ts";
import type { Officer } from "#platform/context.ts";
import { type Form, shown } from "#platform/form.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "../paths.ts";
import { standing } from "./act.ts";
import type { Words } from "./words.ts";

type RestrictPage = Page & {
  heading: PageHeading;
  errors: ErrorSummary | null;
  warning: string;
  action: string;
  version: number;
  readers: Checkboxes | null;
  nobody: string | null;
  reason: Textarea;
  save: Button;
  lift: { title: string; lead: string; action: string; reason: Textarea; button: Button } | null;
};
declare module "#platform/render.ts" {
  interface Views {
    "desk/restrict": RestrictPage;
  }
}

type Input = { dossier: FullDossier; officer: Officer };

/** Whether the officer may say who sees the dossier. */
export const mayRestrict = (input: Input): boolean => standing(input).isLeader;

/** The way to the page on which a leader names who may see the dossier. */
export const restrictLink = (input: Input, { t }: Words): LinkButton[] =>
  mayRestrict(input)
    ? [
        {
          text: t(input.dossier.restricted ? "desk.restricting.linkAgain" : "desk.restricting.link"),
          href: paths.restrict(input.dossier.id),
          kind: "secondary",
        },
      ]
    : [];

/** Who may see a dossier: everybody who could, those who do now ticked. */
export function restrictPage(
  { dossier, officer }: Input,
  {
    candidates,
    readers,
    agencyNames,
    form,
    isLifting,
  }: {
    candidates: readonly Candidate[];
    readers: ReadonlySet<string> | null;
    agencyNames: (id: string) => string;
    form: Form;
    isLifting: boolean;
  },
  { t }: Words,
): RestrictPage {
  const others = candidates.filter(({ accountId }) => accountId !== officer.accountId);
  const typed = form.values["readers"];
  const ticked = typed === undefined ? [...(readers ?? [])] : [typed].flat().map(String);
  const title = t("desk.restricting.title");
  const reasonOf = (id: string, isHere: boolean): Textarea => ({
    name: "reason",
    id,
    label: t("desk.restricting.reason"),
    hint: t("desk.restricting.reasonHint"),
    value: isHere ? shown(form, "reason") : "",
    error: isHere ? errorText(form.errors, "reason", t) : null,
    rows: 3,
    maxLength: 4000,
  });
  const errors = errorSummary(form.errors, t);
  return {
    title: dossier.code ? `${title}: ${dossier.code}` : title,
    hasErrors: errors !== null,
    back: { href: paths.dossier(dossier.id), text: t("desk.restricting.back") },
    heading: { title, caption: dossier.code ?? t("desk.show.untitled"), lead: t("desk.restricting.lead") },
    errors:
      isLifting && errors ? { ...errors, errors: errors.errors.map((one) => ({ ...one, href: "#lift" })) } : errors,
    warning: t("desk.restricting.stateSecret"),
    action: paths.restrict(dossier.id),
    version: dossier.version,
    readers:
      others.length > 0
        ? {
            name: "readers",
            label: t("desk.restricting.readers"),
            labelSize: "s",
            hint: t("desk.restricting.readersHint"),
            small: true,
            values: ticked,
            error: errorText(form.errors, "readers", t),
            items: others.map(({ accountId, name, title: post, agencyId }) => ({
              value: accountId,
              text: name,
              hint: [post, agencyNames(agencyId)].filter(Boolean).join(", "),
            })),
          }
        : null,
    nobody: others.length === 0 ? t("desk.restricting.nobody") : null,
    reason: reasonOf("reason", !isLifting),
    save: { text: t("desk.restricting.save") },
    lift: dossier.restricted
      ? {
          title: t("desk.restricting.liftTitle"),
          lead: t("desk.restricting.liftLead"),
          action: paths.liftRestriction(dossier.id),
          reason: reasonOf("lift", isLifting),
          button: { text: t("desk.restricting.lift"), kind: "warning" },
        }
      : null,
  };
}
