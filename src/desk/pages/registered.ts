import { paths as cashPaths } from "#cash/paths.ts";
import { paths as digitisingPaths } from "#digitising/paths.ts";
import type { FullDossier } from "#dossiers/index.ts";
import type { LinkButton, Panel, SummaryList, Table } from "#platform/components.ts";
import { formatDateTime } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "../paths.ts";
import type { HandedIn } from "../queries/together.ts";
import { receiptHref } from "./words.ts";

type Signature = {
  title: string;
  kept: { text: string; picture: { src: string; alt: string } } | null;
  pad: { action: string; lead: string; label: string; clear: string; keep: string } | null;
};
type Registered = Page & {
  panel: Panel;
  summary: SummaryList;
  buttons: readonly LinkButton[];
  next: { action: string; text: string };
  together: { table: Table; print: LinkButton } | null;
  signature: Signature | null;
  open: { text: string; href: string };
  keys: string;
};
declare module "#platform/render.ts" {
  interface Views {
    "desk/registered": Registered;
  }
}

type Outcome = { title: string; kind: string; print: string };

const outcomeOf = (status: FullDossier["status"], t: Translate): Outcome => {
  if (status === "intake_supplement")
    return {
      title: t("desk.intake.done.asked"),
      kind: "supplement_request",
      print: t("desk.intake.done.printAsked"),
    };
  if (status === "declined")
    return { title: t("desk.intake.done.declined"), kind: "decline_slip", print: t("desk.intake.done.printDeclined") };
  return { title: t("desk.counter.done.title"), kind: "receipt_slip", print: t("desk.counter.done.print") };
};

function signatureOf(dossier: FullDossier, kept: { at: Date; sha256: string } | null, t: Translate): Signature | null {
  if (!dossier.code || (!kept && dossier.status !== "received" && dossier.status !== "processing")) return null;
  const title = t("desk.intake.signature.title");
  const action = paths.signature(dossier.id);
  if (kept)
    return {
      title,
      kept: {
        text: t("desk.intake.signature.kept", { at: formatDateTime(kept.at), sha256: kept.sha256 }),
        picture: { src: action, alt: t("desk.intake.signature.shown") },
      },
      pad: null,
    };
  const [lead, label] = [t("desk.intake.signature.lead"), t("desk.intake.signature.pad")];
  const [clear, keep] = [t("desk.intake.signature.clear"), t("desk.intake.signature.keep")];
  return { title, kept: null, pad: { action, lead, label, clear, keep } };
}

/** What the clerk reads out and prints while the next person steps up; of a notice the same. */
export function registeredPage(
  given: {
    dossier: FullDossier;
    procedureName: string;
    together: readonly HandedIn[];
    signature: { at: Date; sha256: string } | null;
  },
  t: Translate,
): Registered {
  const { dossier, procedureName, together } = given;
  const { title, kind, print } = outcomeOf(dossier.status, t);
  const paper = dossier.issuedPapers.find((one) => one.kind === kind);
  const applicant = dossier.parties.find(({ role }) => role === "applicant");
  return {
    title,
    panel: dossier.code
      ? { title, text: t("desk.counter.done.code"), code: dossier.code }
      : { title, text: t("desk.intake.done.reference"), code: dossier.reference },
    summary: {
      rows: [
        ...(dossier.code
          ? [
              {
                key: t("desk.counter.done.due"),
                value: dossier.dueAt ? formatDateTime(dossier.dueAt) : t("desk.due.none"),
              },
            ]
          : []),
        { key: t("desk.counter.done.applicant"), value: applicant?.fullName ?? "" },
        { key: t("desk.counter.done.procedure"), value: procedureName },
      ],
    },
    buttons: [
      ...(paper ? [{ text: print, href: receiptHref(paper.id), key: "F7" }] : []),
      ...(dossier.code
        ? [
            { text: t("desk.intake.done.fees"), href: cashPaths.take(dossier.id), kind: "secondary" as const },
            {
              text: t("desk.intake.done.digitise"),
              href: digitisingPaths.dossier(dossier.id),
              kind: "secondary" as const,
            },
          ]
        : []),
      { text: t("desk.intake.done.more"), href: paths.counter, kind: "secondary", key: "F8" },
      {
        text: t("desk.counter.done.same"),
        href: paths.register(dossier.procedure.code, { "co-quan": dossier.receivingAgencyId }),
        kind: "secondary",
      },
    ],
    next: { action: paths.counter, text: t("desk.counter.done.next") },
    together:
      together.length > 1 && dossier.filingId
        ? {
            table: {
              caption: t("desk.intake.done.together"),
              head: [t("desk.intake.list.dossier"), t("desk.intake.list.procedure"), t("desk.counter.done.due")].map(
                (text) => ({ text }),
              ),
              rows: together.map((one) => ({
                cells: [
                  { text: one.code ?? one.reference, href: paths.registered(one.id) },
                  { text: one.procedure },
                  { text: one.dueAt ? formatDateTime(one.dueAt) : t(`dossiers.status.${one.status}`) },
                ],
              })),
            },
            print: {
              text: t("desk.intake.done.printTogether", { count: together.length }),
              href: paths.together(dossier.filingId),
              kind: "secondary",
            },
          }
        : null,
    signature: signatureOf(dossier, given.signature, t),
    open: { text: t("desk.counter.done.open"), href: paths.dossier(dossier.id) },
    keys: t("desk.intake.keysDone"),
  };
}
