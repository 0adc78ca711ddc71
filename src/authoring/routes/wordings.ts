import { type Request, type Response, Router } from "express";
import { listPaperWords, previewPaper } from "#documents/index.ts";
import { filledIn, findWordings, listWordings, type Texts, wordAnew } from "#lists/index.ts";
import {
  aboutMail,
  MAIL_SAMPLE,
  MAIL_TEXTS,
  MAILS,
  type MailName,
  mailKind,
  ownMailWords,
  placesOfMail,
} from "#notifications/index.ts";
import { type Part, part } from "#platform/components.ts";
import { emptyForm, type FieldError, type Form } from "#platform/form.ts";
import type { Translate } from "#platform/i18n.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { cleanTyped } from "#platform/typed.ts";
import { wordingPage, wordingsPage } from "../pages/wordings.ts";
import { paths } from "../paths.ts";
import { keptTexts, MOST_WORDS, WORDING_SETS, type Worded, type WordingSet, wordFaults } from "../rules.ts";
import { adminOf, param, seenIn, sentBy, textIn, words } from "./asking.ts";

/** How mails and papers are worded. */
export const routes = Router();

/** What a mail is called: its subject and, of several of its kind, which one it is. */
function titleOf(name: MailName, t: Translate): string {
  const { variant } = aboutMail(name);
  const subject = filledIn(
    ownMailWords(name).titleVi,
    Object.fromEntries(placesOfMail(name).map((place) => [place, "…"])),
  );
  return variant ? `${subject}, ${t(`authoring.wordings.variants.${variant}`)}` : subject;
}

const mails = (t: Translate): Worded[] =>
  MAILS.map((name) => {
    const own = ownMailWords(name);
    const places = placesOfMail(name);
    return {
      kind: mailKind(name),
      name,
      title: titleOf(name, t),
      group: t(`authoring.wordings.to.${aboutMail(name).to}`),
      passages: MAIL_TEXTS.map((key) => ({
        name: key,
        own: own[key],
        long: key.startsWith("text"),
        optional: false,
      })),
      places,
    };
  });

const listWorded = async (req: Request, res: Response, set: WordingSet): Promise<readonly Worded[]> =>
  set === "mails" ? mails(words(res)) : listPaperWords(adminOf(req));

async function wordedIn(req: Request, res: Response, set: WordingSet): Promise<Worded> {
  const found = (await listWorded(req, res, set)).find(({ name }) => name === param(req, "name"));
  if (!found) throw notFound();
  return found;
}

async function show(
  req: Request,
  res: Response,
  set: WordingSet,
  { form = emptyForm, preview = [] }: { form?: Form; preview?: readonly Part[] } = {},
): Promise<void> {
  const worded = await wordedIn(req, res, set);
  const versions = await listWordings(adminOf(req), worded.kind);
  res.status(Object.keys(form.errors).length > 0 ? 422 : 200);
  render(res, "authoring/page", wordingPage(set, worded, { versions, form, preview }, words(res)));
}

const previewMail = (texts: Texts): Part[] =>
  (["Vi", "En"] as const).map((language) =>
    part("components/inset-text", {
      text: (["title", "text"] as const).map((one) => filledIn(texts[`${one}${language}`] ?? "", MAIL_SAMPLE)),
    }),
  );

for (const set of WORDING_SETS) {
  const AT = paths.wordings(set).replace(/^\/quan-tri/, "");

  routes.get(AT, async (req, res) => {
    const [all, kept] = await Promise.all([listWorded(req, res, set), findWordings(adminOf(req))]);
    render(res, "authoring/page", wordingsPage(set, all, kept, words(res)));
  });

  routes.get(`${AT}/:name`, (req, res) => show(req, res, set));

  routes.post(`${AT}/:name`, async (req, res) => {
    const ctx = adminOf(req);
    const worded = await wordedIn(req, res, set);
    const sent = sentBy(req);
    const typed = Object.fromEntries(worded.passages.map(({ name }) => [name, cleanTyped(textIn(sent, name))]));
    const act = textIn(sent, "viec");
    const isOwn = act === "cua-cong";
    const errors = Object.fromEntries(
      (isOwn ? [] : wordFaults(worded, typed)).map((fault): [string, FieldError] => [
        fault.passage,
        fault.is === "missing"
          ? { key: "authoring.wordings.missing", params: { most: MOST_WORDS } }
          : { key: "authoring.wordings.strange", params: { names: fault.names } },
      ]),
    );
    const form = { values: typed, errors };
    if (Object.keys(errors).length > 0) return show(req, res, set, { form });
    if (act === "xem" && set === "mails") return show(req, res, set, { form, preview: previewMail(typed) });
    if (act === "xem") {
      res.set({ "Content-Type": "application/pdf", "Content-Disposition": "inline" });
      return void res.send(await previewPaper(ctx, worded.kind, typed));
    }
    await wordAnew(ctx, worded.kind, seenIn(sent), isOwn ? {} : keptTexts(worded, typed));
    leaveNotice(req, "success", words(res)(`authoring.wordings.${set}.saved`));
    redirect(res, paths.wording(set, worded.name));
  });
}
