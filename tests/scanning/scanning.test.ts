import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { strToU8, unzipSync, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createPool } from "#platform/db.ts";
import { createClamav, ScannerAway, Unscannable } from "#platform/scanner.ts";
import { mayHave, SCAN_JOB, withheldAs } from "#platform/scanning.ts";
import { findScanning, scanningBanner, scanningJobs, scanWaiting } from "#scanning/index.ts";
import { filesUnder } from "../../src/dev/project.mjs";
import { createTexts } from "../../src/texts.ts";
import { begin, file, fillAll, home, startPortal } from "../filing/people.ts";
import { type Clamd, EICAR, scannerTest, startClamd } from "../support/clamd.ts";
import type { Client, Upload } from "../support/client.ts";

const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const types = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="${DOCX}.main+xml"/></Types>`;
/** A Word file as far as anybody looks, with something beside its text. */
const wordFile = (more: Record<string, Uint8Array>): Buffer =>
  Buffer.from(
    zipSync({ "[Content_Types].xml": strToU8(types), "word/document.xml": strToU8("<w:document/>"), ...more }),
  );
const pdfWith = (attached: string): Buffer =>
  Buffer.from(
    `%PDF-1.7\n1 0 obj\n<</Type/Catalog/Names<</EmbeddedFiles<</Names[(a.com) 2 0 R]>>>>>>\nendobj\n2 0 obj\n<</Type/Filespec/F(a.com)/EF<</F 3 0 R>>>>\nendobj\n3 0 obj\n<</Type/EmbeddedFile/Length ${attached.length}>>\nstream\n${attached}\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n`,
  );
const paper = (content: Buffer, name = "Giấy chứng sinh.docx"): Upload => ({ name, type: DOCX, content });
const INFECTED = paper(wordFile({ "word/media/image1.png": strToU8(EICAR) }));
const CLEAN = paper(wordFile({}));

const clamd: Clamd = await startClamd();
const { portal, lan } = await startPortal({ scanner: clamd.scanner });
const owner = createPool(portal.ownerUrl, 1);
afterAll(() => owner.end());
let commune: string;
let agencyId: string;
let officer: Client;

beforeAll(async () => {
  ({ commune, agencyId } = await home(portal));
  const { createOfficer } = await import("#accounts/index.ts");
  const agency = await portal.db.agency.findUniqueOrThrow({ where: { id: agencyId } });
  await createOfficer(portal.system(), {
    username: "mot.cua",
    displayName: "Lý Thị Hoa",
    password: "con trâu đi trước",
    postings: [{ agency: agency.identifier, role: "desk" }],
  });
  const { createAdmin } = await import("#accounts/index.ts");
  const { accountId } = await createAdmin(portal.system(), {
    username: "quan.tri",
    displayName: "Nông Quốc Chấn",
    password: "con trâu đi trước",
  });
  await portal.db.account.update({ where: { id: accountId }, data: { email: "quan.tri@example.vn" } });
  await portal.db.account.update({ where: { username: "mot.cua" }, data: { mustChangePassword: false } });
  officer = await portal.signIn("mot.cua", "con trâu đi trước");
});

const scan = () => scanWaiting({ ...portal.system(), scanner: clamd.scanner });
const filed = async (upload: Upload) => {
  const reference = await file(lan, agencyId, commune, { "giay-to": { "tep.birthProof": upload } });
  const dossier = await portal.db.dossier.findUniqueOrThrow({ where: { reference }, include: { attachments: true } });
  const [attachment] = dossier.attachments;
  if (!attachment) throw new Error("nothing was handed in");
  return {
    reference,
    id: dossier.id,
    fileId: attachment.id,
    own: `/ca-nhan/ho-so/${reference}/tep/${attachment.id}`,
    desk: `/mot-cua/ho-so/${dossier.id}/tep/${attachment.id}`,
  };
};
const statuses = async ({ own, desk }: { own: string; desk: string }) => [
  (await lan.get(own)).status,
  (await officer.get(desk)).status,
];

describe("ClamAV's daemon", () => {
  scannerTest.each([
    ["plain", Buffer.from(EICAR)],
    ["in an archive", INFECTED.content as Buffer],
    ["attached to a PDF", pdfWith(EICAR)],
  ])("finds malware that comes %s", async (_how, bytes) => {
    expect(await clamd.scanner.scan(Readable.from([bytes]))).toMatch(/^Local\.Eicar/);
  });
  scannerTest("finds nothing in an honest file", async () => {
    expect(await clamd.scanner.scan(Readable.from([CLEAN.content as Buffer, Buffer.alloc(100_000)]))).toBeNull();
  });
  scannerTest("does not call clean what is too large for it to look through", async () => {
    const large = Readable.from(Array.from({ length: 24 }, () => randomBytes(1024 * 1024)));
    await expect(clamd.scanner.scan(large)).rejects.toBeInstanceOf(Unscannable);
  });
  test("that is not there gives no verdict", async () => {
    const nobody = createClamav({ path: "/nowhere/clamd.ctl" });
    await expect(nobody.scan(Readable.from([Buffer.from("x")]))).rejects.toBeInstanceOf(ScannerAway);
    await expect(nobody.version()).rejects.toBeInstanceOf(ScannerAway);
  });
});

test.each([
  ["clean", true, null],
  ["pending", true, "pending"],
  ["none", true, "pending"],
  ["failed", true, "failed"],
  ["infected", true, "infected"],
  ["none", false, null],
  ["pending", false, null],
  ["infected", false, "infected"],
] as const)("a file that is %s, with a scanner: %s, is withheld as %s", (state, isScanning, withheld) => {
  expect(withheldAs(state, isScanning)).toBe(withheld);
  expect(mayHave(isScanning ? { scanner: clamd.scanner } : {}, { scanState: state })).toBe(withheld === null);
});

scannerTest("a dossier is filed before its file was looked through, and nobody has the file until it was", async () => {
  const dossier = await filed(CLEAN);
  expect(await statuses(dossier)).toEqual([409, 409]);
  expect((await officer.get(`/mot-cua/ho-so/${dossier.id}`)).text).toContain("đang chờ quét mã độc");
  await scan();
  expect(await statuses(dossier)).toEqual([200, 200]);
  expect((await officer.get(`/mot-cua/ho-so/${dossier.id}`)).text).not.toContain("quét mã độc");
});

scannerTest("nobody ever has a file with malware; the officer sees it, the applicant is told what to do", async () => {
  const dossier = await filed(INFECTED);
  await scan();
  expect(await statuses(dossier)).toEqual([403, 403]);
  expect((await officer.get(`/mot-cua/ho-so/${dossier.id}`)).text).toContain("có mã độc");
  expect((await lan.get(`/ca-nhan/ho-so/${dossier.reference}`)).text).toContain("Hãy quét vi-rút máy của bạn");
  expect((await lan.get("/ca-nhan/thong-bao")).text).toContain("Có tệp mang mã độc trong giấy tờ bạn gửi");
  const whole = await fetch(`${portal.base}/ca-nhan/ho-so/${dossier.reference}/tai-toan-bo`, {
    headers: { cookie: [...lan.cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
  });
  const names = Object.keys(unzipSync(new Uint8Array(await whole.arrayBuffer())));
  expect(names.filter((name) => name.endsWith(".docx"))).toEqual([]);
  await scan();
  expect(await portal.db.notification.count({ where: { kind: "file_infected", dossierId: dossier.id } })).toBe(1);
});

scannerTest("a draft whose file has malware is filed only after the file was replaced", async () => {
  const check = await fillAll(await begin(lan, agencyId), commune, { "giay-to": { "tep.birthProof": INFECTED } });
  await scan();
  const refused = await check.submit("Nộp hồ sơ");
  expect(refused.path).not.toContain("/ca-nhan/ho-so/");
  const papers = await lan.get(check.path.replace("kiem-tra", "giay-to"));
  expect(papers.text).toContain("rồi thay tệp này");
});

scannerTest("a scanner that is down keeps nobody from filing, lets no file through, and alarms", async () => {
  await clamd.stop();
  const dossier = await filed(CLEAN);
  await expect(scan()).rejects.toBeInstanceOf(ScannerAway);
  expect(await statuses(dossier)).toEqual([409, 409]);
  const { scanner } = clamd;
  expect(await findScanning({ ...portal.system(), scanner })).toMatchObject({ isOn: true, waiting: 1, isLate: false });
  const later = new Date(portal.system().now.getTime() + 11 * 60_000);
  const late = await findScanning({ ...portal.system(later), scanner });
  expect(scanningBanner(late, createTexts().vi)?.text).toContain("Bộ quét mã độc không trả lời: 1 tệp");
  const told = async (at: Date) => {
    const jobs = scanningJobs({ ...portal, scanner }, () => at);
    await expect(jobs[SCAN_JOB]({})).rejects.toBeInstanceOf(ScannerAway);
    const { rows } = await owner.query<{ to: string }>(
      `SELECT j.payload->>'to' AS to FROM graphile_worker._private_jobs j
       JOIN graphile_worker._private_tasks t ON t.id = j.task_id
       WHERE t.identifier = 'accounts.tell' AND j.payload->>'about' = 'scanner'`,
    );
    return rows.map(({ to }) => to);
  };
  expect(await told(portal.system().now)).toEqual([]);
  expect(await told(later)).toEqual(["quan.tri@example.vn"]);
  expect(await told(new Date(later.getTime() + 3_600_000))).toEqual(["quan.tri@example.vn"]);
  await clamd.start();
  await scanningJobs({ ...portal, scanner }, () => later)[SCAN_JOB]({});
  expect(await statuses(dossier)).toEqual([200, 200]);
  expect(await portal.db.setting.count({ where: { key: "scanning.outage" } })).toBe(0);
});

scannerTest("a file that cannot be looked through is tried again, then failed, and never let through", async () => {
  const { fileId, ...dossier } = await filed(CLEAN);
  const stuck = { ...clamd.scanner, scan: () => Promise.reject(new Unscannable("too large")) };
  for (const minutes of [0, 3, 8, 17])
    await scanWaiting({ ...portal.system(new Date(Date.now() + minutes * 60_000)), scanner: stuck });
  const row = await portal.db.attachment.findUniqueOrThrow({ where: { id: fileId } });
  expect(row).toMatchObject({ scanState: "failed", scanTries: 4 });
  expect(await statuses(dossier)).toEqual([409, 409]);
  await scanWaiting({ ...portal.system(new Date(Date.now() + 3_600_000)), scanner: clamd.scanner });
  expect(await statuses(dossier)).toEqual([200, 200]);
});

scannerTest("a scanner that is stopped in the middle of a file has it again as soon as it is back", async () => {
  const dossier = await filed(CLEAN);
  const scan = vi.spyOn(clamd.scanner, "scan");
  scan.mockRejectedValueOnce(new Unscannable("the scanner hung up")).mockRejectedValueOnce(new ScannerAway("gone"));
  await expect(scanWaiting({ ...portal.system(), scanner: clamd.scanner })).rejects.toBeInstanceOf(ScannerAway);
  await scanWaiting({ ...portal.system(), scanner: clamd.scanner });
  scan.mockRestore();
  expect(await statuses(dossier)).toEqual([200, 200]);
});

test("what people handed in is opened in one place, which asks whether they may have it", () => {
  /** Copies that become files of their own and wait for the scanner, papers of the portal's own making, checksums, the scanner. */
  const others = [
    "src/platform/scanning.ts",
    "src/scanning/actions.ts",
    "src/filing/actions/files.ts",
    "src/desk/actions.ts",
    "src/documents/actions/print.ts",
    "src/documents/actions/stored.ts",
    "src/ops/backup/take.ts",
    "src/ops/doctor/machine.ts",
    "src/privacy/routes.ts",
    // What was signed on the desk's own screen, and what the desk's own scanner laid down.
    "src/desk/routes/signing.ts",
    "src/digitising/",
    "src/documents/routes/officers.ts",
    "src/documents/queries/verify.ts",
  ];
  const opening = filesUnder("src").filter(
    (path: string) =>
      path.endsWith(".ts") && !path.includes("/src/dev/") && /\bfiles\.open\(/.test(readFileSync(path, "utf8")),
  );
  expect(opening.length).toBeGreaterThan(5);
  expect(opening.filter((path: string) => !others.some((one) => path.includes(one)))).toEqual([]);
});
