import { type Part, part, type SummaryRow } from "#platform/components.ts";
import { type Form, shown } from "#platform/form.ts";
import { formatMoney } from "#platform/format.ts";
import type { MessageKey, Translate } from "#platform/i18n.ts";
import type { Fee, Requirement, TimeLimit } from "#procedures/index.ts";
import { texts } from "../inputs/conditions.ts";
import { recordValues } from "../inputs/record.ts";
import { record } from "../messages/record.ts";
import { paths } from "../paths.ts";
import type { Change, Manuscript } from "../queries.ts";
import {
  candidatesFor,
  type Edited,
  LISTS,
  type ListSpec,
  memberName,
  membersOf,
  PART_SPECS,
  partOf,
  type Section,
  type Sketch,
  type Spec,
} from "../rules.ts";
import type { Block, BlocksPage } from "./blocks.ts";
import { conditionEditor, sayCondition } from "./conditions.ts";
import { framedPage } from "./frame.ts";
import { LIST_SLUGS, problemLinks } from "./problems.ts";
import { scopeText, termIn } from "./terms.ts";

export type RecordForm = Form & {
  /** What others did since the form was opened, and what stands now. */
  since?: readonly Change[];
  standing?: Readonly<Record<string, unknown>>;
};

const labelOf = ({ label }: Spec, t: Translate): string => t(`authoring.record.labels.${label}` as MessageKey);

function controlsOf(spec: Spec, form: Form, sketch: Sketch, t: Translate): Part[] {
  const { key } = spec;
  const label = labelOf(spec, t);
  const errorAt = (name: string): string | null => {
    const error = form.errors[name];
    return error ? t(error.key, error.params) : null;
  };
  const hint =
    spec.label in record.hints
      ? t(`authoring.record.hints.${spec.label}` as MessageKey)
      : spec.kind === "cases" || (spec.kind === "choices" && spec.optional)
        ? t("authoring.record.all")
        : null;
  const at = (name: string) => ({ name, label, hint, value: shown(form, name), error: errorAt(name) });
  const english = (name: string) => ({
    name,
    label: t("authoring.record.english", { label }),
    required: false,
    value: shown(form, name),
    error: errorAt(name),
  });
  const select = (items: readonly { value: string; text: string }[], placeholder: string): Part[] => {
    const value = shown(form, key);
    const isLost = value !== "" && !items.some((item) => item.value === value);
    return [
      part("components/select", {
        ...at(key),
        placeholder,
        items: isLost ? [...items, { value, text: t("authoring.conditions.gone", { field: value }) }] : items,
      }),
    ];
  };
  const boxes = (items: readonly { value: string; text: string }[]): Part[] =>
    items.length === 0
      ? []
      : [
          part("components/checkboxes", {
            name: key,
            label,
            hint,
            error: errorAt(key),
            values: texts(form.values, key),
            items,
            small: true,
          }),
        ];
  switch (spec.kind) {
    case "words":
      return [part("components/input", at(`${key}.vi`)), part("components/input", english(`${key}.en`))];
    case "paragraph":
    case "wordLines":
      return [
        part("components/textarea", { ...at(`${key}.vi`), rows: 3 }),
        part("components/textarea", { ...english(`${key}.en`), rows: 3 }),
      ];
    case "line":
      return [part("components/input", at(key))];
    case "lines":
      return [part("components/textarea", { ...at(key), rows: 4 })];
    case "number":
      return [part("components/input", { ...at(key), inputmode: "numeric", width: 10 })];
    case "yes":
      return [
        part("components/checkboxes", {
          name: key,
          label,
          hideLabel: true,
          error: errorAt(key),
          values: texts(form.values, key),
          items: [{ value: "yes", text: label, hint }],
          small: true,
        }),
      ];
    case "choice":
      return select(
        spec.options.map((value) => ({ value, text: t(`${spec.words}.${value}` as MessageKey) })),
        t(spec.optional ? "authoring.record.nothing" : "authoring.record.choose"),
      );
    case "choices":
      return boxes(spec.options.map((value) => ({ value, text: t(`${spec.words}.${value}` as MessageKey) })));
    case "cases":
      return boxes(sketch.cases.map(({ id, name }) => ({ value: id, text: name.vi })));
    case "field":
      return select(
        sketch.form.pages.flatMap(({ fields }) => fields.map((field) => ({ value: field.id, text: field.label.vi }))),
        t("authoring.record.nothing"),
      );
    case "entry": {
      const value = shown(form, key);
      return select(
        (spec.entries ?? [])
          .filter((entry) => !entry.removed || entry.key === value)
          .map((entry) => ({ value: entry.key, text: entry.text })),
        t("authoring.record.nothing"),
      );
    }
    case "feeGroup":
      return select(
        [...new Map(sketch.fees.map(({ id, name }) => [id, { value: id, text: name.vi }])).values()],
        t("authoring.record.newFee"),
      );
    case "later":
      return select(
        (sketch.screening ?? []).map(({ id, question }) => ({ value: id, text: question.vi })),
        t("authoring.record.nextQuestion"),
      );
    case "term":
      return [
        part("components/input", { ...at(`${key}.amount`), inputmode: "numeric", width: 5 }),
        part("components/select", {
          name: `${key}.unit`,
          label: t("authoring.record.labels.unit"),
          value: shown(form, `${key}.unit`),
          error: errorAt(`${key}.unit`),
          items: Object.keys(record.units).map((value) => ({
            value,
            text: t(`authoring.record.units.${value as "day"}`),
          })),
        }),
      ];
    case "condition":
      return [
        part(
          "authoring/_condition",
          conditionEditor(key, { text: label }, { ...form, candidates: candidatesFor(sketch, null), t }),
        ),
      ];
  }
}

