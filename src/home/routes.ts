import { Router } from "express";
import { render } from "#platform/render.ts";
import { homePage } from "./pages.ts";
import { paths } from "./paths.ts";
import { readFrontDoor } from "./queries.ts";

export const publicRoutes = Router();

publicRoutes.get(paths.home, async (req, res) => {
  const { t, shell } = res.locals;
  if (!t || !shell) throw new Error("the home page needs the request's shell");
  const { language, now } = req.ctx;
  render(res, "home/show", homePage(await readFrontDoor(req.ctx), shell.hotline, t, language, now));
});
