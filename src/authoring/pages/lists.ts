import { type EntryChange, keptBy, LISTS, type ListEntry, type ListName } from "#lists/index.ts";
import { errorText, part } from "#platform/components.ts";
import { type Form, shown } from "#platform/form.ts";
import { formatDateTime } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import { paths } from "../paths.ts";
import type { BlocksPage } from "./blocks.ts";
import { procedurePage } from "./publish.ts";

const errorsOf = (form: Form, t: Translate) =>
  Object.entries(form.errors).map(([name, { key, params }]) => ({ text: t(key, params), href: `#${name}` }));

/** The lists that administrators own. */
export const listsPage = (counts: ReadonlyMap<string, number>, t: Translate): BlocksPage =>
  procedurePage(
    {
      section: paths.lists,
      title: t("lists.title"),
      lead: t("lists.lead"),
      back: { href: paths.procedures, text: t("authoring.publish.procedure.back") },
      blocks: [
        {
          parts: [
            part("components/summary-list", {
              rows: LISTS.map((name) => ({
                key: t(`lists.names.${name}`),
                value: t("lists.count", { count: counts.get(name) ?? 0 }),
                href: paths.list(name),
              })),
            }),
          ],
        },
      ],
    },
    t,
  );

const said = ({ before, after }: EntryChange, t: Translate): string => {
  if (!before) return t("lists.wasAdded", { after: after.text });
  if (before.removed !== after.removed)
    return t(after.removed ? "lists.wasRemoved" : "lists.wasRestored", { after: after.text });
  return t("lists.became", { before: before.text, after: after.text });
};

/** One list: its entries, where one is added, and what was done to it. */
export function listPage(
  name: ListName,
  entries: readonly ListEntry[],
  changes: readonly EntryChange[],
  form: Form,
  t: Translate,
): BlocksPage {
  const title = t(`lists.names.${name}`);
  return procedurePage(
    {
      section: paths.lists,
      title,
      caption: t("lists.title"),
      back: { href: paths.lists, text: t("lists.back") },
      errors: errorsOf(form, t),
      blocks: [
        {
          parts: [
            part("components/table", {
              caption: t("lists.entries"),
              hideCaption: true,
              head: [{ text: t("lists.entry") }, { text: t("lists.state") }],
              rows: entries.map(({ key, text, removed }) => ({
                cells: [
                  {
                    text,
                    href: paths.listEntry(name, key),
                    ...(keptBy(name) === "word" ? { note: t("lists.code", { key }) } : {}),
                  },
                  {
                    text: "",
                    tag: removed
                      ? { text: t("lists.removed"), tone: "neutral" as const }
                      : { text: t("lists.standing"), tone: "done" as const },
                  },
                ],
              })),
            }),
          ],
        },
        {
          title: t("lists.add"),
          form: {
            action: paths.list(name),
            parts: [
              part("components/input", {
                name: "text",
                label: t("lists.text"),
                value: shown(form, "text"),
                error: errorText(form.errors, "text", t),
              }),
            ],
            buttons: [{ text: t("lists.add") }],
          },
        },
        ...changes.map((change, at) => ({
          ...(at === 0 ? { id: "lich-su", title: t("lists.history") } : {}),
          parts: [
            part("components/timeline", {
              headingLevel: 3 as const,
              items: [
                {
                  title: said(change, t),
                  at: formatDateTime(change.at),
                  datetime: change.at.toISOString(),
                  by: change.byName,
                },
              ],
            }),
          ],
          form: {
            action: paths.listUndo(name),
            hidden: [{ name: "id", value: change.id }],
            buttons: [
              {
                text: t("lists.undo"),
                kind: "secondary" as const,
                about: t("lists.undoAbout", { at: formatDateTime(change.at) }),
              },
            ],
          },
        })),
      ],
    },
    t,
  );
}

/** One entry: worded anew, taken out, or brought back. */
export function entryPage(name: ListName, { key, text, removed }: ListEntry, form: Form, t: Translate): BlocksPage {
  const isTyped = "text" in form.values;
  return procedurePage(
    {
      title: t("lists.edit"),
      caption: t(`lists.names.${name}`),
      back: { href: paths.list(name), text: t(`lists.names.${name}`) },
      errors: errorsOf(form, t),
      blocks: [
        {
          form: {
            action: paths.listEntry(name, key),
            hidden: [{ name: "seen", value: text }],
            parts: [
              part("components/input", {
                name: "text",
                label: t("lists.text"),
                value: isTyped ? shown(form, "text") : text,
                error: errorText(form.errors, "text", t),
              }),
            ],
            buttons: [
              { text: t("lists.save"), name: "viec", value: "luu" },
              removed
                ? { text: t("lists.restore"), name: "viec", value: "dung-lai", kind: "secondary" }
                : { text: t("lists.remove"), name: "viec", value: "bo", kind: "warning" },
            ],
          },
        },
      ],
    },
    t,
  );
}
