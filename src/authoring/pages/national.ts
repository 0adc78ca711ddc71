import { pagesPart } from "#admin/index.ts";
import { type Part, part } from "#platform/components.ts";
import { formatDateTime, formatNumber } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import {
  type CatalogueUpdate,
  COMPARED,
  lineDifference,
  PROPOSAL_KINDS,
  PROPOSALS_PER_PAGE,
  type Proposal,
  type ProposalKind,
  type UpdateCounts,
  valueLines,
} from "#procedures/index.ts";
import { paths } from "../paths.ts";
import type { Block, BlocksPage } from "./blocks.ts";
import { procedurePage } from "./publish.ts";

export const MOST_BYTES = 64 * 1024 * 1024;
const toFiles = (t: Translate) => ({ href: paths.national, text: t("authoring.national.title") });
const keyName = (key: string, t: Translate): string =>
  t(`authoring.national.keys.${(COMPARED as readonly string[]).includes(key) ? (key as "name") : "other"}`);

/** Where a file of the national catalogue is read, and those that were. */
export function nationalPage(updates: readonly CatalogueUpdate[], error: string | null, t: Translate): BlocksPage {
  return procedurePage(
    {
      title: t("authoring.national.title"),
      lead: t("authoring.national.lead"),
      back: { href: paths.procedures, text: t("authoring.publish.procedure.back") },
      errors: error ? [{ text: error, href: "#file" }] : [],
      blocks: [
        {
          form: {
            action: paths.national,
            hasFiles: true,
            parts: [
              part("components/file-upload", {
                name: "file",
                label: t("authoring.national.file"),
                limit: t("authoring.national.limit"),
                maxBytes: MOST_BYTES,
                tooLarge: t("authoring.national.tooLarge"),
                accept: ".jsonl,.json,.gz",
                error,
              }),
            ],
            buttons: [{ text: t("authoring.national.read") }],
          },
        },
        {
          title: t("authoring.national.files"),
          parts: [
            updates.length === 0
              ? part("components/inset-text", { text: t("authoring.national.none") })
              : part("authoring/_links", {
                  links: updates.map(({ id, fileName, readAt }) => ({
                    text: t("authoring.national.fileOf", { name: fileName, at: formatDateTime(readAt) }),
                    href: paths.nationalUpdate(id),
                  })),
                }),
          ],
        },
      ],
    },
    t,
  );
}

const stateOf = ({ wanted, accepted }: Pick<Proposal, "wanted" | "accepted">, t: Translate) =>
  accepted === null
    ? { text: t(`authoring.national.states.${wanted === null ? "open" : "waiting"}`), tone: "progress" as const }
    : accepted
      ? { text: t("authoring.national.states.accepted"), tone: "done" as const }
      : { text: t("authoring.national.states.left"), tone: "neutral" as const };

export type UpdateView = {
  update: CatalogueUpdate;
  counts: UpdateCounts;
  kind: ProposalKind;
  page: number;
  proposals: readonly Proposal[];
};

function decideBlock({ update, counts, kind, proposals }: UpdateView, t: Translate): Block[] {
  const open = counts[kind].open;
  if (update.failed > 0 || open === 0) return [];
  const here = proposals.filter(({ wanted }) => wanted === null).map(({ code }) => code);
  return [
    {
      parts: kind === "missing" ? [part("components/warning-text", { text: t("authoring.national.missingText") })] : [],
      form: {
        action: paths.nationalDecide(update.id),
        hidden: [{ name: "loai", value: kind }, ...here.map((code) => ({ name: "ma", value: code }))],
        buttons: [
          ...(here.length > 0 && here.length < open
            ? [{ text: t("authoring.national.acceptPage"), name: "viec", value: "nhan-trang" }]
            : []),
          {
            text: t("authoring.national.acceptAll", { count: open }),
            name: "viec",
            value: "nhan",
            kind: "secondary" as const,
          },
          { text: t("authoring.national.leaveAll"), name: "viec", value: "de", kind: "secondary" as const },
        ],
      },
    },
  ];
}

function tablePart({ update, counts, kind, page, proposals }: UpdateView, t: Translate): Part[] {
  if (proposals.length === 0) return [part("components/inset-text", { text: t("authoring.national.empty") })];
  return [
    part("components/table", {
      caption: t(`authoring.national.kinds.${kind}`),
      hideCaption: true,
      head: [
        { text: t("authoring.national.code") },
        { text: t("authoring.national.fields") },
        { text: t("authoring.national.state") },
      ],
      rows: proposals.map((one) => ({
        cells: [
          {
            text: `${one.code} · ${one.name}`,
            href: paths.nationalProposal(update.id, one.code),
            ...(one.isConfigured ? { note: t("authoring.national.own") } : {}),
          },
          { text: one.fields.map((key) => keyName(key, t)).join(", ") },
          { text: "", tag: stateOf(one, t) },
        ],
      })),
    }),
    ...pagesPart(
      paths.nationalUpdate(update.id),
      { loai: kind },
      { total: counts[kind].all, page },
      PROPOSALS_PER_PAGE,
      t,
    ),
  ];
}

