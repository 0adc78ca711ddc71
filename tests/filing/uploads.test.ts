import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { submitDossier } from "#dossiers/index.ts";
import { createDraft, tidyDrafts } from "#filing/index.ts";
import type { Citizen, Context } from "#platform/context.ts";
import { createDiskStore } from "#platform/files-disk.ts";
import { findCurrentVersion } from "#procedures/index.ts";
import { emptyContent } from "../../src/filing/rules.ts";
import type { Page } from "../support/client.ts";
import { BIRTH, home, PDF, startPortal } from "./people.ts";
import { addressOf, announce as announceAt, pdfOf, piece as pieceBy, tus } from "./pieces.ts";

const { portal, lan, other } = await startPortal();
const { agencyId } = await home(portal);
const HEIC = readFileSync(join(import.meta.dirname, "samples/anh-dien-thoai.heic"));
const DAY_MS = 24 * 3_600_000;

const account = await portal.db.account.findFirstOrThrow({ where: { displayName: "Nguyễn Thị Lan" } });
const asLan = (): Context<Citizen> => ({
  ...portal.system(),
  actor: { kind: "citizen", accountId: account.id, name: "Nguyễn Thị Lan" },
});
const version = await findCurrentVersion(portal.system(), BIRTH);
if (!version) throw new Error("the seed lacks the registration of births");

/** A draft that asks for the birth certificate. */
async function begun(): Promise<string> {
  await portal.db.draft.deleteMany();
  const form = { childSituation: "usual", birthProofKind: "certificate" };
  const { draftId } = await createDraft(asLan(), {
    version: version as NonNullable<typeof version>,
    agencyId,
    caseId: null,
    content: { ...emptyContent, applicant: { actingFor: "self" }, form },
  });
  return draftId;
}
const papersOf = (draftId: string): Promise<Page> => lan.get(`/ca-nhan/ban-nhap/${draftId}/giay-to`);
const filesOf = (draftId: string) =>
  portal.db.attachment.findMany({ where: { draftId }, orderBy: { createdAt: "asc" } });

const announce = (draftId: string, size: number, name = "giấy tờ.pdf", control = "tep.birthProof", who = lan) =>
  announceAt(who, `/ca-nhan/ban-nhap/${draftId}/tai-len`, size, { name, control });
const piece = (path: string, from: number, bytes: Uint8Array) => pieceBy(lan, path, from, bytes);

