import { errorSummary, errorText, part } from "#platform/components.ts";
import { type Form, shown } from "#platform/form.ts";
import { formatDateTime, formatNumber, formatPartialDate, formatSize } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { DocumentPage } from "../pages.ts";
import { paths } from "../paths.ts";
import { page } from "./page.ts";

type File = {
  id: string;
  agencyId: string;
  format: "pdf" | "xlsx" | "csv";
  firstDay: string;
  lastDay: string;
  createdAt: Date;
  written: number;
  /** About how many lines there will be; null: not begun yet. */
  expected: number | null;
  rows: number | null;
  storageKey: string | null;
  size: number | null;
};

/** The period for a day (yyyy-MM-dd): from the first of its month. */
const typedDay = (form: Form, name: string, fallback: string) => {
  const [year = "", month = "", day = ""] = fallback.split("-");
  const given = form.values[`${name}.day`] !== undefined;
  return given
    ? { day: shown(form, `${name}.day`), month: shown(form, `${name}.month`), year: shown(form, `${name}.year`) }
    : { day, month, year };
};

/** Where the register is asked for, and those that were. */
export function registerPage(
  {
    agencies,
    files,
    today,
  }: { agencies: readonly { id: string; name: string }[]; files: readonly File[]; today: string },
  form: Form,
  t: Translate,
): DocumentPage {
  const names = new Map(agencies.map(({ id, name }) => [id, name]));
  const made = ({ storageKey, rows, size, id, written, expected }: File) =>
    storageKey
      ? {
          text: t("documents.register.download", { rows: formatNumber(rows ?? 0), size: formatSize(size ?? 0) }),
          href: paths.registerFile(id),
        }
      : {
          text:
            expected === null
              ? t("documents.register.waiting")
              : t("documents.register.making", { written: formatNumber(written), expected: formatNumber(expected) }),
        };
  const table = part("components/table", {
    caption: t("documents.register.list"),
    head: [
      { text: t("documents.register.period") },
      { text: t("documents.register.agency") },
      { text: t("documents.register.format") },
      { text: t("documents.register.state") },
    ],
    rows: files.map((file) => ({
      cells: [
        {
          text: `${formatPartialDate(file.firstDay)} - ${formatPartialDate(file.lastDay)}`,
          note: formatDateTime(file.createdAt),
        },
        { text: names.get(file.agencyId) ?? "" },
        { text: file.format.toUpperCase() },
        made(file),
      ],
    })),
  });
  return page({
    title: t("documents.register.title"),
    lead: t("documents.register.lead"),
    width: "wide",
    errors: errorSummary(form.errors, t),
    parts: agencies.length === 0 ? [part("components/empty-state", { title: t("documents.register.noDesk") })] : [],
    forms:
      agencies.length === 0
        ? []
        : [
            {
              action: paths.register,
              parts: [
                part("components/select", {
                  name: "agency",
                  label: t("documents.register.agency"),
                  items: agencies.map(({ id, name }) => ({ value: id, text: name })),
                  value: shown(form, "agency") || agencies[0]?.id,
                  error: errorText(form.errors, "agency", t),
                }),
                ...(["from", "to"] as const).map((name) =>
                  part("components/date-input", {
                    name,
                    label: t(`documents.register.${name}`),
                    value: typedDay(form, name, name === "from" ? `${today.slice(0, 8)}01` : today),
                    error: errorText(form.errors, name, t),
                  }),
                ),
                part("components/radios", {
                  name: "format",
                  label: t("documents.register.format"),
                  small: true,
                  value: shown(form, "format") || "pdf",
                  items: (["pdf", "xlsx", "csv"] as const).map((value) => ({
                    value,
                    text: t(`documents.register.${value}`),
                  })),
                }),
              ],
              buttons: [{ text: t("documents.register.make") }],
            },
          ],
    after: files.length > 0 ? [table] : [part("components/empty-state", { title: t("documents.register.none") })],
  });
}
