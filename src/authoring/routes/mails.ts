import { type Request, type Response, Router } from "express";
import {
  findWording,
  listWordings,
  strangePlaces,
  WORDINGS,
  type Wording,
  type WordingName,
  wordMail,
} from "#notifications/index.ts";
import { emptyForm, type FieldErrors, type Form } from "#platform/form.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { cleanTyped } from "#platform/typed.ts";
import { mailPage, mailsPage } from "../pages/mails.ts";
import { paths } from "../paths.ts";
import { adminOf, param, seenIn, sentBy, textIn, words } from "./asking.ts";

/** How mails are worded. */
export const routes = Router();

const KEYS = ["titleVi", "textVi", "titleEn", "textEn"] as const;
const MOST = 1000;
const NOTHING: Wording = { titleVi: "", textVi: "", titleEn: "", textEn: "" };

function nameIn(req: Request): WordingName {
  const name = WORDINGS.find((one) => one === param(req, "mail"));
  if (!name) throw notFound();
  return name;
}

async function showMail(req: Request, res: Response, form: Form = emptyForm, isPreview = false) {
  const ctx = adminOf(req);
  const name = nameIn(req);
  const [standing, versions] = await Promise.all([findWording(ctx, name), listWordings(ctx, name)]);
  res.status(Object.keys(form.errors).length > 0 ? 422 : 200);
  render(res, "authoring/page", mailPage(name, { words: standing, versions, form, isPreview }, words(res)));
}

routes.get("/mau-thu", async (req, res) => {
  const ctx = adminOf(req);
  const all = await Promise.all(WORDINGS.map(async (name) => ({ name, versions: await listWordings(ctx, name) })));
  const changed = all.filter(({ versions }) => versions[0] && versions[0].titleVi !== "").map(({ name }) => name);
  render(res, "authoring/page", mailsPage(new Set(changed), words(res)));
});

routes.get("/mau-thu/:mail", (req, res) => showMail(req, res));

routes.post("/mau-thu/:mail", async (req, res) => {
  const ctx = adminOf(req);
  const name = nameIn(req);
  const sent = sentBy(req);
  const typed = Object.fromEntries(KEYS.map((key) => [key, cleanTyped(textIn(sent, key))])) as Wording;
  const act = textIn(sent, "viec");
  const errors: Record<string, FieldErrors[string]> = {};
  if (act !== "cua-cong")
    for (const key of KEYS) {
      const strange = strangePlaces(name, typed[key]);
      if (typed[key] === "" || typed[key].length > MOST) errors[key] = { key: "authoring.mails.missing" };
      else if (strange.length > 0)
        errors[key] = { key: "authoring.mails.strange", params: { names: strange.join(", ") } };
    }
  const isWrong = Object.keys(errors).length > 0;
  if (isWrong || act === "xem") return showMail(req, res, { values: { ...typed }, errors }, !isWrong);
  await wordMail(ctx, name, seenIn(sent), act === "cua-cong" ? NOTHING : typed);
  leaveNotice(req, "success", words(res)("authoring.mails.saved"));
  redirect(res, paths.mail(name));
});
