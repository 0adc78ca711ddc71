import { type RequestHandler, Router } from "express";
import { sendFile } from "#platform/downloads.ts";
import { addressOf, type LimitRule, limitOf } from "#platform/limits.ts";
import { Refusal } from "#platform/refusal.ts";
import { render } from "#platform/render.ts";
import { openPaper } from "./actions.ts";
import { verifyPage } from "./pages.ts";
import { verifyPaper } from "./queries.ts";

export const publicRoutes = Router();
export const citizenRoutes = Router();
export const officerRoutes = Router();

/** Codes cannot be guessed; this keeps others from trying at our cost. */
const VERIFICATIONS: LimitRule = { name: "documents.verify", points: 60, seconds: 60 };

const showPaper: RequestHandler<{ id: string }> = async (req, res) => {
  const { stream, ...paper } = await openPaper(req.ctx, req.params.id);
  await sendFile(res, stream, { ...paper, disposition: req.query["xem"] === "1" ? "inline" : "attachment" });
};

officerRoutes.get("/giay-to/:id", showPaper);
citizenRoutes.get("/giay-to/:id", showPaper);

publicRoutes.get("/xac-minh/:token", async (req, res) => {
  const { t } = res.locals;
  if (!t) throw new Error("the verification page needs the request's texts");
  const seconds = await limitOf(req, VERIFICATIONS).count(addressOf(req));
  if (seconds > 0) throw new Refusal("platform.refused.tooManyRequests", 429, { seconds });
  render(res, "documents/verify", verifyPage(await verifyPaper(req.ctx, req.params.token), t));
});
