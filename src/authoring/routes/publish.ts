import { type Request, type Response, Router } from "express";
import { contentDisposition } from "#platform/downloads.ts";
import { emptyForm, type Form, readForm } from "#platform/form.ts";
import type { MessageKey } from "#platform/i18n.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { findSuspension, findVersion, restoreProcedure, suspendProcedure } from "#procedures/index.ts";
import { beginManuscript, changeManuscript, discardManuscript } from "../actions.ts";
import { NewProcedure, StandingForm } from "../inputs/publish.ts";
import { conflictBanner } from "../pages/frame.ts";
import { placeFaults } from "../pages/problems.ts";
import {
  discardPage,
  historyPage,
  manuscriptPage,
  newProcedurePage,
  overviewPage,
  standingOf,
} from "../pages/publish.ts";
import { paths } from "../paths.ts";
import { findNewestVersion, findNumbered, findProcedureOverview } from "../queries/procedures.ts";
import { findSketchAt, listChanges } from "../queries.ts";
import { type FileFault, fileOf, readFile, SCHEMA_VERSION } from "../rules.ts";
import { adminOf, openManuscript, param, seenIn, sentBy, textIn, words } from "./asking.ts";
import { readText } from "./file.ts";

/** Procedures as administrators see them, and manuscripts as a whole. */
export const routes = Router();

const noFile = { error: null, problems: [] };

function showNew(res: Response, form: Form, file: Parameters<typeof newProcedurePage>[1] = noFile): void {
  const isWrong = Object.keys(form.errors).length > 0 || file.error !== null;
  render(res.status(isWrong ? 422 : 200), "authoring/page", newProcedurePage(form, file, words(res)));
}

routes.get("/thu-tuc/moi", (req, res) => {
  const copyOf = textIn(req.query, "chep");
  return showNew(res, copyOf === "" ? emptyForm : { values: { copyOf }, errors: {} });
});

routes.post("/thu-tuc/moi", async (req, res) => {
  const ctx = adminOf(req);
  const input = readForm(NewProcedure, req);
  if (!input.ok) return showNew(res, input.form);
  const { code, name, copyOf } = input.data;
  const wrong = (field: "code" | "copyOf", key: MessageKey) =>
    showNew(res, { values: sentBy(req), errors: { [field]: { key } } });
  if (await findNewestVersion(ctx, code)) return wrong("code", "authoring.publish.add.errors.taken");
  const source = copyOf === "" ? null : await findNewestVersion(ctx, copyOf);
  if (copyOf !== "" && !source) return wrong("copyOf", "authoring.publish.add.errors.copyOf");
  const begun = await beginManuscript(
    ctx,
    source ? { definition: { ...source.definition, code, name: { vi: name } } } : { code, name },
  );
  if (!begun.isNew) leaveNotice(req, "info", words(res)("authoring.publish.add.joined"));
  redirect(res, paths.manuscript(begun.id));
});

routes.post("/thu-tuc/nhap", async (req, res) => {
  const t = words(res);
  const refuse = (error: string, problems: Parameters<typeof newProcedurePage>[1]["problems"] = []) =>
    showNew(res, emptyForm, { error, problems });
  const sent = await readText(req, res);
  if (sent === null) return refuse(t("authoring.publish.add.errors.file"));
  if (sent === "tooLarge") return refuse(t("authoring.publish.add.tooLarge"));
  const read = readFile(sent.text);
  if (!read.ok) {
    const say = (fault: FileFault): string =>
      fault.kind === "schemaVersion"
        ? t("authoring.publish.add.errors.schemaVersion", { found: fault.found, known: SCHEMA_VERSION })
        : fault.kind === "problems"
          ? t("authoring.publish.add.problemsTitle")
          : t(`authoring.publish.add.errors.${fault.kind}`);
    const { fault } = read;
    return refuse(say(fault), fault.kind === "problems" ? placeFaults(fault.sketch, fault.problems, t) : []);
  }
  const { definition } = read;
  const begun = await beginManuscript(adminOf(req), { definition });
  if (!begun.isNew) return refuse(t("authoring.publish.add.errors.open", { code: definition.code }));
  leaveNotice(req, "success", t("authoring.publish.add.imported", { code: definition.code }));
  redirect(res, paths.manuscript(begun.id));
});

