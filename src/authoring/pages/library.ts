import { pagesPart } from "#admin/index.ts";
import { type Part, part } from "#platform/components.ts";
import { formatNumber } from "#platform/format.ts";
import type { MessageKey, Translate } from "#platform/i18n.ts";
import { paths } from "../paths.ts";
import { FOUND_A_PAGE, type findUses, TEMPLATES_A_PAGE, type Template, type TemplatePage } from "../queries/library.ts";
import type { Change, Manuscript } from "../queries.ts";
import { type LibraryWords, SOUGHT, type Sought } from "../rules.ts";
import type { Block, BlocksPage } from "./blocks.ts";
import { framedPage } from "./frame.ts";
import { procedurePage } from "./publish.ts";
import { agencyText } from "./terms.ts";

export const libraryWords = (t: Translate): LibraryWords => ({
  typeName: (type) => t(`fields.types.${type}.name` as MessageKey),
  roleName: (role) => t(`workflow.roles.${role}` as MessageKey),
  agencyName: (agency) => agencyText(agency, t),
});

type Asked = { sought: Sought; words: string };

function foundParts(
  { sought, words }: Asked,
  { found, total, page }: Awaited<ReturnType<typeof findUses>>,
  t: Translate,
): Part[] {
  if (found.length === 0) return [part("components/inset-text", { text: t("authoring.library.none", { words }) })];
  return [
    part("components/table", {
      caption: t("authoring.library.foundTitle", { count: formatNumber(total) }),
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
    ...pagesPart(paths.library, { loai: sought, tu: words }, { total, page }, FOUND_A_PAGE, t),
  ];
}

/** Where procedures to begin from are narrowed by name or code. */
const narrowing = (action: string, q: string, t: Translate): Part =>
  part("components/search-box", {
    action,
    name: "mau",
    label: t("authoring.library.narrow"),
    value: q,
    button: t("authoring.library.find"),
  });

const pageText = ({ title, fields }: Template["pages"][number], t: Translate): string =>
  t("authoring.library.page", { title, count: fields });

/** What procedures are made of: looked through for one thing, and begun from. */
export function libraryPage(
  asked: Asked,
  uses: Awaited<ReturnType<typeof findUses>>,
  listed: TemplatePage,
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
        ...(asked.words.trim() === ""
          ? templateBlocks(listed, t)
          : [{ id: "ket-qua", parts: foundParts(asked, uses, t) }]),
      ],
    },
    t,
  );
}

/** What can be begun from. */
const templateBlocks = (listed: TemplatePage, t: Translate): Block[] => [
  {
    id: "mau",
    title: t("authoring.library.templates"),
    parts: [
      narrowing(paths.library, listed.q, t),
      ...(listed.total === 0 ? [part("components/inset-text", { text: t("authoring.library.noTemplates") })] : []),
    ],
  },
  ...listed.templates.map(
    ({ code, name, pages, steps }): Block => ({
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
  { parts: pagesPart(paths.library, { mau: listed.q }, listed, TEMPLATES_A_PAGE, t, "trang-mau") },
];

/** Pages of other procedures that may be copied into a manuscript's form. */
export function takePage(
  manuscript: Manuscript,
  listed: TemplatePage,
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
  const others = listed.templates.filter(({ pages }) => pages.length > 0);
  const at = paths.formTake(manuscript.id);
  return {
    ...framed,
    blocks: [
      {
        parts: [
          narrowing(at, listed.q, t),
          ...(others.length === 0 ? [part("components/inset-text", { text: t("authoring.library.noPages") })] : []),
        ],
      },
      ...others.map(({ code, name, pages }) => ({
        title: `${code} · ${name}`,
        form: {
          action: at,
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
      { parts: pagesPart(at, { mau: listed.q }, listed, TEMPLATES_A_PAGE, t, "trang-mau") },
    ],
  };
}
