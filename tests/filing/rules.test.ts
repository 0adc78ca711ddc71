import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ProcedureDefinition } from "#procedures/index.ts";
import {
  applicantOf,
  authorizedBy,
  contentOf,
  type DraftContent,
  emptyContent,
  keepable,
  mayAskPapers,
  missingPapers,
  ownerOf,
  pageAfter,
  pageBefore,
  papersOf,
  prefilled,
  slugOf,
  waysOf,
  withPage,
  wizardPages,
} from "../../src/filing/rules.ts";
import { context } from "../procedures/rules/context.ts";

const seeded = (code: string): ProcedureDefinition =>
  ProcedureDefinition.parse(
    JSON.parse(readFileSync(join(import.meta.dirname, `../../prisma/seed/procedures/${code}.json`), "utf8")),
  );
const birth = seeded("1.001193");
const withAnswers = (form: DraftContent["form"], applicant: DraftContent["applicant"] = {}): DraftContent => ({
  ...emptyContent,
  form,
  applicant,
});
const slugs = (definition: ProcedureDefinition, content: DraftContent): string[] =>
  wizardPages(definition, null, content).map(({ slug }) => slug);
const usual = { childSituation: "usual", birthProofKind: "certificate" };

describe("first answers about a parent", () => {
  const lan = {
    fullName: "Nguyễn Thị Lan",
    personalId: "020190000101",
    birthDate: "1990-03-27",
    gender: "female",
    phone: null,
    email: null,
    communeCode: null,
    addressLine: null,
  };
  const about = (page: string, relation: string) => {
    const asked = birth.form.pages.find(({ id }) => id === page);
    if (!asked) throw new Error(`no page ${page}`);
    const applicant = { fullName: "Nguyễn Thị Lan Hương" };
    return prefilled(asked, { known: lan, applicant, form: { relation }, earlier: [] }, context);
  };

  test.each([
    ["nguoi-me", "mother", "motherName"],
    ["nguoi-cha", "father", "fatherName"],
  ])("on %s are the applicant's own when they file as the %s", (page, relation, field) => {
    const { answers, sources } = about(page, relation);
    const who = field.replace("Name", "");
    expect(answers).toMatchObject({
      [field]: "Nguyễn Thị Lan Hương",
      [`${who}BirthDate`]: "1990-03-27",
      [`${who}PersonalId`]: "020190000101",
    });
    // What stands on an earlier page of this draft goes before what the account says.
    expect([sources[field]?.kind, sources[`${who}BirthDate`]?.kind]).toEqual(["draft", "account"]);
  });

  test.each([
    ["nguoi-me", "father"],
    ["nguoi-cha", "mother"],
    ["nguoi-me", "grandparent"],
    ["nguoi-me", "proxy"],
  ])("on %s are nobody else's when a %s files", (page, relation) => {
    expect(about(page, relation).answers).toEqual({});
  });
});

describe("the pages of a draft", () => {
  test("are the applicant's, those that the answers call for, papers and check, in this order", () => {
    const all = slugs(birth, withAnswers({ ...usual, fatherDeclared: true }));
    expect(all[0]).toBe("nguoi-nop");
    expect(all.slice(-2)).toEqual(["giay-to", "kiem-tra"]);
    expect(all).toContain("nguoi-cha");
    expect(slugs(birth, withAnswers({ ...usual, fatherDeclared: false }))).not.toContain("nguoi-cha");
  });

  test("leave out what there is nothing to ask about", () => {
    const bare = { ...birth, requirements: [] };
    expect(slugs(bare, withAnswers(usual)).slice(-1)).toEqual(["kiem-tra"]);
    expect(slugs(bare, withAnswers(usual))).not.toContain("giay-to");
  });

  test("a page of a form never takes the address of another page", () => {
    for (const taken of ["nguoi-nop", "giay-to", "kiem-tra", "xoa", "tep"])
      expect(slugOf(taken)).toBe(`to-khai-${taken}`);
    expect(slugOf("tre")).toBe("tre");
  });

  test("may still come to ask for papers until the pages that could call for them are done", () => {
    const asked = wizardPages(birth, null, withAnswers(usual)).map(({ slug }) => slug);
    const noProxy = { ...birth, filedFor: { proxy: false } };
    const bare = { ...noProxy, requirements: [] };
    const at = (definition: ProcedureDefinition, done: readonly string[]) =>
      mayAskPapers(definition, { caseId: null, content: { ...withAnswers(usual), done } });
    expect([at(birth, []), at(noProxy, []), at(bare, []), at({ ...bare, filedFor: {} }, [])]).toEqual([
      true,
      true,
      false,
      true,
    ]);
    expect([at(birth, asked), at(noProxy, asked.slice(0, 1))]).toEqual([false, true]);
  });

  test("follow one another; after the last comes the check", () => {
    const pages = wizardPages(birth, null, withAnswers(usual));
    expect([pageBefore(pages, "nguoi-nop"), pageAfter(pages, "nguoi-nop")]).toEqual([null, "tre"]);
    expect(pageAfter(pages, "giay-to")).toBe("kiem-tra");
    expect(pageAfter(pages, "hidden-by-now")).toBe("kiem-tra");
  });
});