const textOf = (value: unknown, t: Translate): string =>
  (Array.isArray(value) ? value.join(", ") : String(value ?? "")).trim() || t("authoring.record.empty");

/** What was typed beside what somebody else stored meanwhile, where they differ. */
function bothVersions(specs: readonly Spec[], { values, standing }: RecordForm, t: Translate): Block[] {
  if (!standing) return [];
  const rows = Object.keys(standing).flatMap((name): SummaryRow[] => {
    const [now, typed] = [textOf(standing[name], t), textOf(values[name], t)];
    const spec = specs.find(({ key }) => name === key || name.startsWith(`${key}.`));
    if (!spec || now === typed || name.endsWith(".rows")) return [];
    return [
      {
        key: labelOf(spec, t),
        value: [t("authoring.record.standing", { text: now }), t("authoring.record.typed", { text: typed })],
      },
    ];
  });
  if (rows.length === 0) return [];
  return [{ parts: [part("components/summary-list", { title: t("authoring.record.bothTitle"), rows })] }];
}

const errorLinks = (form: Form, t: Translate) =>
  Object.entries(form.errors).map(([name, { key, params }]) => ({ text: t(key, params), href: `#${name}` }));

/** What a member says in short, in the list that it stands in. */
function summaryOf(list: ListSpec, item: unknown, sketch: Sketch, t: Translate): string[] {
  const fields = sketch.form.pages.flatMap((page) => page.fields);
  if (list.key === "timeLimits") {
    const limit = item as TimeLimit;
    return [`${termIn(limit.term, t)}${scopeText(limit, sketch, t)}`, ...(limit.note ? [limit.note.vi] : [])];
  }
  if (list.key === "fees") {
    const fee = item as Fee;
    const amount = fee.amount === null ? t("procedures.fee.unknown") : formatMoney(fee.amount);
    return [
      `${amount}${fee.per ? ` / ${fee.per.vi}` : ""}${scopeText(fee, sketch, t)}`,
      ...(fee.when ? [sayCondition(fee.when, fields, t)] : []),
    ];
  }
  if (list.key === "requirements") {
    const paper = item as Requirement;
    const { originals, copies } = paper;
    return [
      originals + copies === 0
        ? t("authoring.record.paper.note")
        : t("authoring.record.paper.counts", { originals, copies }) + scopeText(paper, sketch, t),
      ...(paper.required ? [] : [t("authoring.record.paper.optional")]),
      ...(paper.mayFollowLater ? [t("authoring.record.paper.mayFollow")] : []),
      ...(paper.when ? [sayCondition(paper.when, fields, t)] : []),
    ];
  }
  if (list.key === "legalBasis") return [(item as { number: string }).number];
  if (list.key === "screening")
    return (item as { answers: { label: { vi: string } }[] }).answers.map(({ label }) => label.vi);
  return [];
}

