import { part } from "#platform/components.ts";
import { shown } from "#platform/form.ts";
import { paths } from "../paths.ts";
import { type Act, type ActInput, act, actIds, control } from "./act.ts";
import type { Words } from "./words.ts";

const MEGABYTES = 20;

/** The result as it is to be recorded: filled with what was recorded before, else with the procedure's own name for it. */
export function recordAct(input: ActInput, words: Words): Act {
  const { dossier, version, form } = input;
  const { t } = words;
  const id = actIds.record;
  const draft = dossier.results.find(({ state }) => state === "draft");
  const before: Readonly<Record<string, string | null | undefined>> = {
    title: draft?.title ?? version.definition.results[0]?.name.vi,
    number: draft?.number,
    signer: draft?.signerName,
  };
  const at = (name: string) => {
    const shownAgain = control(id, name, input, words);
    return form.act === id ? shownAgain : { ...shownAgain, value: before[name] ?? "" };
  };
  const [year = "", month = "", day = ""] = (draft?.issuedOn ?? "").split("-");
  const typed = (key: string): string => shown(form, `issuedOn.${key}`);
  return act(id, t("desk.act.record"), paths.record(dossier.id), {
    lead: t("desk.act.recordLead"),
    multipart: true,
    parts: [
      part("components/input", { ...at("title"), label: t("desk.act.resultTitle") }),
      part("components/input", { ...at("number"), label: t("desk.act.resultNumber"), width: 20, verbatim: true }),
      part("components/date-input", {
        ...control(id, "issuedOn", input, words),
        value:
          form.act === id ? { day: typed("day"), month: typed("month"), year: typed("year") } : { day, month, year },
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
          draft?.storageKey && draft.fileName
            ? [{ name: draft.fileName, size: "", href: paths.file(dossier.id, draft.id) }]
            : [],
      }),
    ],
    buttons: [{ text: t("desk.act.save"), kind: draft ? "secondary" : "primary" }],
  });
}
