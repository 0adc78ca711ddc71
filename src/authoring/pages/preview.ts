import {
  type Button,
  type ErrorSummary,
  errorSummary,
  type Link,
  type NotificationBanner,
  type SummaryList,
} from "#platform/components.ts";
import type { FieldErrors } from "#platform/form.ts";
import {
  controlsOf,
  displayAnswers,
  type Field,
  type FieldContext,
  type FormPage,
  fieldsOf,
  fieldTypes,
  pressedInPage,
  readPage,
  type ShownControl,
  type Submitted,
} from "#procedures/index.ts";
import { paths } from "../paths.ts";
import type { Manuscript } from "../queries.ts";
import { type Framed, framedPage } from "./frame.ts";

/** A page of the form as a citizen gets it, by the same field templates, sent to nowhere that keeps it. */
export type Preview = {
  title: string;
  lead: string;
  heading: string;
  intro: string | null;
  action: string;
  controls: readonly ShownControl[];
  unshown: readonly string[];
  button: Button;
};
export type PreviewPage = Framed & {
  preview: Preview;
  page: Link;
  errors: ErrorSummary | null;
  right: NotificationBanner | null;
  officer: SummaryList | null;
};
declare module "#platform/render.ts" {
  interface Views {
    "authoring/_preview": Preview;
    "authoring/form-preview": PreviewPage;
  }
}

/** A field that is set up rightly; the others cannot be shown yet. */
const isShowable = (field: Field): boolean =>
  fieldTypes[field.type]?.settings.safeParse(field.settings).success === true;

/** The page alone, with those questions that can be shown; what earlier pages hide is shown, too. */
function alone(page: FormPage): FormPage {
  const fields = page.fields.filter(isShowable);
  const here = new Set(fields.map(({ id }) => id));
  const { showWhen: _page, ...rest } = page;
  return {
    ...rest,
    fields: fields.map((field) => {
      if (fieldsOf(field.showWhen).every((id) => here.has(id))) return field;
      const { showWhen: _elsewhere, ...shown } = field;
      return shown;
    }),
  };
}

export function previewOf(
  id: string,
  page: FormPage,
  context: FieldContext,
  filled: { submitted?: Submitted; errors?: FieldErrors } = {},
): Preview {
  const { t } = context;
  const shown = alone(page);
  const given = { answers: {}, ...(filled.submitted ? { submitted: filled.submitted } : {}) };
  return {
    title: t("authoring.form.previewTitle"),
    lead: t("authoring.form.previewLead"),
    heading: page.title.vi,
    intro: page.intro?.vi ?? null,
    action: paths.formPreview(id, page.id),
    controls: controlsOf(shown, given, filled.errors ?? {}, context),
    unshown: page.fields
      .filter((field) => !isShowable(field))
      .map((field) => t("authoring.form.unshown", { label: field.label.vi })),
    button: { text: t("authoring.form.tryIt"), kind: "secondary" },
  };
}

/** The preview after somebody tried it: what the citizen is told, and what the officer will read. Nothing is kept. */
export function previewPage(
  manuscript: Manuscript,
  page: FormPage,
  sent: Submitted,
  context: FieldContext,
): PreviewPage {
  const { t } = context;
  const shown = alone(page);
  const form = { form: { pages: [shown] } };
  const pressed = pressedInPage(form, shown.id, sent);
  const read = pressed ? null : readPage(form, shown.id, sent, {}, context);
  const errors = read?.errors ?? {};
  const [answers] = read ? displayAnswers(form, read.answers, context) : [];
  return {
    ...framedPage(
      manuscript,
      "form",
      {
        title: t("authoring.form.previewOf", { title: page.title.vi }),
        back: {
          href: paths.formPage(manuscript.id, page.id),
          text: t("authoring.form.backToPage", { title: page.title.vi }),
        },
      },
      t,
    ),
    hasErrors: Object.keys(errors).length > 0,
    preview: previewOf(manuscript.id, page, context, { submitted: pressed ?? sent, errors }),
    page: {
      href: paths.formPage(manuscript.id, page.id),
      text: t("authoring.form.backToPage", { title: page.title.vi }),
    },
    errors: errorSummary(errors, t),
    right: read?.ok ? { kind: "success", text: t("authoring.form.previewRight") } : null,
    officer: answers
      ? {
          title: t("authoring.form.officer"),
          rows: answers.rows.map(({ label, lines }) => ({ key: label, value: lines })),
        }
      : null,
  };
}
