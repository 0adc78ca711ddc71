import { type Request, type Response, Router } from "express";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { receiveOne } from "#platform/uploads.ts";
import {
  decideUpdate,
  findCatalogueUpdate,
  findProposal,
  listCatalogueUpdates,
  listProposals,
  PROPOSAL_KINDS,
  type ProposalKind,
  readCatalogueUpdate,
} from "#procedures/index.ts";
import { MOST_BYTES, nationalPage, proposalPage, updatePage } from "../pages/national.ts";
import { paths } from "../paths.ts";
import { adminOf, param, sentBy, textIn, words } from "./asking.ts";

/** The national catalogue as an update of the national records. */
export const routes = Router();

const kindIn = (value: unknown): ProposalKind => PROPOSAL_KINDS.find((kind) => kind === value) ?? "changed";

async function showNational(req: Request, res: Response, error: string | null = null) {
  const updates = await listCatalogueUpdates(adminOf(req));
  render(res.status(error ? 422 : 200), "authoring/page", nationalPage(updates, error, words(res)));
}

routes.get("/danh-muc-quoc-gia", (req, res) => showNational(req, res));

routes.post("/danh-muc-quoc-gia", async (req, res) => {
  const t = words(res);
  const { file } = await receiveOne(req, res, { field: "file", maxBytes: MOST_BYTES });
  if (file === "tooLarge") return showNational(req, res, t("authoring.national.tooLarge"));
  if (!file || file.staged.size === 0) return showNational(req, res, t("authoring.national.missingFile"));
  const ctx = adminOf(req);
  const id = await readCatalogueUpdate(ctx, { path: file.staged.path, name: file.name });
  const { update } = await findCatalogueUpdate(ctx, id);
  if (update.failed === 0) leaveNotice(req, "success", t("authoring.national.opened", { lines: update.lines }));
  redirect(res, paths.nationalUpdate(id));
});

routes.get("/danh-muc-quoc-gia/:id", async (req, res) => {
  const ctx = adminOf(req);
  const { update, counts } = await findCatalogueUpdate(ctx, param(req, "id"));
  const first = PROPOSAL_KINDS.find((kind) => counts[kind].open > 0) ?? "changed";
  const kind = req.query["loai"] === undefined ? first : kindIn(req.query["loai"]);
  const asked = Number(req.query["trang"]);
  const page = Number.isInteger(asked) && asked >= 1 && asked <= 10_000 ? asked : 1;
  const proposals = await listProposals(ctx, update.id, kind, page);
  render(res, "authoring/page", updatePage({ update, counts, kind, page, proposals }, words(res)));
});

routes.post("/danh-muc-quoc-gia/:id", async (req, res) => {
  const ctx = adminOf(req);
  const t = words(res);
  const sent = sentBy(req);
  const { update } = await findCatalogueUpdate(ctx, param(req, "id"));
  const kind = kindIn(sent["loai"]);
  const act = textIn(sent, "viec");
  const codes = [sent["ma"]].flat().filter((code): code is string => typeof code === "string");
  const isSome = act.endsWith("-trang");
  const { count, isLater } = await decideUpdate(ctx, update, isSome ? { codes } : { kind }, act.startsWith("nhan"));
  leaveNotice(
    req,
    count > 0 ? "success" : "info",
    count > 0 ? t(`authoring.national.${isLater ? "later" : "decided"}`, { count }) : t("authoring.national.nothing"),
  );
  redirect(res, paths.nationalUpdate(update.id, kind));
});

routes.get("/danh-muc-quoc-gia/:id/:code", async (req, res) => {
  const ctx = adminOf(req);
  const { update } = await findCatalogueUpdate(ctx, param(req, "id"));
  render(
    res,
    "authoring/page",
    proposalPage(update, await findProposal(ctx, update.id, param(req, "code")), words(res)),
  );
});
