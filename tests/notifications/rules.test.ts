import { describe, expect, test } from "vitest";
import { EVENT_TYPES } from "#dossiers/rules.ts";
import {
  type Facts,
  factsOf,
  kindsFor,
  mailFor,
  NOTICE_KINDS,
  type NoticeKind,
  notices,
  wordingOf,
} from "#notifications/rules.ts";
import { isMailAddress, readSender } from "#platform/mail.ts";
import { reactions } from "#reactions.ts";
import { ConfigError, readConfig } from "../../src/config.ts";
import { createTexts } from "../../src/texts.ts";

const texts = createTexts();
const CITIZENS = new Set<string>(["applicant", "bearer", "principal"]);

describe("what follows what", () => {
  test("every kind of event says what follows from it, be it nothing", () => {
    expect(Object.keys(reactions).sort()).toEqual([...EVENT_TYPES].sort());
  });

  test("a citizen is told what is for citizens, an officer what is for officers", () => {
    for (const { tell, of } of Object.values(reactions).flat())
      expect([of, notices[of].for]).toEqual([of, CITIZENS.has(tell) ? "citizen" : "officer"]);
  });

  test("no event tells one audience two things", () => {
    for (const [type, all] of Object.entries(reactions))
      expect([type, new Set(all.map(({ tell }) => tell)).size]).toEqual([type, all.length]);
  });
});

describe("words", () => {
  const full: Facts = {
    reference: "ABCD",
    code: "H37.05977-261123-0001",
    dueAt: "2026-11-27T10:00:00Z",
    stepId: "x",
    answerBy: "2026-12-01",
    method: "online",
    days: 90,
  };
  const variants: readonly Facts[] = [full, { ...full, method: "counter" }, { ...full, method: "post" }, {}];
  test.each(NOTICE_KINDS)("of %s are there in both languages, with every blank filled", (kind) => {
    const params = { reference: "a", code: "b", due: "c", day: "d", step: "e", days: 1, answerBy: "f" };
    for (const facts of variants)
      for (const language of ["vi", "en"] as const)
        for (const part of ["title", "text"] as const) {
          const key = `notifications.notice.${wordingOf(kind, facts)}.${part}` as const;
          const text = texts[language](key, params);
          expect(text).not.toBe(key);
          expect(text).not.toContain("{{");
        }
  });

  test.each<[NoticeKind, Facts, string]>([
    ["accepted", { dueAt: "2026-11-27T10:00:00Z" }, "accepted"],
    ["accepted", { dueAt: null }, "accepted_undated"],
    ["supplement", { answerBy: null }, "supplement_undated"],
    ["completed", { method: "post" }, "completed_post"],
    ["completed", {}, "completed_counter"],
    ["delivered", { method: "online" }, "delivered_online"],
  ])("of %s with %j are %s", (kind, facts, wording) => {
    expect(wordingOf(kind, facts)).toBe(wording);
  });

  test("a dossier without a code is named by its reference, and at its filing always", () => {
    const dossier = { reference: "REF", code: null, returnMethod: "post" };
    expect(factsOf({ type: "dossier.declined", payload: {}, dossier })).toMatchObject({ reference: "REF", code: null });
    expect(factsOf({ type: "dossier.submitted", payload: {}, dossier: { ...dossier, code: "C" } })).toEqual({
      reference: "REF",
    });
    expect(factsOf({ type: "dossier.completed", payload: {}, dossier: { ...dossier, code: "C" } })).toMatchObject({
      code: "C",
      reference: null,
      method: "post",
    });
  });

  test("a moved dossier stands at the step that leads, not at one that is only asked", () => {
    const opened = [
      { runId: "1", stepId: "asked", lead: false },
      { runId: "2", stepId: "leads", lead: true },
    ];
    const dossier = { reference: "REF", code: "C", returnMethod: "post" };
    expect(factsOf({ type: "step.advanced", payload: { opened }, dossier }).stepId).toBe("leads");
  });
});