function listBlocks(manuscript: Manuscript, list: ListSpec, t: Translate): Block[] {
  const { id, sketch, version } = manuscript;
  const slug = LIST_SLUGS[list.key] ?? list.key;
  const members = membersOf(sketch, list);
  const what = t(`authoring.record.ones.${list.key}`);
  return [
    {
      id: slug,
      title: t(`authoring.record.lists.${list.key}`),
      ...(members.length === 0 ? { parts: [part("components/inset-text", { text: t("authoring.record.none") })] } : {}),
      links: [
        {
          text: t("authoring.record.add", { what }),
          href: paths.newItem(id, list.section, slug),
          kind: "secondary",
        },
      ],
    },
    ...members.map((item, at): Block => {
      const name = memberName(item, at);
      const about = `${what} ${name}`;
      const button = (text: string, value: string) => ({
        text,
        about,
        name: "viec",
        value,
        kind: "secondary" as const,
      });
      return {
        id: `${slug}-${at + 1}`,
        parts: [
          part("components/summary-list", {
            rows: [
              {
                key: name,
                value: summaryOf(list, item, sketch, t),
                actions: [{ text: t("authoring.record.change"), href: paths.item(id, list.section, slug, at), about }],
              },
            ],
          }),
        ],
        form: {
          action: paths.itemMove(id, list.section, slug, at),
          hidden: [{ name: "seen", value: String(version) }],
          buttons: [
            ...(at > 0 ? [button(t("authoring.record.up"), "len")] : []),
            ...(at < members.length - 1 ? [button(t("authoring.record.down"), "xuong")] : []),
            button(t("authoring.record.remove"), "bo"),
          ],
        },
      };
    }),
  ];
}

/** A part of the record: its own form, and its lists. */
export function recordPage(
  manuscript: Manuscript,
  section: Section,
  form: RecordForm | null,
  t: Translate,
  since: readonly Change[] | null = null,
): BlocksPage {
  const { id, sketch, version } = manuscript;
  const specs = PART_SPECS[section] ?? [];
  const filled: RecordForm = form ?? { values: recordValues(specs, partOf(sketch)), errors: {} };
  const errors = errorLinks(filled, t);
  const framed = framedPage(
    manuscript,
    section,
    {
      title: t(`authoring.sections.${section}`),
      problems: errors.length > 0 ? errors : problemLinks(manuscript, section, t),
      since: filled.since ?? since,
    },
    t,
  );
  return {
    ...framed,
    blocks: [
      ...bothVersions(specs, filled, t),
      ...(specs.length > 0
        ? [
            {
              form: {
                action: paths.part(id, section),
                hidden: [{ name: "seen", value: String(version) }],
                parts: specs.flatMap((spec) => controlsOf(spec, filled, sketch, t)),
                buttons: [{ text: t("authoring.record.save") }],
              },
            },
          ]
        : []),
      ...LISTS.filter((list) => list.section === section).flatMap((list) => listBlocks(manuscript, list, t)),
    ],
  };
}

/** The form of one member of a list. @param at null: a new one */
export function memberPage(
  manuscript: Manuscript,
  { list, at, item, specs }: { list: ListSpec; at: number | null; item: Edited; specs: readonly Spec[] },
  form: RecordForm | null,
  t: Translate,
): BlocksPage {
  const { id, sketch, version } = manuscript;
  const slug = LIST_SLUGS[list.key] ?? list.key;
  const filled: RecordForm = form ?? { values: recordValues(specs, item), errors: {} };
  const what = t(`authoring.record.ones.${list.key}`);
  const framed = framedPage(
    manuscript,
    list.section,
    {
      title: at === null ? t("authoring.record.add", { what }) : `${t("authoring.record.change")} ${what}`,
      problems: errorLinks(filled, t),
      since: filled.since ?? null,
      back: { href: `${paths.part(id, list.section)}#${slug}`, text: t(`authoring.sections.${list.section}`) },
    },
    t,
  );
  return {
    ...framed,
    blocks: [
      ...bothVersions(specs, filled, t),
      {
        form: {
          action: at === null ? paths.newItem(id, list.section, slug) : paths.item(id, list.section, slug, at),
          hidden: [{ name: "seen", value: String(version) }],
          parts: specs.flatMap((spec) => controlsOf(spec, filled, sketch, t)),
          buttons: [{ text: t("authoring.record.save") }],
        },
      },
    ],
  };
}