async function showProcedure(req: Request, res: Response, form: Form = emptyForm) {
  const ctx = adminOf(req);
  const t = words(res);
  const overview = await findProcedureOverview(ctx, param(req, "code"));
  const newest = overview.current ?? overview.versions[0];
  const [name, suspension] = await Promise.all([
    newest ? findVersion(ctx, newest.id).then(({ definition }) => definition.name.vi) : overview.code,
    findSuspension(ctx, overview.code),
  ]);
  const errors = Object.entries(form.errors).map(([at, { key }]) => ({ text: t(key), href: `#${at}` }));
  const standing = standingOf(overview, suspension, form, t);
  res.status(errors.length > 0 ? 422 : 200);
  render(res, "authoring/page", overviewPage(overview, { name, now: ctx.now, standing, errors }, t));
}

routes.get("/thu-tuc/:code", (req, res) => showProcedure(req, res));

routes.post("/thu-tuc/:code/tam-ngung", async (req, res) => {
  const input = readForm(StandingForm, req);
  if (!input.ok) return showProcedure(req, res, input.form);
  const code = param(req, "code");
  const isSuspended = input.data.viec === "tam-ngung";
  await (isSuspended ? suspendProcedure : restoreProcedure)(adminOf(req), code, input.data.reason);
  const done = isSuspended ? "suspendDone" : "restoreDone";
  leaveNotice(req, "success", words(res)(`authoring.publish.procedure.${done}`, { code }));
  redirect(res, paths.procedure(code));
});

routes.post("/thu-tuc/:code/soan", async (req, res) => {
  const ctx = adminOf(req);
  const { versions, code } = await findProcedureOverview(ctx, param(req, "code"));
  const [newest] = versions;
  const begun = await beginManuscript(ctx, newest ? { versionId: newest.id } : { code, name: "" });
  redirect(res, paths.manuscript(begun.id));
});

routes.get("/thu-tuc/:code/xuat", async (req, res) => {
  const ctx = adminOf(req);
  const overview = await findProcedureOverview(ctx, param(req, "code"));
  const { definition, number } = await findNumbered(ctx, overview, req.query["phien-ban"]);
  res
    .set("Content-Disposition", contentDisposition(`${overview.code}-v${number}.json`, "attachment"))
    .type("application/json")
    .send(fileOf(definition));
});

routes.get("/soan/:id", async (req, res) => {
  render(res, "authoring/page", manuscriptPage(await openManuscript(req), words(res)));
});

routes.get("/soan/:id/lich-su", async (req, res) => {
  const manuscript = await openManuscript(req);
  const changes = await listChanges(adminOf(req), manuscript.id);
  render(res, "authoring/page", historyPage(manuscript, changes, words(res)));
});

routes.post("/soan/:id/lich-su", async (req, res) => {
  const ctx = adminOf(req);
  const { id } = await openManuscript(req);
  const number = textIn(sentBy(req), "number");
  if (!/^\d{1,9}$/.test(number)) throw notFound();
  const sketch = await findSketchAt(ctx, id, Number(number));
  const changed = await changeManuscript(
    ctx,
    { id, seen: seenIn(sentBy(req)) },
    { did: "restored", params: { number } },
    () => sketch,
  );
  if (!changed.ok) {
    const page = historyPage(await openManuscript(req), await listChanges(ctx, id), words(res));
    const banner = conflictBanner(changed.since, words(res));
    return render(res.status(409), "authoring/page", { ...page, frame: { ...page.frame, conflict: banner } });
  }
  leaveNotice(req, "success", words(res)("authoring.publish.history.restored", { number }));
  redirect(res, paths.manuscript(id));
});

routes.get("/soan/:id/huy", async (req, res) => {
  render(res, "authoring/page", discardPage(await openManuscript(req), words(res)));
});

routes.post("/soan/:id/huy", async (req, res) => {
  const { id, code } = await openManuscript(req);
  await discardManuscript(adminOf(req), id);
  leaveNotice(req, "success", words(res)("authoring.publish.discard.done", { code }));
  redirect(res, paths.procedures);
});
