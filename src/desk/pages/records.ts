import type { FullDossier } from "#dossiers/index.ts";
import { type Part, part, type SummaryRow } from "#platform/components.ts";
import { formatDateTime, formatMoney, formatPartialDate } from "#platform/format.ts";
import type { Section } from "./sections.ts";
import type { Words } from "./words.ts";

type Names = { names: ReadonlyMap<string, string>; agencyNames: (id: string) => string };
type Line = readonly [key: string, value: string | null | undefined];

const list = (title: string, lines: readonly Line[]): Part =>
  part("components/summary-list", {
    title,
    rows: lines.flatMap(([key, value]): SummaryRow[] => (value ? [{ key, value: value.split("\n") }] : [])),
  });
const section = (id: string, title: string, parts: readonly Part[]): Section | null =>
  parts.length > 0 ? { id, title, parts } : null;

/** What the applicant was asked to pay, and when they did. */
export function obligationsSection({ obligations, notes }: FullDossier, { t }: Words): Section | null {
  const parts = obligations.map((one) =>
    list(t("desk.life.section.obligation", { number: one.number }), [
      [t("desk.life.section.what"), notes.find(({ id }) => id === one.noteId)?.text],
      [t("desk.life.section.amount"), one.amount === null ? null : formatMoney(one.amount)],
      [t("desk.life.section.payBy"), one.payBy && formatPartialDate(one.payBy)],
      [t("desk.life.section.met"), one.metAt ? formatDateTime(one.metAt) : t("desk.life.section.answers.open")],
      [t("desk.life.section.proof"), one.proof],
    ]),
  );
  return section("nghia-vu", t("desk.life.section.obligations"), parts);
}

/** The drafts that the applicant was asked to look at, and what they said. */
export function draftsSection({ confirmations, notes }: FullDossier, { t }: Words): Section | null {
  const answers = ["agreed", "objected", "silent", "void"] as const;
  const parts = confirmations.map((one) => {
    const answer = answers.find((known) => known === one.answer) ?? "open";
    return list(t("desk.life.section.draft", { at: formatDateTime(one.askedAt) }), [
      [t("desk.life.section.until"), formatDateTime(one.answerUntil)],
      [
        t("desk.life.section.answer"),
        t(`desk.life.section.answers.${answer}`, { at: one.answeredAt ? formatDateTime(one.answeredAt) : "" }),
      ],
      [t("desk.life.section.said"), notes.find(({ id }) => id === one.noteId)?.text],
    ]);
  });
  return section("du-thao", t("desk.life.section.drafts"), parts);
}

/** The slips with which papers went from hand to hand. */
export function slipsSection({ handOvers }: FullDossier, { names, agencyNames }: Names, { t }: Words): Section | null {
  const who = (id: string | null, agencyId: string, at: Date) =>
    [id && names.get(id), agencyNames(agencyId), formatDateTime(at)].filter(Boolean).join(", ");
  const parts = handOvers.map((slip) =>
    list(t("desk.life.section.slip", { number: slip.number }), [
      [t("desk.life.section.papers"), slip.papers],
      [t("desk.life.section.from"), who(slip.givenById, slip.fromAgencyId, slip.givenAt)],
      [t("desk.life.section.to"), `${agencyNames(slip.toAgencyId)}, ${t(`workflow.roles.${slip.toRole as "desk"}`)}`],
      [
        t("desk.life.section.received"),
        slip.receivedAt ? who(slip.receivedById, slip.toAgencyId, slip.receivedAt) : t("desk.life.section.waiting"),
      ],
      [t("desk.life.section.remark"), slip.remark],
    ]),
  );
  return section("ban-giao", t("desk.life.section.slips"), parts);
}

/** How the result was handed over, and who signed for it. */
export function deliverySection({ delivery }: FullDossier, { t }: Words): Section | null {
  if (!delivery) return null;
  return section("tra-ket-qua", t("desk.life.deliver.title"), [
    list("", [
      [t("desk.life.deliver.at"), formatDateTime(delivery.at)],
      [t("desk.life.deliver.method"), t(`dossiers.returnMethod.${delivery.method}`)],
      [
        t("desk.life.deliver.by"),
        [delivery.receiverName, delivery.receiverPaper, delivery.receiverPhone].filter(Boolean).join(", "),
      ],
      [
        t("desk.life.deliver.signedLabel"),
        delivery.method === "counter"
          ? t(delivery.signed ? "desk.life.deliver.isSigned" : "desk.life.deliver.notSigned")
          : null,
      ],
      [t("desk.life.deliver.tracking"), delivery.trackingNumber],
    ]),
  ]);
}
