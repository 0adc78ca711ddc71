import { Readable } from "node:stream";
import { beforeAll, describe, expect, test } from "vitest";
import { createCitizen } from "#accounts/index.ts";
import { beginDraft, fillDraft, typedAnswers, typedApplicant } from "#dev/browse/fill.ts";
import { DEMO_PASSWORD, demoCitizens, demoOfficers } from "#dev/demo.ts";
import { samplePdf } from "#dev/sample-files.ts";
import { findCurrentVersion } from "#procedures/index.ts";
import { type ListedRoute, listRoutes, startTestApp, type TestApp } from "./support/app.ts";
import type { Client } from "./support/client.ts";
import { provinceDatabase } from "./support/province.ts";

const BIRTH = "1.001193";
const NOBODY = "00000000-0000-7000-8000-000000000000";

let portal: TestApp;
let routes: ListedRoute[];
/** What stands for the parameters of a route: things of Lan's that are really there. */
let things: Record<
  | "draft"
  | "draftFile"
  | "upload"
  | "reference"
  | "dossier"
  | "file"
  | "paper"
  | "result"
  | "agency"
  | "company"
  | "member",
  string
>;
let people: Record<"lan" | "desk" | "leader" | "admin" | "foreignCitizen" | "sameId" | "foreignOfficer", Client>;

const sample = {
  today: "2026-11-22",
  provinceCode: "20",
  communeCode: "05977",
  communeName: "phường Đông Kinh",
  number: 3,
};

async function fill(lan: Client) {
  const version = await findCurrentVersion(portal.system(), BIRTH);
  if (!version) throw new Error("the seed lacks the registration of births");
  const first = await beginDraft(await lan.get(`/thu-tuc/${BIRTH}/nop-ho-so`), "Đông Kinh");
  const check = await fillDraft(first, { ...typedAnswers(version.definition, sample), ...typedApplicant(sample) });
  return { check, draftId: /ban-nhap\/([^/]+)/.exec(check.path)?.[1] ?? "" };
}

beforeAll(async () => {
  portal = await startTestApp({ database: await provinceDatabase() });
  routes = listRoutes(portal.app);
  const { personalId } = demoCitizens.lan;
  await createCitizen(portal.system(), {
    fullName: "Trần Văn Khác",
    phone: "0912999999",
    password: DEMO_PASSWORD,
    personalId,
  });
  const sign = (name: string) => portal.signIn(name, DEMO_PASSWORD);
  people = {
    lan: await sign(demoCitizens.lan.phone),
    foreignCitizen: await sign(demoCitizens.mui.phone),
    sameId: await sign("0912999999"),
    desk: await sign(demoOfficers.dongKinhDesk.username),
    leader: await sign(demoOfficers.dongKinhLeader.username),
    foreignOfficer: await sign(demoOfficers.huuLungDesk.username),
    admin: await sign("quantri"),
  };
  const filed = await (await fill(people.lan)).check.submit("Nộp hồ sơ");
  const reference = /ho-so\/([A-Z0-9]+)/.exec(filed.path)?.[1] ?? "";
  const dossier = await portal.db.dossier.findUniqueOrThrow({ where: { reference }, include: { attachments: true } });
  const page = await people.desk.get(`/mot-cua/ho-so/${dossier.id}`);
  const accepted = await page.submit("Tiếp nhận hồ sơ");
  const staged = await portal.files.stage(Readable.from([samplePdf("Kết quả")]), 1_000_000);
  if (!staged) throw new Error("a sample is larger than it may be");
  const result = await portal.db.result.create({
    data: {
      dossierId: dossier.id,
      title: "Giấy khai sinh",
      issuerAgencyId: dossier.receivingAgencyId,
      fileName: "a.pdf",
      mediaType: "application/pdf",
      size: staged.size,
      storageKey: await portal.files.keep(staged),
      createdAt: new Date(),
    },
  });
  const drawn = await portal.files.write(new Uint8Array([137, 80, 78, 71]));
  await portal.db.receiptSignature.create({
    data: {
      dossierId: dossier.id,
      sha256: "0".repeat(64),
      size: 4,
      storageKey: drawn,
      takenById: dossier.id,
      at: new Date(),
    },
  });
  const { draftId } = await fill(people.lan);
  const draftFile = await portal.db.attachment.findFirstOrThrow({ where: { draftId } });
  const upload = await portal.db.partialUpload.create({
    data: {
      draftId,
      control: "tep.birthProof",
      name: "a.pdf",
      size: 10,
      place: await portal.files.partials.begin(),
      createdAt: new Date(),
    },
  });
  const at = new Date();
  const accountOf = async (username: string) => (await portal.db.account.findUniqueOrThrow({ where: { username } })).id;
  // Of Lan's company, which another citizen belonged to and left.
  const part = { role: "representative" as const, createdAt: at, joinedAt: at };
  const company = await portal.db.company.create({
    data: {
      taxCode: "4900777124",
      name: "Công ty Xứ Lạng",
      createdAt: at,
      members: {
        create: [
          { ...part, accountId: await accountOf(demoCitizens.lan.phone) },
          { ...part, accountId: await accountOf(demoCitizens.mui.phone), endedAt: at },
        ],
      },
    },
    include: { members: { where: { endedAt: null } } },
  });
  things = {
    company: company.id,
    member: company.members[0]?.id ?? "",
    draft: draftId,
    draftFile: draftFile.id,
    upload: upload.id,
    reference,
    dossier: dossier.id,
    file: dossier.attachments[0]?.id ?? "",
    paper: /giay-to\/([0-9a-f-]{36})/.exec(accepted.link(/In giấy tiếp nhận/))?.[1] ?? "",
    result: result.id,
    agency: dossier.receivingAgencyId,
  };
}, 90_000);

