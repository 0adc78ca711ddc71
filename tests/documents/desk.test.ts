import { chmodSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { parseCsv } from "hucre/csv";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { documentJobs, importResultForms, openPaper, printPaper, verifyPaper } from "#documents/index.ts";
import { endIssuedPaper, issueControlSlip, issueResult } from "#dossiers/index.ts";
import type { Context, Officer } from "#platform/context.ts";
import { createPool } from "#platform/db.ts";
import { createDiskStore } from "#platform/files-disk.ts";
import { prepareQueue } from "#platform/jobs.ts";
import { orderRegister, printTogether } from "../../src/documents/actions.ts";
import { registerCsv } from "../../src/documents/printing/register.ts";
import { findRegisterFile } from "../../src/documents/queries.ts";
import { testDatabase } from "../support/database.ts";
import { keep, rawTextOf, run, toolTest } from "./tools.ts";
import { addDossier, issue, makeWorld, paperOf, type World } from "./world.ts";

let world: World;
let leader: Context<Officer>;
let clerk: Context<Officer>;
const folder = mkdtempSync(join(tmpdir(), "desk-papers-"));

beforeAll(async () => {
  const database = await testDatabase();
  const owner = createPool(database.ownerUrl, 1);
  await prepareQueue(owner);
  await owner.end();
  world = await makeWorld({ db: database.db, files: createDiskStore(folder), publicUrl: "https://dvc.example.vn" });
  const as = (role: string): Context<Officer> => ({
    ...world.desk,
    actor: { ...world.desk.actor, postings: [{ agencyId: world.ward.id, unitId: null, role }] },
  });
  leader = as("leader");
  clerk = as("clerk");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("ending a paper", () => {
  test("a leader replaces it with a new number; who checks the old one is led to the new", async () => {
    const dossier = await addDossier(world);
    const old = await paperOf(world.db, await issue(world.desk, dossier));
    const { paperId } = await endIssuedPaper(leader, { paperId: old.id, reason: "Sai địa chỉ", replace: true });
    const next = await paperOf(world.db, paperId ?? "");
    expect([next.standing, next.number > old.number]).toEqual(["valid", true]);
    expect(await verifyPaper(world, old.token)).toMatchObject({
      standing: "replaced",
      successor: { token: next.token },
    });
    const events = await world.db.dossierEvent.findMany({ where: { dossierId: dossier } });
    expect(events.map(({ type }) => type)).toEqual(["paper.replaced"]);
    expect(JSON.stringify(events)).not.toContain("Sai địa chỉ");
  });

  test("a revoked paper stays revoked, and nobody but a leader of its agency may end one", async () => {
    const id = await issue(world.desk, await addDossier(world));
    const end = (ctx: Context<Officer>) => endIssuedPaper(ctx, { paperId: id, reason: "x", replace: false });
    await expect(end(world.desk)).rejects.toMatchObject({ status: 403 });
    await expect(end(world.elsewhere)).rejects.toMatchObject({ status: 404 });
    await end(leader);
    await expect(end(leader)).rejects.toMatchObject({ reason: "dossiers.refused.paperEnded" });
    expect(await verifyPaper(world, (await paperOf(world.db, id)).token)).toMatchObject({ standing: "revoked" });
  });

  test("a control slip made again replaces the one before, and the applicant never sees it", async () => {
    const dossier = await addDossier(world);
    const first = await issueControlSlip(world.desk, dossier);
    const second = await issueControlSlip(world.desk, dossier);
    expect(await paperOf(world.db, first.paperId)).toMatchObject({
      standing: "replaced",
      replacedById: second.paperId,
    });
    await expect(openPaper(world.applicant, second.paperId)).rejects.toMatchObject({ status: 404 });
    (await openPaper(world.desk, second.paperId)).stream.destroy();
  });
});

describe("a result from its template", () => {
  test("is numbered, drawn and kept with the dossier; made again, its draft and paper are replaced", async () => {
    await importResultForms(world, [
      {
        procedureCode: world.definition.code,
        from: "",
        title: "Trích lục khai sinh",
        basis: "x",
        symbol: "TLKS",
        content: {
          fields: [{ id: "name", label: "Họ và tên", required: true, long: false, row: true, sample: "x" }],
          opening: ["{{agencyName}} trích lục theo đề nghị của {{applicantName}}:"],
          closing: [],
          signerTitle: "CHỦ TỊCH",
        },
      },
    ]);
    const dossier = await addDossier(world);
    const step = world.definition.workflow.steps.find(({ needs }) => needs?.includes("result"));
    await world.db.stepRun.create({
      data: {
        dossierId: dossier,
        stepId: step?.id ?? "",
        lead: true,
        role: "clerk",
        agencyId: world.ward.id,
        openedAt: world.desk.now,
      },
    });
    const input = { dossierId: dossier, title: "Trích lục khai sinh", signerName: "Hoàng Văn Thụ" };
    const first = await issueResult(clerk, { ...input, values: { name: "Nguyễn Sai" } });
    const second = await issueResult(clerk, { ...input, values: { name: "Nguyễn Đúng" } });
    expect(await paperOf(world.db, first.paperId)).toMatchObject({
      standing: "replaced",
      replacedById: second.paperId,
    });
    expect(await world.db.result.findMany({ where: { dossierId: dossier } })).toMatchObject([
      { number: "02/TLKS", paperId: second.paperId, storageKey: null },
    ]);
    await documentJobs(world)["documents.print"]({ paperId: second.paperId });
    const [result] = await world.db.result.findMany({ where: { dossierId: dossier } });
    expect(result).toMatchObject({ mediaType: "application/pdf", fileName: expect.stringMatching(/^Trích lục/) });
    expect((await paperOf(world.db, second.paperId)).fileHashes).toEqual([result?.sha256]);
    // Nobody's but the officers' before it is handed over.
    await expect(openPaper(world.applicant, second.paperId)).rejects.toMatchObject({ status: 404 });
    const { token } = await paperOf(world.db, second.paperId);
    const revoke = () => endIssuedPaper(leader, { paperId: second.paperId, reason: "Cấp nhầm", replace: false });
    await expect(verifyPaper(world, token)).rejects.toMatchObject({ reason: "documents.verify.draft" });
    await expect(revoke()).rejects.toMatchObject({ reason: "dossiers.refused.paperEnded" });
    await world.db.result.updateMany({ where: { dossierId: dossier }, data: { state: "issued" } });
    expect(await verifyPaper(world, token)).toMatchObject({ standing: "valid" });
    await revoke();
    expect(await verifyPaper(world, token)).toMatchObject({ standing: "revoked" });
    expect(await world.db.result.findMany({ where: { dossierId: dossier } })).toMatchObject([{ state: "revoked" }]);
  });
});

toolTest(
  ["pdftotext", "pdfinfo"],
  "many papers are printed as one file, each on its own pages; another agency's among them is none",
  async () => {
    const dossiers = [await addDossier(world), await addDossier(world)];
    const ids = [await issue(world.desk, dossiers[0] ?? ""), await issue(world.desk, dossiers[1] ?? "")];
    await issueControlSlip(world.desk, dossiers[1] ?? "");
    const { stream, count } = await printTogether(world.desk, {
      paperIds: [ids[0] ?? ""],
      dossierIds: [dossiers[1] ?? ""],
    });
    expect(count).toBe(3);
    const path = keep(await buffer(stream));
    const text = rawTextOf(path);
    for (const id of ids) expect(text).toContain((await paperOf(world.db, id)).fingerprint);
    expect(text).toContain("PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ");
    // Of dossiers chosen in a list, those without papers, and those of others, add nothing.
    const chosen = { paperIds: [], dossierIds: [dossiers[0] ?? "", await addDossier(world)] };
    expect((await printTogether(world.desk, chosen)).count).toBe(1);
    await expect(printTogether(world.elsewhere, chosen)).rejects.toMatchObject({ reason: "documents.batch.none" });
    await expect(printTogether(world.elsewhere, { paperIds: ids, dossierIds: [] })).rejects.toMatchObject({
      status: 404,
    });
    await expect(
      printTogether(world.desk, { paperIds: Array.from({ length: 201 }, () => ids[0] ?? ""), dossierIds: [] }),
    ).rejects.toMatchObject({ reason: "documents.batch.tooMany" });
  },
);

toolTest(
  ["pdftotext", "pdfinfo", "unzip"],
  "the register is made as PDF, A4 landscape, and as a workbook, for who asked alone",
  async () => {
    const dossier = await addDossier(world, { agencyId: world.ward.id });
    const { code } = await world.db.dossier.findUniqueOrThrow({ where: { id: dossier } });
    const order = { agencyId: world.ward.id, firstDay: "2026-02-03", lastDay: "2026-02-03" };
    await expect(orderRegister(world.elsewhere, { ...order, format: "pdf" })).rejects.toMatchObject({ status: 403 });
    for (const format of ["pdf", "xlsx", "csv"] as const) {
      const { fileId } = await orderRegister(world.desk, { ...order, format });
      await documentJobs(world)["documents.register"]({ fileId });
      await documentJobs(world)["documents.register"]({ fileId });
      const { storageKey, rows } = await findRegisterFile(world.desk, fileId);
      expect(rows).toBe(await world.db.dossier.count({ where: { receivingAgencyId: world.ward.id } }));
      await expect(findRegisterFile(world.elsewhere, fileId)).rejects.toMatchObject({ status: 404 });
      const path = keep(await buffer(await world.files.open(storageKey)));
      const text = {
        pdf: () => rawTextOf(path).replace(/-\s/g, "-"),
        xlsx: () => run("unzip", "-p", path, "xl/worksheets/sheet1.xml"),
        csv: () => readFileSync(path, "utf8"),
      }[format]();
      expect(text).toContain("Nguyễn Thị Ánh Tuyết");
      expect(text).toContain(
        { pdf: "SỔ THEO DÕI HỒ SƠ", xlsx: `<t xml:space="preserve">${code}</t>`, csv: `,${code},` }[format],
      );
      expect(await world.db.registerFile.findUniqueOrThrow({ where: { id: fileId } })).toMatchObject({
        expected: rows,
      });
      if (format === "pdf") expect(run("pdfinfo", path)).toMatch(/Page size: +841\.89 x 595\.28/);
    }
    const { fileId } = await orderRegister(world.desk, {
      ...order,
      firstDay: "2026-02-04",
      lastDay: "2026-02-05",
      format: "pdf",
    });
    await documentJobs(world)["documents.register"]({ fileId });
    expect((await findRegisterFile(world.desk, fileId)).rows).toBe(0);
  },
);

test("a register of many lines whose job broke off half way leaves nothing behind, and is whole when the job starts again", async () => {
  const agencyId = world.otherWard.id;
  const pattern = await addDossier(world, { agencyId });
  const lines = 2501;
  await world.db.$executeRaw`
    INSERT INTO dossiers SELECT (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), 'code',
      'H37.00001-260203-' || n, 'reference', 'NUAVOI' || n))).*
    FROM dossiers d, generate_series(1, ${lines - 1}) n WHERE d.id = ${pattern}::uuid`;
  await world.db.$executeRaw`
    INSERT INTO dossier_parties SELECT (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'dossierId', d.id))).*
    FROM dossier_parties p, dossiers d WHERE p."dossierId" = ${pattern}::uuid AND d.reference LIKE 'NUAVOI%'`;
  /** As when the machine goes down while line 2100 is written. */
  const stage = (stream: Readable, most: number) => {
    let seen = 0;
    stream.on("data", (chunk: Buffer) => {
      seen += chunk.toString("latin1").split("H37.00001").length - 1;
      if (seen > 2100) stream.destroy(new Error("the machine went down"));
    });
    return world.files.stage(stream, most);
  };
  const order = { agencyId, firstDay: "2026-02-03", lastDay: "2026-02-03", format: "csv" as const };
  const { fileId } = await orderRegister(world.elsewhere, order);
  const failing = documentJobs({ ...world, files: { ...world.files, stage } })["documents.register"];
  await expect(failing({ fileId })).rejects.toThrow("the machine went down");
  const half = await world.db.registerFile.findUniqueOrThrow({ where: { id: fileId } });
  expect(half).toMatchObject({ storageKey: null, readyAt: null, written: 2000, expected: lines });
  expect(readdirSync(join(folder, "staging"))).toEqual([]);

  await documentJobs(world)["documents.register"]({ fileId });
  const { storageKey, rows } = await findRegisterFile(world.elsewhere, fileId);
  expect(rows).toBe(lines);
  const text = (await buffer(await world.files.open(storageKey))).toString("utf8");
  const codes = text.match(/H37\.00001-260203-\d+/g) ?? [];
  expect([codes.length, new Set(codes).size]).toEqual([lines - 1, lines - 1]);
});

test("a register as text has every line once, however it was cut into pieces, and no name is a formula", async () => {
  const at = new Date("2026-02-03T02:00:00Z");
  const row = {
    id: "",
    procedure: "Đăng ký khai sinh",
    address: null,
    phone: null,
    handler: "Ủy ban nhân dân phường Đông Kinh",
    acceptedAt: at,
    dueAt: at,
    finishedAt: null,
    deliveredAt: null,
    returnMethod: "online" as const,
    receivedBy: null,
    status: "accepted",
  };
  for (const many of [0, 499, 500, 1250]) {
    const rows = async function* () {
      for (let n = 1; n <= many; n++) yield { ...row, code: `H37-${n}`, applicant: n === 2 ? "=1+1" : `Người "${n}"` };
    };
    const head = { title: "Sổ", agency: "UBND", firstDay: "2026-02-03", lastDay: "2026-02-03", at };
    const { stream, count } = await registerCsv(head, rows());
    const [names, ...lines] = parseCsv((await buffer(stream)).toString("utf8"));
    expect([names?.[1], lines.length, count()]).toEqual(["Mã hồ sơ", many, many]);
    expect(lines.map((cells) => cells[1])).toEqual(Array.from({ length: many }, (_, i) => `H37-${i + 1}`));
    if (many > 1) expect([lines[0]?.[4], lines[1]?.[4]]).toEqual(['Người "1"', "'=1+1"]);
  }
});

test("where the disk is broken the move stands, the page says that the paper is being made, and the job makes it later", async () => {
  const paperId = await issue(world.desk, await addDossier(world));
  // A file in the folder's place: nothing can be written, whoever tries.
  await rename(folder, `${folder}.away`);
  await writeFile(folder, "");
  chmodSync(folder, 0o400);
  await expect(openPaper(world.desk, paperId)).rejects.toMatchObject({ reason: "documents.refused.beingMade" });
  await expect(documentJobs(world)["documents.print"]({ paperId })).rejects.toThrow();
  expect(await paperOf(world.db, paperId)).toMatchObject({ state: "pending", standing: "valid" });
  await rm(folder);
  await rename(`${folder}.away`, folder);
  await documentJobs(world)["documents.print"]({ paperId });
  expect(await paperOf(world.db, paperId)).toMatchObject({ state: "ready" });
  expect((await printPaper(world.desk, paperId)).size).toBeGreaterThan(1000);
});
