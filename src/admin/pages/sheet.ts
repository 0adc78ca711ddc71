import type { DataValidation } from "hucre/xlsx";
import { part } from "#platform/components.ts";
import type { Admin } from "#platform/context.ts";
import type { FieldErrors } from "#platform/form.ts";
import { formatDateTime, formatNumber } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import { csvBytes } from "#platform/spreadsheets.ts";
import { MOST_LINES } from "../inputs.ts";
import { adminSections } from "../pages.ts";
import { paths } from "../paths.ts";
import type { SheetImport } from "../queries/imports.ts";
import { COLUMNS, type JudgedLine, ROLE_WORDS } from "../rules.ts";
import { type AdminPage, adminPage, formPart, section, tablePart, text } from "./parts.ts";

const MOST_BYTES = 5 * 1024 * 1024;

/** Where a spreadsheet of officers is uploaded. */
export const sheetPage = (errors: FieldErrors, admin: Admin, t: Translate): AdminPage =>
  adminPage(
    {
      title: t("admin.sheet.title"),
      lead: t("admin.sheet.lead"),
      back: { href: paths.people, text: t("admin.person.back") },
      form: { values: {}, errors },
      sections: adminSections(paths.people, t, admin),
      parts: [
        part("components/link-button", {
          text: t("admin.sheet.template"),
          href: paths.sheetTemplate("xlsx"),
          kind: "secondary",
          download: true,
        }),
        part("components/link-button", {
          text: t("admin.sheet.templateCsv"),
          href: paths.sheetTemplate("csv"),
          kind: "secondary",
          download: true,
        }),
        formPart({
          action: paths.sheets,
          hasFiles: true,
          parts: [
            part("components/file-upload", {
              name: "file",
              label: t("admin.sheet.file"),
              limit: t("admin.sheet.fileLimit"),
              maxBytes: MOST_BYTES,
              tooLarge: t("admin.errors.fileTooLarge"),
              accept: ".xlsx,.csv",
              error: errors["file"] ? t(errors["file"].key) : null,
            }),
          ],
          buttons: [{ text: t("admin.sheet.upload") }],
        }),
      ],
    },
    t,
  );

type Wrong = Extract<JudgedLine, { ok: false }>;
const isWrong = (line: JudgedLine): line is Wrong => !line.ok;
const labelOf = (key: string): string => COLUMNS.find((column) => column.key === key)?.label ?? key;
const faultsOf = ({ faults }: Wrong, t: Translate): string[] =>
  faults.map(({ column, fault }) => `${labelOf(column)}: ${t(`admin.sheet.lineFaults.${fault}`)}`);
const saidOn = ({ cells }: Wrong): string => COLUMNS.flatMap(({ key }) => (cells[key] ? [cells[key]] : [])).join(" · ");
const SHOWN = 100;

/** What a sheet would do, or did, and every line that is wrong. */
export function sheetPreviewPage(
  sheet: SheetImport,
  judged: readonly JudgedLine[],
  admin: Admin,
  t: Translate,
): AdminPage {
  const wrong = judged.filter(isWrong);
  const right = judged.flatMap((line) => (line.ok ? [line] : []));
  const people = new Map(right.map(({ officer, isNew }) => [officer.username, isNew]));
  const created = [...people.values()].filter(Boolean).length;
  const n = formatNumber;
  const { applied, appliedAt } = sheet;
  const frame = {
    title: t("admin.sheet.title"),
    caption: sheet.fileName,
    back: { href: paths.sheets, text: t("admin.sheet.back") },
    sections: adminSections(paths.people, t, admin),
  };
  if (applied && appliedAt)
    return adminPage(
      {
        ...frame,
        parts: [
          text(
            t("admin.sheet.applied", {
              at: formatDateTime(appliedAt),
              created: n(applied.created),
              changed: n(applied.changed),
              postings: n(applied.postings),
            }),
          ),
          formPart({
            action: paths.sheetLinks(sheet.id),
            lead: t("admin.sheet.linksLead"),
            buttons: [{ text: t("admin.sheet.links") }],
          }),
          part("components/link-button", { text: t("admin.person.back"), href: paths.people, kind: "secondary" }),
        ],
      },
      t,
    );
  return adminPage(
    {
      ...frame,
      parts: [
        part("components/figures", {
          items: [
            { value: n(right.length), text: t("admin.sheet.right") },
            { value: n(wrong.length), text: t("admin.sheet.wrong") },
            { value: n(created), text: t("admin.sheet.created") },
            { value: n(people.size - created), text: t("admin.sheet.updated") },
          ],
        }),
        ...(wrong.length === 0
          ? [
              formPart({
                action: paths.sheet(sheet.id),
                buttons: [{ text: t("admin.sheet.apply", { count: n(right.length) }) }],
              }),
            ]
          : [
              part("components/warning-text", { text: t("admin.sheet.blocked") }),
              part("components/link-button", {
                text: t("admin.sheet.report"),
                href: paths.sheetReport(sheet.id),
                kind: "secondary",
                download: true,
              }),
              section(t("admin.sheet.wrongTitle"), [
                ...(wrong.length > SHOWN
                  ? [text(t("admin.sheet.wrongShown", { shown: n(SHOWN), count: n(wrong.length) }))]
                  : []),
                ...tablePart(
                  {
                    caption: t("admin.sheet.wrongTitle"),
                    head: [
                      { text: t("admin.sheet.line"), numeric: true },
                      { text: t("admin.sheet.said") },
                      { text: t("admin.sheet.fault") },
                    ],
                    rows: wrong.slice(0, SHOWN).map((line) => ({
                      cells: [
                        { text: String(line.line), numeric: true },
                        { text: saidOn(line) },
                        { text: faultsOf(line, t).join("; ") },
                      ],
                    })),
                  },
                  "",
                ),
              ]),
            ]),
      ],
    },
    t,
  );
}