/** Everything in an address that belongs to somebody: what really stands there, and who may see it. */
const OWNED: readonly { at: RegExp; address: (path: string) => string; of: "lan" | "desk" | "leader" | "admin" }[] = [
  {
    at: /^\/ca-nhan\/ban-nhap\//,
    of: "lan",
    address: (path) => put(path, { id: things.draft, fileId: things.draftFile, upload: things.upload, page: "tre" }),
  },
  {
    at: /^\/ca-nhan\/ho-so\//,
    of: "lan",
    address: (path) => put(path, { reference: things.reference, fileId: things.file }),
  },
  {
    at: /^\/ca-nhan\/to-chuc\/:id/,
    of: "lan",
    address: (path) => put(path, { id: things.company, member: things.member }),
  },
  { at: /^\/ca-nhan\/giay-to\//, of: "lan", address: (path) => put(path, { id: things.paper }) },
  {
    at: /^\/mot-cua\/ho-so\/:id\/(bo-)?han-che$/,
    of: "leader",
    address: (path) => put(path, { id: things.dossier }),
  },
  {
    at: /^\/mot-cua\/(ho-so|tiep-nhan\/xong)\//,
    of: "desk",
    address: (path) => put(path, { id: things.dossier, fileId: things.file }),
  },
  { at: /^\/mot-cua\/giay-to\//, of: "desk", address: (path) => put(path, { id: things.paper }) },
];
/** Addresses whose parameter is nobody's: public words, one-time tokens, lists that everybody of the territory reads. */
const NOBODYS = [
  /^\/thu-tuc\/(:code|linh-vuc\/:sector)/,
  /^\/(kich-hoat|xac-minh)\/:token$/,
  /^\/ngon-ngu\/:language$/,
  /^\/giao-dien\/:look$/,
  /^\/don-vi-hanh-chinh\/:province$/,
  /^\/mot-cua\/tiep-nhan\/:code$/,
  // Whichever desk the representative comes to; who sits at none is refused (tests/companies).
  /^\/mot-cua\/to-chuc\/:id/,
  /^\/thong-bao\/:id$/,
  /^\/xep-hang\/(:hall|so\/:code)(\/|$)/,
  /^\/quan-tri\//,
];
/** A person's own notices, saved lists, batches, tables and registers, results and papers to be ended: there are none here, so that any id is somebody else's. */
const NOTICES =
  /^\/(ca-nhan|mot-cua)\/(to-chuc\/loi-moi|thong-bao|danh-sach|hang-loat|nop-nhieu|phan-cong|vang-mat|dong-y|so-theo-doi|lap-ket-qua|thu-hoi-giay|sanh|lich-hen|lich-hen\/khoa-gio|tiep-nhan\/phieu-chung|ban-giao|tra-ket-qua|buu-chinh|thu-phi|bien-lai|chot-quy|so-hoa|du-lieu)\/:id/;

/** One's own second steps, devices and identities: a foreign one, like one that is not there, is none. */
const OWN_SECURITY = /^\/bao-mat\/(buoc-hai|thiet-bi|dinh-danh-dien-tu|to-chuc)\/:/;

function put(path: string, values: Record<string, string>): string {
  return path.replace(/:(\w+)/g, (_, name: string) => values[name] ?? "");
}
const isParametric = ({ path }: ListedRoute): boolean => path.includes(":");

describe("what belongs to somebody does not exist for others", () => {
  test("every route with a parameter is known to this test", () => {
    const known = [...OWNED.map(({ at }) => at), ...NOBODYS, NOTICES, OWN_SECURITY];
    expect(routes.length).toBeGreaterThan(40);
    expect(routes.filter((route) => isParametric(route) && !known.some((at) => at.test(route.path)))).toEqual([]);
  });

  test("the things are really there: whose they are sees each of them", async () => {
    for (const route of routes.filter(({ method, path }) => method === "GET" && path.includes(":"))) {
      const owned = OWNED.find(({ at }) => at.test(route.path));
      if (!owned) continue;
      const answer = await people[owned.of].get(owned.address(route.path));
      expect([route.path, answer.status]).toEqual([route.path, 200]);
    }
    expect((await people.desk.get(`/mot-cua/ho-so/${things.dossier}/tep/${things.result}`)).status).toBe(200);
  });

  test("a foreign citizen, one who declares the same personal id, and a foreign officer get 404 on each of them, and change nothing", {
    timeout: 120_000,
  }, async () => {
    const before = await snapshot();
    const tried: unknown[] = [];
    for (const route of routes.filter(isParametric)) {
      const owned = OWNED.find(({ at }) => at.test(route.path));
      if (!owned && !NOTICES.test(route.path) && !OWN_SECURITY.test(route.path)) continue;
      const address = owned?.address(route.path) ?? put(route.path, { id: NOBODY });
      const strangers = route.path.startsWith("/ca-nhan")
        ? (["foreignCitizen", "sameId"] as const)
        : (["foreignOfficer"] as const);
      for (const stranger of strangers) {
        const answer =
          route.method === "GET"
            ? await people[stranger].get(address)
            : await people[stranger].post(address, { version: "0", reason: "x", method: "counter" });
        tried.push([stranger, route.method, route.path, answer.status]);
      }
    }
    for (const path of [
      `/mot-cua/ho-so/${things.dossier}/tep/${things.result}`,
      `/mot-cua/ho-so/${things.dossier}/tep/${things.draftFile}`,
    ])
      expect((await people.foreignOfficer.get(path)).status).toBe(404);
    expect(tried.filter((one) => (one as unknown[])[3] !== 404)).toEqual([]);
    expect(tried.length).toBeGreaterThan(20);
    expect(await snapshot()).toEqual(before);
  });

  test("territories are closed to those who have no business there", async () => {
    for (const [who, path] of [
      ["lan", "/mot-cua"],
      ["lan", "/quan-tri"],
      ["desk", "/quan-tri"],
      ["desk", "/ca-nhan"],
      ["admin", "/mot-cua"],
    ] as const)
      expect([who, path, (await people[who].get(path)).status]).toEqual([who, path, 403]);
    expect((await portal.client().get(`/ca-nhan/ho-so/${things.reference}`)).path).toMatch(/^\/dang-nhap/);
  });
});

const snapshot = async () => ({
  dossiers: await portal.db.dossier.findMany({ orderBy: { id: "asc" } }),
  drafts: await portal.db.draft.findMany({ orderBy: { id: "asc" } }),
  files: await portal.db.attachment.count(),
  events: await portal.db.dossierEvent.count(),
  companies: await portal.db.company.findMany({ include: { members: { orderBy: { id: "asc" } } } }),
});

describe("garbage is answered, never a bug", () => {
  const GARBAGE = ["x", NOBODY, "%27%22%3C%3E", "..%2F..%2Fetc%2Fpasswd", "%E1%BB%87".repeat(200), "-1", "null"];
  const BODIES: Record<string, string | string[]>[] = [
    {},
    { version: "999999999999999999", run: "'", outcome: "x".repeat(5000), assignee: "[]", id: NOBODY },
    {
      version: ["1", "2"],
      note: ["a", "b"],
      username: ["a"],
      "birthDate.day": "x",
      fullName: "\ud800",
      agency: "{}",
      method: "\u0000".replace("\0", "?"),
    },
  ];

  const HOMES = [
    ["lan", "/ca-nhan"],
    ["desk", "/mot-cua"],
    ["admin", "/quan-tri"],
  ] as const;
  const ODD_ADDRESSES = GARBAGE.map((value) => [value, {}] as const);
  /** Every odd address with an empty form, and every odd form at one odd address. */
  const KNOCKS = [...ODD_ADDRESSES, ...BODIES.slice(1).map((body) => [GARBAGE[0] as string, body] as const)];

  test("every route, with every kind of account", { timeout: 120_000 }, async () => {
    const bad: unknown[] = [];
    for (const [who, home] of HOMES) {
      for (const { method, path } of routes) {
        if (path === "/dang-xuat" || path === "/readyz") continue;
        // Behind a closed door one knock is enough.
        const isForeign = HOMES.some(([, other]) => other !== home && path.startsWith(other));
        for (const [value, body] of isForeign ? KNOCKS.slice(0, 1) : method === "GET" ? ODD_ADDRESSES : KNOCKS) {
          if (!path.includes(":") && value !== GARBAGE[0]) continue;
          const address =
            path.replace(/:\w+/g, value) +
            (method === "GET" ? `?q=${GARBAGE[2]}&trang=-1&sau=${GARBAGE[3]}&muc=x&truoc=%27&ma=${value}` : "");
          const answer = method === "GET" ? await people[who].get(address) : await people[who].post(address, body);
          if (answer.status >= 500) bad.push([who, method, address.slice(0, 120), answer.status]);
        }
      }
    }
    expect(bad).toEqual([]);
    expect(portal.logged.filter(({ msg }) => msg === "bug")).toEqual([]);
  });
});