/** How far what was decided is carried out, and what came of it. */
function reportBlock({ update, counts, kind }: UpdateView, t: Translate): Block[] {
  const sum = (key: "waiting" | "accepted" | "left" | "open"): number =>
    PROPOSAL_KINDS.reduce((total, one) => total + counts[one][key], 0);
  const [waiting, accepted, left, open] = [sum("waiting"), sum("accepted"), sum("left"), sum("open")];
  if (waiting + accepted + left === 0) return [];
  const n = formatNumber;
  return [
    {
      id: "ket-qua",
      parts: [
        part("components/inset-text", {
          text: [
            ...(waiting > 0
              ? [t("authoring.national.working", { done: n(accepted + left), all: n(waiting + accepted + left) })]
              : []),
            t("authoring.national.report", { accepted: n(accepted), left: n(left), open: n(open) }),
          ],
          ...(waiting > 0 ? { tone: "info" as const } : {}),
        }),
      ],
      ...(waiting > 0
        ? {
            links: [
              {
                text: t("authoring.national.look"),
                href: paths.nationalUpdate(update.id, kind),
                kind: "secondary" as const,
              },
            ],
          }
        : {}),
    },
  ];
}

/** What a file would do, kind by kind, and what was decided on it. */
export function updatePage(view: UpdateView, t: Translate): BlocksPage {
  const { update, counts, kind } = view;
  const page = procedurePage(
    {
      title: update.fileName,
      caption: t("authoring.national.title"),
      lead: t("authoring.national.summary", {
        lines: formatNumber(update.lines),
        by: update.byName ?? t("authoring.national.somebody"),
        at: formatDateTime(update.readAt),
      }),
      back: toFiles(t),
      blocks: [
        ...(update.failed > 0
          ? [
              {
                title: t("authoring.national.faults"),
                parts: [
                  part("components/warning-text", {
                    text: t("authoring.national.broken", { count: formatNumber(update.failed) }),
                  }),
                  part("components/inset-text", {
                    text: update.faults.map(({ line, text }) => t("authoring.national.faultLine", { line, text })),
                  }),
                ],
              },
            ]
          : []),
        ...reportBlock(view, t),
        { title: t(`authoring.national.kinds.${kind}`), parts: tablePart(view, t) },
        ...decideBlock(view, t),
      ],
    },
    t,
  );
  return {
    ...page,
    frame: {
      ...page.frame,
      parts: {
        label: t("authoring.national.fields"),
        items: PROPOSAL_KINDS.map((one) => ({
          text: t(`authoring.national.kinds.${one}`),
          href: paths.nationalUpdate(update.id, one),
          current: one === kind,
          count: String(counts[one].open),
        })),
      },
    },
  };
}

const MOST_LINES = 40;
const MOST_CHARACTERS = 600;
const shortened = (lines: readonly string[]): string[] =>
  lines
    .slice(0, MOST_LINES)
    .map((line) => (line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}…` : line));

/** One procedure of a file, field by field. */
export function proposalPage(
  update: CatalogueUpdate,
  one: Awaited<ReturnType<typeof import("#procedures/index.ts").findProposal>>,
  t: Translate,
): BlocksPage {
  const state = one.kind === "missing" ? one.before : one.after;
  const rows = COMPARED.flatMap((key) => {
    const name = keyName(key, t);
    if (one.kind !== "changed") {
      const value = shortened(valueLines(state[key]));
      return value.length > 0 ? [{ key: name, value }] : [];
    }
    if (!one.fields.includes(key)) return [];
    const { gone, come } = lineDifference(one.before[key], one.after[key]);
    return [
      {
        key: name,
        value: [
          ...shortened(gone).map((text) => `${t("authoring.national.gone")} ${text}`),
          ...shortened(come).map((text) => `${t("authoring.national.come")} ${text}`),
        ],
      },
    ];
  });
  const isOpen = one.wanted === null && update.failed === 0;
  return procedurePage(
    {
      title: one.name,
      caption: one.code,
      tag: stateOf(one, t),
      back: { href: paths.nationalUpdate(update.id, one.kind), text: t("authoring.national.back") },
      blocks: [
        ...(one.isConfigured
          ? [
              {
                parts: [part("components/inset-text", { text: t("authoring.national.ownText") })],
                links: [
                  {
                    text: t("authoring.national.ownLink"),
                    href: paths.procedure(one.code),
                    kind: "secondary" as const,
                  },
                ],
              },
            ]
          : []),
        { title: t(`authoring.national.kinds.${one.kind}`), parts: [part("components/summary-list", { rows })] },
        ...(isOpen
          ? [
              {
                form: {
                  action: paths.nationalDecide(update.id),
                  hidden: [
                    { name: "loai", value: one.kind },
                    { name: "ma", value: one.code },
                  ],
                  buttons: [
                    { text: t("authoring.national.accept"), name: "viec", value: "nhan-trang" },
                    {
                      text: t("authoring.national.leave"),
                      name: "viec",
                      value: "de-trang",
                      kind: "secondary" as const,
                    },
                  ],
                },
              },
            ]
          : []),
      ],
    },
    t,
  );
}
