import { paths as deskPaths } from "#desk/paths.ts";
import { errorText, type FileUpload, type SearchBox, type Select, type Table } from "#platform/components.ts";
import type { FieldErrors } from "#platform/form.ts";
import { fold, formatDateTime } from "#platform/format.ts";
import type { Translate } from "#platform/i18n.ts";
import type { Page } from "#platform/render.ts";
import { paths } from "./paths.ts";
import type { Digitising, Found, Reusable, Waiting } from "./queries.ts";
import { faultsOf, LEAST_DPI, MOST_PAGES, paperFor, TURNS } from "./rules.ts";

type PageRow = {
  label: string;
  note: string;
  href: string;
  look: string;
  picture: { src: string; alt: string } | null;
  paper: Select;
  turn: Select;
  order: { name: string; label: string; value: string };
};
type DigitisingPage = Page & {
  heading: { title: string; lead: string };
  upload: { action: string; file: FileUpload; button: string };
  waiting: string;
  none: string | null;
  keys: string;
  compose: { action: string; button: string; drop: string; dropAction: string };
  scans: readonly { id: string; name: string; faults: readonly string[]; pages: readonly PageRow[] }[];
  done: Table | null;
  confirm: { action: string; button: string } | null;
  reuse: {
    title: string;
    lead: string;
    action: string;
    items: readonly { id: string; text: string; fits: string | null; value: string }[];
    paper: Select;
    button: string;
  } | null;
};
type SearchPage = Page & {
  heading: { title: string; lead: string };
  search: SearchBox;
  none: string | null;
  table: Table | null;
};
declare module "#platform/render.ts" {
  interface Views {
    "digitising/dossier": DigitisingPage;
    "digitising/search": SearchPage;
  }
}

const trayText = ({ counter, source }: Waiting, t: Translate): string =>
  [
    counter === null ? t("digitising.tray") : t("digitising.trayOf", { number: counter }),
    source === "mail" ? t("digitising.byMail") : "",
  ]
    .filter(Boolean)
    .join(", ");

/** Digitised papers by the words that were read in them. */
export function searchPage(q: string, found: readonly Found[], t: Translate): SearchPage {
  return {
    title: t("digitising.search.title"),
    width: "wide",
    back: { href: deskPaths.counter, text: t("desk.counter.title") },
    heading: { title: t("digitising.search.title"), lead: t("digitising.search.lead") },
    search: {
      action: paths.search,
      name: "q",
      id: "tim-giay-to",
      label: t("digitising.search.label"),
      value: q,
      button: t("digitising.search.button"),
      verbatim: true,
    },
    none: q && found.length === 0 ? t("digitising.search.none", { q }) : null,
    table:
      found.length > 0
        ? {
            caption: t("digitising.search.found", { q }),
            head: (["paper", "dossier", "applicant", "at"] as const).map((key) => ({
              text: t(`digitising.search.columns.${key}`),
            })),
            rows: found.map(({ dossierId, attachmentId, name, code, applicant, at }) => ({
              cells: [
                { text: name, href: deskPaths.file(dossierId, attachmentId) },
                { text: code, href: deskPaths.dossier(dossierId) },
                { text: applicant ?? "" },
                { text: formatDateTime(at) },
              ],
            })),
          }
        : null,
  };
}

export type PaperChoice = {
  id: string;
  name: string;
  documentType: string | null;
  /** What kind of document it is, in words; null: the procedure does not say. */
  typeName: string | null;
  replacedByResult: string | null;
};