describe("a file that arrives in pieces", () => {
  test("is asked how much of it is there, goes on from there, and becomes one attachment, typed by its content", async () => {
    const draftId = await begun();
    const whole = pdfOf(300_000);
    const made = await announce(draftId, whole.length);
    expect([made.status, made.headers.get("tus-resumable")]).toEqual([201, "1.0.0"]);
    const path = addressOf(made);
    expect((await piece(path, 0, whole.subarray(0, 100_000))).headers.get("upload-offset")).toBe("100000");
    expect((await papersOf(draftId)).text).toContain("Chưa gửi xong (98 KB trên 293 KB)");
    expect((await tus(lan, "POST", `${path}/xong`)).status).toBe(409);
    const there = await tus(lan, "HEAD", path);
    expect([there.headers.get("upload-offset"), there.headers.get("upload-length")]).toEqual([
      "100000",
      `${whole.length}`,
    ]);
    expect((await piece(path, 5, whole.subarray(5))).status).toBe(409);
    await piece(path, 100_000, whole.subarray(100_000));
    const finished = await Promise.all([1, 2, 3].map(() => tus(lan, "POST", `${path}/xong`)));
    expect(finished.map(({ status }) => status)).toEqual([204, 204, 204]);
    const files = await filesOf(draftId);
    expect(
      files.map(({ name, mediaType, size, sha256, requirementId }) => [name, mediaType, size, sha256, requirementId]),
    ).toEqual([
      ["giấy tờ.pdf", "application/pdf", whole.length, createHash("sha256").update(whole).digest("hex"), "birthProof"],
    ]);
    const page = await papersOf(draftId);
    expect([page.has("link", "giấy tờ.pdf"), page.text.includes("Chưa gửi xong")]).toEqual([true, false]);
  });

  test("keeps what arrived before the line broke, and another process of the portal goes on with it", async () => {
    const draftId = await begun();
    const whole = pdfOf(200_000);
    const path = addressOf(await announce(draftId, whole.length));
    const { hostname, port } = new URL(portal.base);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname);
      const cookie = [...lan.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      socket.write(
        `PATCH ${path} HTTP/1.1\r\nHost: a\r\nCookie: ${cookie}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\nContent-Length: ${whole.length}\r\n\r\n`,
      );
      socket.write(whole.subarray(0, 120_000), () => setTimeout(() => socket.destroy(), 150));
      socket.on("close", () => resolve());
      socket.on("error", () => {});
    });
    await expect.poll(async () => (await tus(lan, "HEAD", path)).headers.get("upload-offset")).toBe("120000");
    // The other process has only the folder in common with this one.
    const row = await portal.db.partialUpload.findFirstOrThrow({ where: { draftId } });
    const store = createDiskStore(portal.folder);
    await store.partials.append(row.place, 120_000, Readable.from([whole.subarray(120_000)]), whole.length - 120_000);
    expect((await tus(lan, "POST", `${path}/xong`)).status).toBe(204);
    expect((await filesOf(draftId))[0]?.sha256).toBe(createHash("sha256").update(whole).digest("hex"));
    expect(portal.logged.filter(({ msg }) => msg === "bug")).toEqual([]);
  });

  test("belongs to its person: nobody else sees it, goes on with it, finishes or deletes it", async () => {
    const draftId = await begun();
    const path = addressOf(await announce(draftId, PDF.content.length));
    for (const [method, address] of [
      ["HEAD", path],
      ["PATCH", path],
      ["DELETE", path],
      ["POST", `${path}/xong`],
    ] as const)
      expect([
        method,
        (
          await tus(other, method, address, {
            "upload-offset": "0",
            ...(method === "PATCH" ? { "content-type": "application/offset+octet-stream" } : {}),
          })
        ).status,
      ]).toEqual([method, 404]);
    expect((await announce(draftId, 10, "a.pdf", "tep.birthProof", other)).status).toBe(404);
    expect((await tus(lan, "DELETE", path)).status).toBe(204);
    expect((await tus(lan, "HEAD", path)).status).toBe(404);
    expect(await portal.db.partialUpload.count()).toBe(0);
  });

  test("is judged by its content like every other: what is wrong is said, and nothing is left of it", async () => {
    const draftId = await begun();
    const evil = Buffer.from("MZ this is no paper");
    const path = addressOf(await announce(draftId, evil.length, "hóa đơn.pdf"));
    await piece(path, 0, evil);
    const told = await tus(lan, "POST", `${path}/xong`);
    expect([told.status, told.text]).toEqual([422, expect.stringMatching(/^Không nhận được tệp “hóa đơn.pdf”/)]);
    expect([await portal.db.partialUpload.count(), (await filesOf(draftId)).length]).toEqual([0, 0]);
    expect((await announce(draftId, 21 * 1024 * 1024)).status).toBe(413);
    expect((await announce(draftId, 0)).text).toContain("không có nội dung");
    expect((await announce(draftId, 10, "a.pdf", "tep.khong-co")).status).toBe(400);
    for (const headers of [{}, { "upload-length": "-1" }, { "upload-length": "1e3" }] as Record<string, string>[])
      expect((await tus(lan, "POST", `/ca-nhan/ban-nhap/${draftId}/tai-len`, headers)).status).toBe(400);
  });

  test("takes no more bytes than it announced", async () => {
    const draftId = await begun();
    const path = addressOf(await announce(draftId, 10));
    expect((await piece(path, 0, Buffer.alloc(5000))).headers.get("upload-offset")).toBe("10");
  });

  test("has its turn: a person has at most twenty, and 220 MB, on the way", async () => {
    const draftId = await begun();
    const statuses = await Promise.all(Array.from({ length: 14 }, () => announce(draftId, 20 * 1024 * 1024)));
    expect(statuses.filter(({ status }) => status === 201)).toHaveLength(11);
    const [refused] = statuses.filter(({ status }) => status !== 201);
    expect([refused?.status, refused?.text]).toEqual([429, expect.stringContaining("quá nhiều tệp")]);
  });

  test("is forgotten after a day, with its bytes", async () => {
    const draftId = await begun();
    const path = addressOf(await announce(draftId, 10));
    const { place } = await portal.db.partialUpload.findFirstOrThrow({ where: { draftId } });
    await tidyDrafts(portal.system());
    expect((await tus(lan, "HEAD", path)).status).toBe(200);
    await tidyDrafts(portal.system(new Date(Date.now() + DAY_MS)));
    expect([await portal.db.partialUpload.count(), await portal.files.partials.lengthOf(place)]).toEqual([0, null]);
    expect((await tus(lan, "HEAD", path)).status).toBe(404);
  });
});

