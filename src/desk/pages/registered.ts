import type { FullDossier } from "#dossiers/index.ts";
import type { LinkButton, Panel, SummaryList } from "#platform/components.ts";
import { formatDateTime } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "../paths.ts";
import { receiptHref } from "./words.ts";

type Registered = Page & {
  panel: Panel;
  summary: SummaryList;
  buttons: readonly LinkButton[];
  open: { text: string; href: string };
};
declare module "#platform/render.ts" {
  interface Views {
    "desk/registered": Registered;
  }
}

/** What the clerk reads out and prints while the next person steps up. */
export function registeredPage(dossier: FullDossier, procedureName: string, t: Translate): Registered {
  const receipt = dossier.issuedPapers.find(({ kind }) => kind === "receipt_slip");
  const applicant = dossier.parties.find(({ role }) => role === "applicant");
  return {
    title: t("desk.counter.done.title"),
    panel: { title: t("desk.counter.done.title"), text: t("desk.counter.done.code"), code: dossier.code },
    summary: {
      rows: [
        { key: t("desk.counter.done.due"), value: dossier.dueAt ? formatDateTime(dossier.dueAt) : t("desk.due.none") },
        { key: t("desk.counter.done.applicant"), value: applicant?.fullName ?? "" },
        { key: t("desk.counter.done.procedure"), value: procedureName },
      ],
    },
    buttons: [
      ...(receipt ? [{ text: t("desk.counter.done.print"), href: receiptHref(receipt.id) }] : []),
      { text: t("desk.counter.done.next"), href: paths.counter, kind: "secondary" },
      {
        text: t("desk.counter.done.same"),
        href: paths.register(dossier.procedure.code, { "co-quan": dossier.receivingAgencyId }),
        kind: "secondary",
      },
    ],
    open: { text: t("desk.counter.done.open"), href: paths.dossier(dossier.id) },
  };
}
