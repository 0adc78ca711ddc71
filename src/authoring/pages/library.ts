import { type Part, part } from "#platform/components.ts";
import type { MessageKey, Translate } from "#platform/i18n.ts";
import { paths } from "../paths.ts";
import type { Found, listTemplates } from "../queries/library.ts";
import type { Change, Manuscript } from "../queries.ts";
import { type LibraryWords, SOUGHT, type Sought } from "../rules.ts";
import type { Block, BlocksPage } from "./blocks.ts";
import { framedPage } from "./frame.ts";
import { procedurePage } from "./publish.ts";
import { agencyText } from "./terms.ts";

type Template = Awaited<ReturnType<typeof listTemplates>>[number];

export const libraryWords = (t: Translate): LibraryWords => ({
  typeName: (type) => t(`fields.types.${type}.name` as MessageKey),
  roleName: (role) => t(`workflow.roles.${role}` as MessageKey),
  agencyName: (agency) => agencyText(agency, t),
});

function foundParts(words: string, found: readonly Found[], t: Translate): Part[] {
  if (found.length === 0) return [part("components/inset-text", { text: t("authoring.library.none", { words }) })];
  return [
    part("components/table", {
      caption: t("authoring.library.foundTitle", { count: found.length }),
      head: [{ text: t("authoring.library.procedure") }, { text: t("authoring.library.uses") }],
      rows: found.map(({ code, name, uses, receivedBy }) => ({
        cells: [
          { text: `${code} · ${name}`, href: paths.procedure(code) },
          {
            text: [
              ...uses.map((use) => `${t(`authoring.sections.${use.section}`)}: ${use.name}`),
              ...(receivedBy > 0 ? [t("authoring.library.received", { count: receivedBy })] : []),
            ].join("; "),
          },
        ],
      })),
    }),
  ];
}

const pageText = ({ title, fields }: Template["pages"][number], t: Translate): string =>
  t("authoring.library.page", { title, count: fields });

/** What procedures are made of: looked through for one thing, and begun from. */
export function libraryPage(
  asked: { sought: Sought; words: string },
  found: readonly Found[],
  templates: readonly Template[],
  t: Translate,
): BlocksPage {
  return procedurePage(
    {
      title: t("authoring.library.title"),
      lead: t("authoring.library.lead"),
      back: { href: paths.procedures, text: t("authoring.publish.procedure.back") },
      blocks: [
        {
          id: "tim",
          title: t("authoring.library.search"),
          form: {
            action: paths.library,
            method: "get",
            parts: [
              part("components/select", {
                name: "loai",
                label: t("authoring.library.kind"),
                value: asked.sought,
                items: SOUGHT.map((value) => ({ value, text: t(`authoring.library.kinds.${value}`) })),
              }),
              part("components/input", {
                name: "tu",
                label: t("authoring.library.words"),
                hint: t("authoring.library.wordsHint"),
                value: asked.words,
              }),
            ],
            buttons: [{ text: t("authoring.library.find") }],
          },
        },
        ...(asked.words.trim() === "" ? [] : [{ id: "ket-qua", parts: foundParts(asked.words.trim(), found, t) }]),
        ...templates.map(
          ({ code, name, pages, steps }, at): Block => ({
            ...(at === 0 ? { title: t("authoring.library.templates") } : {}),
            parts: [
              part("components/summary-list", {
                title: `${code} · ${name}`,
                rows: [
                  { key: t("authoring.library.pages"), value: pages.map((page) => pageText(page, t)) },
                  { key: t("authoring.library.steps"), value: steps },
                ],
              }),
            ],
            links: [{ text: t("authoring.library.begin"), href: paths.newFrom(code), kind: "secondary" }],
          }),
        ),
      ],
    },
    t,
  );
}

/** Pages of other procedures that may be copied into a manuscript's form. */
export function takePage(
  manuscript: Manuscript,
  templates: readonly Template[],
  since: readonly Change[] | null,
  t: Translate,
): BlocksPage {
  const framed = framedPage(
    manuscript,
    "form",
    {
      title: t("authoring.library.take"),
      lead: t("authoring.library.takeLead"),
      since,
      back: { href: paths.form(manuscript.id), text: t("authoring.form.title") },
    },
    t,
  );
  const others = templates.filter(({ code, pages }) => code !== manuscript.code && pages.length > 0);
  return {
    ...framed,
    blocks:
      others.length === 0
        ? [{ parts: [part("components/inset-text", { text: t("authoring.library.noPages") })] }]
        : others.map(({ code, name, pages }) => ({
            title: `${code} · ${name}`,
            form: {
              action: paths.formTake(manuscript.id),
              hidden: [
                { name: "seen", value: framed.seen },
                { name: "ma", value: code },
              ],
              buttons: pages.map((page) => ({
                text: pageText(page, t),
                name: "trang",
                value: page.id,
                kind: "secondary" as const,
                about: t("authoring.library.takeOf", { title: page.title, code }),
              })),
            },
          })),
  };
}