describe("the papers page without JavaScript", () => {
  test("a photo of a phone is kept as JPEG and says so; a bad file beside it is told and costs nothing else", async () => {
    const page = await papersOf(await begun());
    const told = await page.submit("Tải tệp lên", {
      "tep.birthProof": [
        { name: "IMG_1.HEIC", type: "image/heic", content: HEIC },
        { name: "hỏng.heic", type: "image/heic", content: HEIC.subarray(0, 1500) },
        PDF,
      ],
    });
    expect([told.status, told.errors()]).toEqual([
      422,
      [{ text: expect.stringMatching(/^Tệp “hỏng.heic” bị hỏng/), field: "tep.birthProof" }],
    ]);
    expect([told.has("link", "IMG_1.jpg"), told.has("link", PDF.name)]).toEqual([true, true]);
    expect(told.text).toContain("Ảnh đã được chuyển thành JPEG.");
  });

  test("the camera's control brings its picture to the same paper, and its errors stand there", async () => {
    const draftId = await begun();
    const page = await papersOf(draftId);
    const sent = await page.submit("Tải tệp lên", {
      "chup.birthProof": { name: "image.heic", type: "image/heic", content: HEIC },
    });
    expect((await filesOf(draftId)).map(({ requirementId }) => requirementId)).toEqual(["birthProof"]);
    const told = await sent.submit("Tải tệp lên", { "chup.birthProof": { ...PDF, content: "MZ" } });
    expect(told.errors().map(({ field }) => field)).toEqual(["tep.birthProof"]);
  });

  test("one file takes another's place; a wrong one leaves the old", async () => {
    const draftId = await begun();
    const page = await (await papersOf(draftId)).submit("Tải tệp lên", {
      "tep.birthProof": [PDF, { ...PDF, name: "trang 2.pdf" }],
    });
    const asked = await page.follow(/^Thay trang 2.pdf$/);
    expect(asked.text).toContain("Tệp bạn chọn sẽ thay cho “trang 2.pdf”.");
    const [, second] = await filesOf(draftId);
    const told = await asked.submit("Tải tệp lên", { [`thay.${second?.id}`]: { ...PDF, content: "MZ" } });
    expect([told.status, told.errors()[0]?.field, told.has("link", "trang 2.pdf")]).toEqual([
      422,
      `thay.${second?.id}`,
      true,
    ]);
    const done = await told.submit("Tải tệp lên", { [`thay.${second?.id}`]: { ...PDF, name: "trang 2 mới.pdf" } });
    expect((await filesOf(draftId)).map(({ name }) => name)).toEqual([PDF.name, "trang 2 mới.pdf"]);
    expect(done.text).not.toContain("sẽ thay cho");
    expect(await portal.files.open(second?.storageKey ?? "").catch(({ status }) => status)).toBe(404);
  });

  test("what broke off can be given up", async () => {
    const draftId = await begun();
    await announce(draftId, 10, "dở dang.pdf");
    const done = await (await papersOf(draftId)).submit(/^Bỏ dở dang.pdf$/);
    expect([done.text.includes("dở dang.pdf"), await portal.db.partialUpload.count()]).toEqual([false, 0]);
  });
});

describe("a paper filed before", () => {
  test("is offered for the same kind of paper, and handed in again as a copy of its own; nobody else's is", async () => {
    const draftId = await begun();
    await (await papersOf(draftId)).submit("Tải tệp lên", { "tep.birthProof": PDF });
    const { reference, dossierId } = await submitDossier(asLan(), {
      draftId,
      draftVersion: 0,
      procedureVersionId: version.id,
      agencyId,
      caseId: null,
      returnMethod: "counter",
      answers: {},
      applicant: { kind: "person", fullName: "Nguyễn Thị Lan" },
      owner: null,
    });
    const again = await begun();
    const page = await papersOf(again);
    expect(page.text).toContain("Dùng lại giấy tờ đã nộp (1)");
    expect((await page.follow(PDF.name)).path).toContain(`/ca-nhan/ho-so/${reference}/tep/`);
    const done = await page.submit(/^Dùng tệp này/);
    expect(done.text).toContain("Đã thêm bản sao của “Giấy chứng sinh.pdf”");
    expect(done.text).not.toContain("Dùng lại giấy tờ");
    const [copy] = await filesOf(again);
    const [filed] = await portal.db.attachment.findMany({ where: { dossierId } });
    expect([copy?.sha256 === filed?.sha256, copy?.storageKey === filed?.storageKey]).toEqual([true, false]);

    const stranger: Context<Citizen> = {
      ...asLan(),
      actor: {
        kind: "citizen",
        accountId: (await portal.db.account.findFirstOrThrow({ where: { displayName: "Trần Văn Khác" } })).id,
        name: "Trần Văn Khác",
      },
    };
    const form = { childSituation: "usual", birthProofKind: "certificate" };
    const { draftId: theirs } = await createDraft(stranger, {
      version,
      agencyId,
      caseId: null,
      content: { ...emptyContent, form },
    });
    const address = `/ca-nhan/ban-nhap/${theirs}/giay-to`;
    expect((await other.get(address)).text).not.toContain("Dùng lại");
    expect((await other.post(address, { "dung-lai": `birthProof:${filed?.id}` })).status).toBe(404);
    expect((await other.post(address, { "dung-lai": "x" })).status).toBe(404);
    expect(await portal.db.attachment.count({ where: { draftId: theirs } })).toBe(0);
  });
});
