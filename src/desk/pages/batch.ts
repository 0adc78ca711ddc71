import { paths as documentPaths } from "#documents/paths.ts";
import type { Button, PageHeading, Table } from "#platform/components.ts";
import { type Part, part } from "#platform/components.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { type BatchAct, MOST_CHOSEN, rowValue } from "../inputs/batch.ts";
import { paths } from "../paths.ts";
import type { BatchItem } from "../queries/batch.ts";
import type { NamedRow } from "./worklist.ts";

/** The bar below a list whose rows are chosen: each act with what it needs. */
export type BatchBar = {
  action: string;
  formKey: string;
  back: string;
  all: { text: string; href: string };
  acts: readonly { value: BatchAct; text: string; parts: readonly Part[] }[];
  print: Button;
};
type Choose = { value: string; label: string; checked: boolean };
type Outcome = Page & { heading: PageHeading; state: string; again: string | null; table: Table };
declare module "#platform/render.ts" {
  interface Views {
    "desk/_batch": BatchBar;
    "desk/_choose": Choose;
    "desk/batch": Outcome;
  }
}

export type BatchChoice = {
  /** Names of outcomes that need neither a word nor more, as the chosen steps offer them. */
  outcomes: readonly string[];
  people: readonly { accountId: string; name: string }[];
  isOfSteps: boolean;
  isDelivery: boolean;
  isAll: boolean;
};

/** The checkbox of one row. */
export const chooseOf = (row: NamedRow, name: string, isAll: boolean, t: Translate): Part =>
  part("desk/_choose", { value: rowValue(row), label: t("desk.batch.choose", { name }), checked: isAll });

/** What may be done to the rows of a list at once. */
export function batchBar(
  { outcomes, people, isOfSteps, isDelivery }: BatchChoice,
  { address, all }: { address: string; all: string },
  formKey: string,
  t: Translate,
): BatchBar {
  const option = (value: string, text = value) => ({ value, text });
  const act = (value: BatchAct, ...parts: Part[]) => ({ value, text: t(`desk.batch.acts.${value}`), parts });
  const select = (name: string, label: string, items: { value: string; text: string }[]) =>
    part("components/select", { name, label, hideLabel: true, placeholder: label, items });
  const input = (name: string, label: string) => part("components/input", { name, label });
  const ofSteps = isOfSteps
    ? [
        act("nhan"),
        act(
          "giao",
          select(
            "nguoi",
            t("desk.batch.person"),
            people.map(({ accountId, name }) => option(accountId, name)),
          ),
        ),
        act("de-chung"),
        ...(outcomes.length > 0
          ? [
              act(
                "chuyen",
                select(
                  "ketQua",
                  t("desk.batch.outcome"),
                  outcomes.map((name) => option(name)),
                ),
              ),
            ]
          : []),
      ]
    : [];
  const delivery = isDelivery
    ? [
        act(
          "tra",
          part("components/select", {
            name: "cach",
            label: t("desk.act.method"),
            hideLabel: true,
            items: (["counter", "post", "online"] as const).map((value) =>
              option(value, t(`dossiers.returnMethod.${value}`)),
            ),
          }),
          input("nguoiNhan", t("desk.act.receivedBy")),
        ),
      ]
    : [];
  return {
    action: paths.batches,
    formKey,
    back: address,
    all: { text: t("desk.batch.all", { most: MOST_CHOSEN }), href: all },
    acts: [...ofSteps, ...delivery, act("ban-giao", input("giayTo", t("desk.batch.papers")))],
    print: { text: t("desk.batch.print"), kind: "secondary", action: documentPaths.printTogether, newTab: true },
  };
}

/** What became of each of the chosen dossiers. */
export function batchPage(
  { act, isEnded, items }: { act: BatchAct; isEnded: boolean; items: readonly BatchItem[] },
  t: Translate,
): Outcome {
  const done = items.filter((item) => item.done).length;
  const title = t("desk.batch.result", { act: t(`desk.batch.acts.${act}`) });
  const refused = items.filter((item) => item.done === false).length;
  return {
    title,
    back: { href: paths.worklist, text: t("desk.show.back") },
    heading: { title },
    state: t("desk.batch.sum", { done, refused, rest: items.length - done - refused }),
    again: isEnded ? null : t("desk.batch.running"),
    table: {
      caption: title,
      hideCaption: true,
      head: [{ text: t("desk.work.dossier") }, { text: t("desk.batch.outcomeHead") }],
      rows: [...items]
        .sort((a, b) => Number(a.done ?? false) - Number(b.done ?? false) || a.number - b.number)
        .map((item) => ({
          ...(item.done === false ? { tone: "late" as const } : {}),
          cells: [
            item.name === null
              ? { text: t("desk.batch.unknown", { number: item.number }) }
              : { text: item.name, href: paths.dossier(item.dossierId) },
            item.done
              ? { text: "", tag: { text: t("desk.batch.done"), tone: "done" as const } }
              : {
                  text: "",
                  tag: {
                    text: t(item.done === null ? "desk.batch.waits" : "desk.batch.notDone"),
                    tone: "refused" as const,
                  },
                  note: item.reason ? t(item.reason, item.params) : null,
                },
          ],
        })),
    },
  };
}
