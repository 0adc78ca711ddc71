import { paths as documentPaths } from "#documents/paths.ts";
import { type Part, part } from "#platform/components.ts";
import { shown } from "#platform/form.ts";
import { makesResult, type Step } from "#workflow/index.ts";
import { paths } from "../paths.ts";
import { type Act, type ActInput, act, actIds, control } from "./act.ts";
import type { Words } from "./words.ts";

const MEGABYTES = 20;

type Recorded = { title: string; number: string | null; signerName: string | null; issuedOn: string | null } & {
  id: string;
  fileName: string | null;
  storageKey: string | null;
};

/** The controls of a result, filled with what was recorded before, else with the procedure's own name for it. */
export function resultParts(id: string, recorded: Recorded | undefined, input: ActInput, words: Words): Part[] {
  const { dossier, version, form } = input;
  const { t } = words;
  const before: Readonly<Record<string, string | null | undefined>> = {
    title: recorded?.title ?? version.definition.results[0]?.name.vi,
    number: recorded?.number,
    signer: recorded?.signerName,
  };
  const at = (name: string) => {
    const shownAgain = control(id, name, input, words);
    return form.act === id ? shownAgain : { ...shownAgain, value: before[name] ?? "" };
  };
  const [year = "", month = "", day = ""] = (recorded?.issuedOn ?? "").split("-");
  const typed = (key: string): string => shown(form, `issuedOn.${key}`);
  return [
    part("components/input", { ...at("title"), label: t("desk.act.resultTitle") }),
    part("components/input", { ...at("number"), label: t("desk.act.resultNumber"), width: 20, verbatim: true }),
    part("components/date-input", {
      ...control(id, "issuedOn", input, words),
      value: form.act === id ? { day: typed("day"), month: typed("month"), year: typed("year") } : { day, month, year },
      label: t("desk.act.resultDate"),
    }),
    part("components/input", { ...at("signer"), label: t("desk.act.resultSigner") }),
    part("components/file-upload", {
      ...control(id, "file", input, words),
      label: t("desk.act.resultFile"),
      limit: t("platform.upload.limit", { megabytes: MEGABYTES }),
      accept: ".pdf,.jpg,.jpeg,.png,.docx,.xlsx",
      maxBytes: MEGABYTES * 1024 * 1024,
      tooLarge: t("desk.act.fileTooLarge", { megabytes: MEGABYTES }),
      files:
        recorded?.storageKey && recorded.fileName
          ? [{ name: recorded.fileName, size: "", href: paths.file(dossier.id, recorded.id) }]
          : [],
    }),
  ];
}

/** The result as it is to be recorded where it is made; on the way there a draft of it, for who signs to see. */
export function recordAct(input: ActInput, step: Step, words: Words): Act {
  const { dossier, version, form } = input;
  const { t } = words;
  const draft = dossier.results.find(({ state }) => state === "draft");
  const isMade = makesResult(version.definition.workflow, step);
  return act(actIds.record, t(isMade ? "desk.act.record" : "desk.act.draft"), paths.record(dossier.id), {
    lead: t(isMade ? "desk.act.recordLead" : "desk.act.draftLead"),
    multipart: true,
    folded: !isMade && form.act !== actIds.record,
    parts: [
      ...(isMade && input.hasTemplate
        ? [
            part("components/link-button", {
              text: t("documents.make.open"),
              href: documentPaths.makeResult(dossier.id),
              kind: "secondary",
            }),
          ]
        : []),
      ...resultParts(actIds.record, draft, input, words),
    ],
    buttons: [
      { text: t(isMade ? "desk.act.save" : "desk.act.saveDraft"), kind: draft || !isMade ? "secondary" : "primary" },
    ],
  });
}