/** Everything that is done to a dossier's scans, on one page. */
export function digitisingPage(
  given: {
    dossier: Digitising;
    papers: readonly PaperChoice[];
    scans: readonly Waiting[];
    reusable: readonly Reusable[];
    errors: FieldErrors;
    limit: { accept: string; maxBytes: number; megabytes: number };
  },
  t: Translate,
): DigitisingPage {
  const { dossier, papers, scans, reusable, errors, limit } = given;
  const { id } = dossier;
  const nameOf = (requirementId: string): string => {
    const paper = papers.find((one) => one.id === requirementId);
    if (!paper) return requirementId;
    // A type that says what the name says already is said once.
    const isSaid = !paper.typeName || fold(paper.name).includes(fold(paper.typeName));
    return isSaid ? paper.name : t("digitising.ofType", { name: paper.name, type: paper.typeName ?? "" });
  };
  const items = papers.map((paper) => ({ value: paper.id, text: nameOf(paper.id) }));
  let order = 0;
  const title = t("digitising.title", { code: dossier.code ?? dossier.reference });
  return {
    title,
    width: "wide",
    hasErrors: Object.keys(errors).length > 0,
    back: { href: deskPaths.dossier(id), text: dossier.code ?? dossier.reference },
    heading: { title, lead: t("digitising.lead") },
    upload: {
      action: paths.upload(id),
      button: t("digitising.uploadButton"),
      file: {
        name: "scan",
        label: t("digitising.upload"),
        limit: t("digitising.limit", { megabytes: limit.megabytes, pages: MOST_PAGES }),
        accept: ".pdf,.jpg,.jpeg,.png",
        maxBytes: limit.maxBytes,
        tooLarge: t("digitising.tooLarge", { megabytes: limit.megabytes }),
        multiple: true,
        error: errorText(errors, "scan", t),
      },
    },
    waiting: t("digitising.pages"),
    none: scans.length === 0 ? t("digitising.none") : null,
    keys: t("digitising.keys"),
    compose: {
      action: paths.compose(id),
      button: t("digitising.compose"),
      drop: t("digitising.drop"),
      dropAction: paths.drop(id),
    },
    scans: scans.map((scan) => ({
      id: scan.id,
      name: scan.dossierId ? scan.name : `${scan.name} (${trayText(scan, t)})`,
      faults: faultsOf(scan.facts).map((fault) => t(`digitising.faults.${fault}`, { least: LEAST_DPI })),
      pages: scan.facts.pages.map((facts, i): PageRow => {
        const at = `${scan.id}.${i + 1}`;
        const label = t("digitising.page", { page: i + 1, name: scan.name });
        const href = paths.page(id, scan.id, i + 1);
        return {
          label,
          note:
            facts.dpi === null
              ? t("digitising.written")
              : [
                  t("digitising.dpi", { dpi: facts.dpi }),
                  t(facts.colour ? "digitising.colour" : "digitising.grey"),
                ].join(", "),
          href,
          look: t("digitising.look"),
          picture: facts.hasPicture ? { src: href, alt: label } : null,
          paper: { name: `paper-${at}`, label: t("digitising.paper"), items, placeholder: t("digitising.noPaper") },
          turn: {
            name: `turn-${at}`,
            label: t("digitising.turn"),
            value: "0",
            items: TURNS.map((turn) => ({ value: String(turn), text: t("digitising.turned", { turn }) })),
          },
          order: { name: `order-${at}`, label: t("digitising.order"), value: String(++order) },
        };
      }),
    })),
    done:
      dossier.digitised.length > 0
        ? {
            caption: t("digitising.done"),
            head: [
              { text: t("digitising.paper") },
              { text: t("digitising.quality") },
              { text: t("digitising.compared") },
            ],
            rows: dossier.digitised.map((one) => ({
              cells: [
                {
                  text: one.attachment.name,
                  href: deskPaths.file(id, one.attachment.id),
                  note: nameOf(one.requirementId),
                },
                {
                  text: [
                    t("digitising.pageCount", { count: one.pages }),
                    one.dpi === null ? "" : t("digitising.dpi", { dpi: one.dpi }),
                    t(one.colour ? "digitising.colour" : "digitising.grey"),
                    one.resultId ? t("digitising.reused") : "",
                    one.text ? t("digitising.read") : "",
                  ]
                    .filter(Boolean)
                    .join(", "),
                },
                {
                  text: one.confirmedAt
                    ? t("digitising.confirmed", {
                        who: dossier.nameOf(one.confirmedById),
                        at: formatDateTime(one.confirmedAt),
                      })
                    : t("digitising.notCompared"),
                },
              ],
            })),
          }
        : null,
    confirm: dossier.digitised.some(({ confirmedAt }) => confirmedAt === null)
      ? { action: paths.confirm(id), button: t("digitising.confirm") }
      : null,
    reuse:
      reusable.length > 0
        ? {
            title: t("digitising.reuse.title"),
            lead: t("digitising.reuse.lead"),
            action: paths.reuse(id),
            items: reusable.map((one) => {
              const fitting = paperFor(papers, one);
              return {
                id: one.id,
                text: [one.title, one.number].filter(Boolean).join(", "),
                fits: fitting ? t("digitising.reuse.fits", { paper: fitting.name }) : null,
                value: fitting?.id ?? "",
              };
            }),
            paper: { name: "paper", label: t("digitising.reuse.for"), items },
            button: t("digitising.reuse.button"),
          }
        : null,
  };
}
