/** Filing from the first question to the handed-over result, as the citizen sees it. */
import { Router } from "express";
import { redirect } from "#platform/render.ts";
import { paths } from "./paths.ts";
import { checkRoutes } from "./routes/check.ts";
import { consentRoutes } from "./routes/consents.ts";
import { copyRoutes } from "./routes/copy.ts";
import { dossierRoutes } from "./routes/dossiers.ts";
import { draftResultRoutes } from "./routes/draft-result.ts";
import { draftRoutes } from "./routes/drafts.ts";
import { batchRoutes, manyRoutes } from "./routes/many.ts";
import { startRoutes } from "./routes/start.ts";
import { supplementRoutes } from "./routes/supplement.ts";
import { typedRoutes } from "./routes/typed.ts";
import { uploadRoutes } from "./routes/uploads.ts";
import { wholeRoutes } from "./routes/whole.ts";

/** Under /thu-tuc: asks for sign-in by itself, since its neighbours are public. And drafts that a visitor sends. */
export const publicRoutes = Router();
publicRoutes.use(startRoutes, manyRoutes, typedRoutes);

/** Under /ca-nhan. */
export const citizenRoutes = Router();
citizenRoutes.get("/", (_req, res) => redirect(res, paths.dossiers));
citizenRoutes.use(
  uploadRoutes,
  batchRoutes,
  checkRoutes,
  draftRoutes,
  dossierRoutes,
  wholeRoutes,
  supplementRoutes,
  consentRoutes,
  copyRoutes,
);
citizenRoutes.use(draftResultRoutes);
