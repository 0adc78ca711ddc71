import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Router } from "express";
import { mailPage, mailText } from "#notifications/delivery.ts";
import { type Facts, isNoticeKind, NOTICE_KINDS, type NoticeKind } from "#notifications/rules.ts";
import type { Language } from "#platform/i18n.ts";
import { notFound } from "#platform/refusal.ts";
import { type Renderer, render } from "#platform/render.ts";
import { root } from "#platform/root.ts";
import { ProcedureDefinition } from "#procedures/index.ts";
import { createTexts } from "../texts.ts";

const LANGUAGES: readonly Language[] = ["vi", "en"];
/** A mail brings its own style, which no page of the portal may. */
const MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

const texts = createTexts();
const seeded = join(root, "prisma/seed/procedures");
const [first = ""] = readdirSync(seeded).sort();
const definition = ProcedureDefinition.parse(JSON.parse(readFileSync(join(seeded, first), "utf8")));

const facts: Facts = {
  code: "H37.05977-261123-0001",
  dueAt: "2026-11-27T09:30:00Z",
  stepId: definition.workflow.steps[0]?.id ?? null,
  answerBy: "2026-12-07",
  method: "counter",
  days: 90,
  agency: "Ủy ban nhân dân phường Đông Kinh",
};
const unaccepted: Facts = { ...facts, code: null, reference: "7KQM2XWT9HRDC" };

const pageOf = (kind: NoticeKind, language: Language, publicUrl: string) =>
  mailPage(
    {
      id: "00000000-0000-7000-8000-000000000001",
      kind,
      facts: kind === "submitted" || kind === "to_accept" || kind === "declined" ? unaccepted : facts,
      language,
      loaded: { definition },
    },
    { publicUrl, from: "Cổng dịch vụ công tỉnh Lạng Sơn", t: texts[language] },
  );

/** Every mail as it is read, and as plain text. */
export const mailRoutes = Router();

mailRoutes.get("/dev/thu", (req, res) =>
  render(res, "dev/gallery", {
    title: "Thư điện tử",
    sections: [],
    previews: NOTICE_KINDS.flatMap((kind) =>
      LANGUAGES.flatMap((language) => {
        const { subject } = pageOf(kind, language, req.ctx.publicUrl);
        const href = `/dev/thu/${kind}/${language}`;
        return [
          { text: subject, href },
          { text: `${subject} (${language === "vi" ? "chữ thường" : "plain text"})`, href: `${href}.txt` },
        ];
      }),
    ),
  }),
);

mailRoutes.get("/dev/thu/:kind/:file", (req, res) => {
  const { kind, file } = req.params;
  const language = LANGUAGES.find((one) => file === one || file === `${one}.txt`);
  if (!isNoticeKind(kind) || !language) throw notFound();
  const page = pageOf(kind, language, req.ctx.publicUrl);
  if (file.endsWith(".txt")) return void res.type("text/plain").send(`${page.subject}\n\n${mailText(page)}\n`);
  const html = (req.app.get("renderer") as Renderer).part("notifications/mail", page, texts[language]);
  res.set("Content-Security-Policy", MAIL_POLICY).type("html").send(html);
});