describe("what a save keeps", () => {
  test("texts, without buttons, without what the database cannot hold", () => {
    const typed = {
      version: "3",
      viec: "tiep",
      "add:members": "1",
      "list:address": "1",
      name: "L\0an\ud800",
      many: ["a", 1, "b\0"],
      odd: { a: 1 },
    };
    expect(keepable(typed)).toEqual({ name: "Lan", many: ["a", "b"] });
  });

  test("a wrong page is kept as typed and is not done; once right, what was typed is forgotten", () => {
    const wrong = withPage(
      { ...emptyContent, done: ["tre"], carriedOver: true },
      "tre",
      { form: { a: 1 } },
      { childName: "1" },
    );
    expect(wrong).toMatchObject({ typed: { tre: { childName: "1" } }, done: [], form: { a: 1 }, carriedOver: false });
    const right = withPage(wrong, "tre", { form: { childName: "An" } }, null);
    expect(right).toMatchObject({ typed: {}, done: ["tre"], form: { childName: "An" } });
  });

  test.each([null, 1, "x", [], { applicant: 1, form: [], typed: { a: 1 }, done: ["a", 1], carriedOver: "yes" }])(
    "stored JSON of another shape counts as not filled in: %j",
    (stored) => {
      const { typed, done, ...content } = contentOf(stored);
      expect(content).toEqual({
        applicant: {},
        helper: {},
        form: {},
        carriedOver: false,
        renewal: null,
        savedBy: null,
      });
      expect(Object.values(typed)).toEqual(Object.values(typed).map(() => ({})));
      expect(done.every((page) => typeof page === "string")).toBe(true);
    },
  );
});

describe("papers", () => {
  const needed = (applicant: DraftContent["applicant"], definition = birth) =>
    papersOf(definition, null, withAnswers(usual, applicant)).uploads;
  test.each<[string, DraftContent["applicant"], boolean]>([
    ["oneself", { actingFor: "self" }, false],
    ["a neighbour", { actingFor: "other", principalRelationship: "other" }, true],
    ["husband or wife", { actingFor: "other", principalRelationship: "spouse" }, true],
    [
      "one's child under age, whose legal representative one is",
      { actingFor: "other", principalRelationship: "parent" },
      false,
    ],
    ["one's ward", { actingFor: "other", principalRelationship: "guardian" }, false],
    ["an organisation that one represents", { actingFor: "organization", organizationRole: "representative" }, false],
    ["an organisation that entrusted one with it", { actingFor: "organization", organizationRole: "mandated" }, true],
  ])("filing for %s: a written mandate is needed or not", (_whom, applicant, isNeeded) => {
    const forAll = { ...birth, subjects: ["Công dân Việt Nam", "Doanh nghiệp"] };
    expect(needed(applicant, forAll).some(({ id, required }) => id === "proxyPaper" && required)).toBe(isNeeded);
  });

  test("a procedure may free other relatives from the mandate, or nobody", () => {
    const spouse = { actingFor: "other", principalRelationship: "spouse" };
    const free = { ...birth, filedFor: { withoutMandate: ["spouse" as const] } };
    expect(needed(spouse, free).map(({ id }) => id)).not.toContain("proxyPaper");
    const parent = { actingFor: "other", principalRelationship: "parent" };
    expect(needed(parent, { ...birth, filedFor: { withoutMandate: [] } }).map(({ id }) => id)).toContain("proxyPaper");
  });

  test("the written authorisation is asked of whoever files for another, and of nobody else", () => {
    expect(needed({ actingFor: "self" }).map(({ id }) => id)).not.toContain("proxyPaper");
    expect(needed({ actingFor: "other" }).find(({ id }) => id === "proxyPaper")).toMatchObject({ required: true });
    const without = { ...birth, requirements: birth.requirements.filter(({ id }) => id !== "proxyPaper") };
    expect(needed({ actingFor: "other" }, without)[0]).toMatchObject({ id: "proxyPaper", required: true });
  });

  test("a paper that may follow later never stands in the way", () => {
    const later = { ...birth, requirements: birth.requirements.map((one) => ({ ...one, mayFollowLater: true })) };
    expect(missingPapers(needed({ actingFor: "self" }), []).map(({ id }) => id)).toEqual(["birthProof"]);
    expect(missingPapers(needed({ actingFor: "self" }, later), [])).toEqual([]);
    expect(missingPapers(needed({ actingFor: "self" }), [{ requirementId: "birthProof" }])).toEqual([]);
  });

  test("what is neither original nor copy is a note, nothing to upload", () => {
    const noted = { ...birth, requirements: birth.requirements.map((one) => ({ ...one, originals: 0, copies: 0 })) };
    const { uploads, notes } = papersOf(noted, null, withAnswers(usual, { actingFor: "self" }));
    expect([uploads.length, notes.length > 0]).toEqual([0, true]);
  });
});