describe("what becomes of a mail", () => {
  const at = new Date("2026-11-23T02:00:00Z");
  const days = (n: number) => new Date(at.getTime() + n * 86_400_000);
  test.each([
    [{ hasAddress: true, isWanted: true, now: days(0) }, "waiting"],
    [{ hasAddress: true, isWanted: true, now: days(6.9) }, "waiting"],
    [{ hasAddress: true, isWanted: true, now: days(7) }, "too_late"],
    [{ hasAddress: true, isWanted: false, now: days(0) }, "unwanted"],
    [{ hasAddress: false, isWanted: true, now: days(0) }, "no_address"],
  ])("%j: %s", (notice, mail) => {
    expect(mailFor({ ...notice, at })).toBe(mail);
  });

  test("citizens and officers choose among their own kinds, and every kind is somebody's", () => {
    expect([...kindsFor("citizen"), ...kindsFor("officer")].sort()).toEqual([...NOTICE_KINDS].sort());
  });
});

describe("addresses", () => {
  test.each(["lan@example.com", "nguyen.thi.lan+hoso@mail.example.vn", `${"a".repeat(64)}@example.com`])(
    "%s is one",
    (text) => {
      expect(isMailAddress(text)).toBe(true);
    },
  );
  test.each([
    "",
    "lan",
    "lan@localhost",
    "lan @example.com",
    "lan@example.com, other@example.com",
    "lan@example.com\r\nBcc: other@example.com",
    "<lan@example.com>",
    "lan@exa_mple.com",
    "lan@-example.com",
    ".lan@example.com",
    "lan..x@example.com",
    `${"a".repeat(65)}@example.com`,
    `lan@${"a.".repeat(130)}vn`,
    "lần@example.com",
  ])("%j is none", (text) => {
    expect(isMailAddress(text)).toBe(false);
  });

  test.each([
    ["a@example.vn", { name: "", address: "a@example.vn" }],
    ["Cổng dịch vụ công <a@example.vn>", { name: "Cổng dịch vụ công", address: "a@example.vn" }],
    ["Cổng\r\nBcc: b@example.vn <a@example.vn>", null],
    ["a@example.vn, b@example.vn", null],
    ["Cổng <a>", null],
  ])("the sender %j", (text, sender) => {
    expect(readSender(text)).toEqual(sender);
  });
});

describe("configuration", () => {
  const base = { DATABASE_URL: "postgresql://a@b/c" };
  const said = (more: Record<string, string>): string => {
    try {
      readConfig({ ...base, ...more });
    } catch (error) {
      if (error instanceof ConfigError) return error.message;
    }
    return "";
  };
  test("without SMTP_URL no mail is sent", () => {
    expect(readConfig(base).mail).toBeNull();
    expect(readConfig({ ...base, SMTP_URL: "", MAIL_FROM: "a@example.vn" }).mail).toBeNull();
  });
  test("with both, mails go out", () => {
    expect(readConfig({ ...base, SMTP_URL: "smtps://u:p@mail:465", MAIL_FROM: "Cổng <a@example.vn>" }).mail).toEqual({
      url: "smtps://u:p@mail:465",
      from: { name: "Cổng", address: "a@example.vn" },
    });
  });
  test.each([
    [{ SMTP_URL: "http://mail", MAIL_FROM: "a@example.vn" }, /SMTP_URL: .*smtp:\/\/.*hidden/],
    [{ SMTP_URL: "smtp://", MAIL_FROM: "a@example.vn" }, /SMTP_URL: /],
    [{ SMTP_URL: "smtp://mail" }, /MAIL_FROM: .*required with SMTP_URL/],
    [{ MAIL_FROM: "not an address" }, /MAIL_FROM: .*must be a mail address.*not an address/],
  ])("%j stops the start in words", (more, words) => {
    expect(said(more as unknown as Record<string, string>)).toMatch(words);
  });
  test("a password in SMTP_URL is not repeated", () => {
    expect(said({ SMTP_URL: "ftp://u:secret@mail", MAIL_FROM: "a@example.vn" })).not.toContain("secret");
  });
});
