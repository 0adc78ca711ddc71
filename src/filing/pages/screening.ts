import type { ErrorSummary, InsetText, Link, LinkButton, PageHeading, Radios } from "#platform/components.ts";
import { errorSummary, errorText } from "#platform/components.ts";
import type { FieldErrors } from "#platform/form.ts";
import type { Language, Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { type LoadedVersion, pick } from "#procedures/index.ts";
import { paths } from "../paths.ts";
import type { Screened } from "../rules.ts";

export type ScreeningPage = Page & {
  caption: string;
  drafts: { text: InsetText; link: Link } | null;
  errors: ErrorSummary | null;
  action: string;
  /** What was answered before, sent along. */
  before: readonly { name: string; value: string }[];
  asked: string;
  question: Radios;
  kept: string;
  submit: string;
};
export type ScreenedOutPage = Page & {
  heading: PageHeading;
  text: readonly string[];
  instead: { title: string; link: LinkButton } | null;
  procedure: LinkButton;
};

declare module "#platform/render.ts" {
  interface Views {
    "filing/screening": ScreeningPage;
    "filing/screened-out": ScreenedOutPage;
  }
}

type Speech = { t: Translate; language: Language };

/** The page before: the answers without the last one. */
const backOf = ({ code }: LoadedVersion, { given }: Screened, { t }: Speech): { href: string; text?: string } => {
  const before = new URLSearchParams(
    Object.fromEntries(given.slice(0, -1).map(({ question, answer }) => [question.id, answer.value])),
  );
  if (given.length === 0) return { href: paths.procedure(code) };
  return { href: `${paths.screening(code)}${before.size > 0 ? `?${before}` : ""}`, text: t("filing.screening.back") };
};

/** One question a page. */
export function screeningPage(
  loaded: LoadedVersion,
  screened: Extract<Screened, { state: "asked" }>,
  { hasDrafts, errors }: { hasDrafts: boolean; errors: FieldErrors },
  speech: Speech,
): ScreeningPage {
  const { t, language } = speech;
  const { question, given } = screened;
  const name = pick(loaded.definition.name, language);
  const label = pick(question.question, language);
  return {
    title: `${label} – ${name}`,
    hasErrors: Object.keys(errors).length > 0,
    back: backOf(loaded, screened, speech),
    caption: `${t("filing.screening.caption")}: ${name}`,
    drafts: hasDrafts
      ? {
          text: { text: t("filing.screening.drafts"), tone: "info" },
          link: { text: t("filing.screening.draftsLink"), href: paths.dossiers },
        }
      : null,
    errors: errorSummary(errors, t),
    action: paths.screening(loaded.code),
    before: given.map((one) => ({ name: one.question.id, value: one.answer.value })),
    asked: question.id,
    question: {
      name: question.id,
      label,
      labelSize: "l",
      isHeading: true,
      hint: question.hint ? pick(question.hint, language) : null,
      error: errorText(errors, question.id, t),
      items: question.answers.map((answer) => ({ value: answer.value, text: pick(answer.label, language) })),
    },
    kept: t("filing.screening.kept"),
    submit: t("filing.screening.continue"),
  };
}

/** This is not the procedure for them: why, and what to do instead. */
export function screenedOutPage(
  loaded: LoadedVersion,
  screened: Extract<Screened, { state: "out" }>,
  instead: { code: string; name: string } | null,
  speech: Speech,
): ScreenedOutPage {
  const { t, language } = speech;
  const { exit } = screened;
  const name = pick(loaded.definition.name, language);
  const title = pick(exit.title, language);
  return {
    title: `${title} – ${name}`,
    back: backOf(loaded, screened, speech),
    heading: { title, caption: name },
    text: exit.text.map((one) => pick(one, language)),
    instead: instead
      ? {
          title: t("filing.screening.instead"),
          link: { text: instead.name, href: paths.procedure(instead.code) },
        }
      : null,
    procedure: { text: t("filing.screening.toProcedure"), href: paths.procedure(loaded.code), kind: "secondary" },
  };
}