describe("whose dossier it is", () => {
  const principal = {
    actingFor: "other",
    principalName: "Nguyễn Văn Ủy",
    principalPersonalId: "020060000111",
    principalBirthDate: "1960",
  };
  const own = { ...birth, owner: "applicant" as const };
  test.each([
    [
      "the person whom the form describes",
      birth,
      { actingFor: "self" },
      { childName: "An", childGender: "female" },
      { fullName: "An", gender: "female" },
    ],
    ["the applicant, who needs no second name", own, { actingFor: "self" }, {}, null],
    [
      "the person who authorised the applicant",
      own,
      principal,
      {},
      { fullName: "Nguyễn Văn Ủy", personalId: "020060000111", birthDate: "1960" },
    ],
  ])("%s", (_whose, definition, applicant, form, owner) => {
    const found = ownerOf(definition, applicant, form);
    if (owner === null) expect(found).toBeNull();
    else expect(found).toMatchObject(owner);
  });

  test("who authorised is not lost when the form describes a third person", () => {
    expect(authorizedBy(birth, principal, { childName: "An" })).toEqual({
      authorizedBy: { kind: "person", fullName: "Nguyễn Văn Ủy", personalId: "020060000111", birthDate: "1960" },
    });
    expect(authorizedBy(own, principal, {})).toEqual({});
  });

  const company = {
    fullName: "Trần Thị Kế Toán",
    actingFor: "organization",
    organizationName: "Công ty TNHH Xứ Lạng",
    organizationTaxCode: "4900777124",
    organizationRole: "mandated",
    organizationRepresentative: "Lý Văn Giám",
    organizationPosition: "Giám đốc",
  };
  test("an organisation owns what is filed for it, with who speaks for it", () => {
    const forAll = { ...own, subjects: ["Công dân Việt Nam", "Doanh nghiệp"] };
    const said = {
      kind: "organization",
      fullName: "Công ty TNHH Xứ Lạng",
      taxCode: "4900777124",
      position: "Giám đốc",
    };
    expect(ownerOf(forAll, company, {})).toMatchObject({ ...said, representative: "Lý Văn Giám" });
    const itself = { ...company, organizationRole: "representative", organizationRepresentative: "Ai khác" };
    expect(ownerOf(forAll, itself, {})).toMatchObject({ ...said, representative: "Trần Thị Kế Toán" });
  });

  test("nobody files for an organisation what only people may ask for, whatever was sent", () => {
    expect(waysOf(birth)).toEqual(["self", "other"]);
    expect(ownerOf({ ...birth, owner: "applicant" }, company, {})).toBeNull();
    expect(waysOf({ subjects: ["Doanh nghiệp", "Tổ chức nước ngoài"] })).toEqual(["organization"]);
    expect(waysOf({ subjects: ["Công dân Việt Nam"], filedFor: { proxy: false } })).toEqual(["self"]);
  });

  test("the applicant keeps the commune's code and the address as it was written", () => {
    const address = {
      provinceCode: "20",
      communeCode: "05977",
      line: "12",
      text: "12, Phường Đông Kinh, Tỉnh Lạng Sơn",
    };
    expect(applicantOf({ fullName: "Lan", phone: "0912000101", address })).toMatchObject({
      kind: "person",
      fullName: "Lan",
      phone: "0912000101",
      communeCode: "05977",
      address: address.text,
      email: null,
    });
  });
});