/** Every wrong line with what is to be mended, as text. */
export const reportCsv = (judged: readonly JudgedLine[], t: Translate): Promise<Uint8Array> =>
  csvBytes([
    [t("admin.sheet.line"), ...COLUMNS.map(({ label }) => label), t("admin.sheet.fault")],
    ...judged
      .filter(isWrong)
      .map((line) => [
        String(line.line),
        ...COLUMNS.map(({ key }) => line.cells[key] ?? ""),
        faultsOf(line, t).join("; "),
      ]),
  ]);

/** Who may activate their account by which link, as text. */
export const linksCsv = (
  links: readonly { username: string; displayName: string; href: string }[],
  t: Translate,
): Promise<Uint8Array> =>
  csvBytes([
    [labelOf("username"), labelOf("displayName"), t("admin.sheet.link")],
    ...links.map(({ username, displayName, href }) => [username, displayName, href]),
  ]);

export const templateCsv = (): Promise<Uint8Array> => csvBytes([COLUMNS.map(({ label }) => label)]);

const TEXT = "@";
/** The template as a workbook: cells are text; agencies and roles to choose from stand in a second sheet. */
export async function templateXlsx(
  agencies: readonly { identifier: string; name: string }[],
  t: Translate,
): Promise<Uint8Array> {
  const { colToLetter, writeXlsx } = await import("hucre/xlsx");
  const lists = t("admin.sheet.lists");
  const roles = Object.values(ROLE_WORDS);
  const choice = (key: string, column: string, count: number): DataValidation => {
    const at = colToLetter(COLUMNS.findIndex((one) => one.key === key));
    return {
      type: "list",
      formula1: `'${lists}'!$${column}$2:$${column}$${count + 1}`,
      range: `${at}2:${at}${MOST_LINES + 1}`,
      allowBlank: true,
      // What is not in the list is judged, and explained, when the sheet is uploaded.
      showErrorMessage: false,
    };
  };
  const rows = Math.max(agencies.length, roles.length);
  return writeXlsx({
    sheets: [
      {
        name: t("admin.people.title"),
        columns: COLUMNS.map(() => ({ width: 24, style: { numFmt: TEXT } })),
        rows: [COLUMNS.map(({ label }) => label)],
        cells: new Map(COLUMNS.map((_, i) => [`0,${i}`, { style: { font: { bold: true }, numFmt: TEXT } }])),
        freezePane: { rows: 1, columns: 0 },
        dataValidations: [choice("agency", "A", agencies.length), choice("role", "C", roles.length)],
      },
      {
        name: lists,
        columns: [{ width: 20 }, { width: 60 }, { width: 20 }],
        rows: [
          [labelOf("agency"), t("admin.sheet.agencyName"), labelOf("role")],
          ...Array.from({ length: rows }, (_, i) => [
            agencies[i]?.identifier ?? null,
            agencies[i]?.name ?? null,
            roles[i] ?? null,
          ]),
        ],
      },
    ],
  });
}
