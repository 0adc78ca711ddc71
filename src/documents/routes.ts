import { type RequestHandler, Router } from "express";
import { sendFile } from "#platform/downloads.ts";
import type { Translate } from "#platform/i18n.ts";
import { addressOf, type LimitRule, limitOf } from "#platform/limits.ts";
import { Refusal } from "#platform/refusal.ts";
import { render } from "#platform/render.ts";
import { openPaper } from "./actions.ts";
import { type Checked, verifyPage } from "./pages.ts";
import { isCopyOf, verifyPaper } from "./queries.ts";
import { hashUpload } from "./routes/hashing.ts";
import { officerPapers } from "./routes/officers.ts";

export { adminRoutes } from "./routes/admins.ts";

export const publicRoutes = Router();
export const citizenRoutes = Router();
export const officerRoutes = Router();

/** Codes cannot be guessed; this keeps others from trying at our cost. */
const VERIFICATIONS: LimitRule = { name: "documents.verify", points: 60, seconds: 60 };
const UPLOADS: LimitRule = { name: "documents.check", points: 20, seconds: 60 };

const showPaper: RequestHandler<{ id: string }> = async (req, res) => {
  const { stream, ...paper } = await openPaper(req.ctx, req.params.id);
  await sendFile(res, stream, { ...paper, disposition: req.query["xem"] === "1" ? "inline" : "attachment" });
};

officerRoutes.get("/giay-to/:id", showPaper);
officerRoutes.use(officerPapers);
citizenRoutes.get("/giay-to/:id", showPaper);

const limited =
  (rule: LimitRule): RequestHandler<{ token: string }> =>
  async (req, _res, next) => {
    const seconds = await limitOf(req as Parameters<typeof limitOf>[0], rule).count(
      addressOf(req as Parameters<typeof addressOf>[0]),
    );
    if (seconds > 0) throw new Refusal("platform.refused.tooManyRequests", 429, { seconds });
    next();
  };

publicRoutes.get("/xac-minh/:token", limited(VERIFICATIONS), async (req, res) => {
  const paper = await verifyPaper(req.ctx, req.params.token);
  render(res, "documents/page", verifyPage(paper, null, res.locals.t as Translate));
});

publicRoutes.post("/xac-minh/:token", limited(UPLOADS), async (req, res) => {
  const paper = await verifyPaper(req.ctx, req.params.token);
  const file = await hashUpload(req as Parameters<typeof hashUpload>[0], res);
  const checked: Checked =
    file === null
      ? { fault: "missing" }
      : file.isTooLarge
        ? { fault: "tooLarge" }
        : { name: file.name, isCopy: await isCopyOf(req.ctx, req.params.token, file.sha256) };
  if (checked && "fault" in checked) res.status(422);
  render(res, "documents/page", verifyPage(paper, checked, res.locals.t as Translate));
});
