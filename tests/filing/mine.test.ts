import { inflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { acceptDossier, requestSupplement } from "#dossiers/index.ts";
import { BIRTH, file, home, officerOf, startPortal } from "./people.ts";

const { portal, lan, other } = await startPortal();
const { commune, agencyId } = await home(portal);
const officer = await officerOf(portal, agencyId, "canbo.xa");
const dossierOf = (reference: string) => portal.db.dossier.findUniqueOrThrow({ where: { reference } });
const accept = async (reference: string) => {
  const { id, version } = await dossierOf(reference);
  return acceptDossier(officer(), { dossierId: id, version });
};

const [asked, open] = [await file(lan, agencyId, commune), await file(lan, agencyId, commune)];
const { code } = await accept(open);
await accept(asked);

describe("my dossiers", () => {
  test("what waits for me stands first, with what is to be done; then what is under way", async () => {
    const { id } = await dossierOf(asked);
    const { version } = await dossierOf(asked);
    await requestSupplement(officer(), {
      dossierId: id,
      version,
      marks: [{ kind: "paper", id: "birthProof", note: "Ảnh mờ, cần chụp lại." }],
      reason: "Giấy chứng sinh không đọc được.",
      answerBy: null,
      confirmed: false,
    });
    const page = await lan.get("/ca-nhan/ho-so");
    const order = ["Cần bạn làm", "Bổ sung hồ sơ theo yêu cầu", "Đang giải quyết"].map((words) =>
      page.text.lastIndexOf(words),
    );
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(page.text).toMatch(/Cần bạn làm 1 Đang giải quyết 1 Đã xong 0/);
    expect((await page.follow(/^Bổ sung hồ sơ theo yêu cầu/)).heading).toBe("Bổ sung hồ sơ");
  });

  test("one group alone, and what is found by code, procedure or name without diacritics", async () => {
    const todo = await lan.get("/ca-nhan/ho-so?nhom=can-lam");
    expect([todo.html.includes(asked), todo.html.includes(open)]).toEqual([true, false]);
    const find = async (q: string) => (await lan.get("/ca-nhan/ho-so")).submit("Tìm", { q });
    expect((await find(code)).html).toContain(`/ca-nhan/ho-so/${open}`);
    expect((await find("khai sinh")).html).toContain(`/ca-nhan/ho-so/${open}`);
    expect((await find("nguyen thi lan")).html).toContain(`/ca-nhan/ho-so/${open}`);
    expect((await find("không có gì")).text).toContain("Không có hồ sơ nào khớp");
    expect((await other.get("/ca-nhan/ho-so?q=khai+sinh")).html).not.toContain(open);
  });
});

describe("a dossier's page", () => {
  test("names who handles it, to its applicant alone", async () => {
    const page = await lan.get(`/ca-nhan/ho-so/${open}`);
    expect(page.text).toContain("Người xử lý: Hoàng Thị Yến");
    const tracked = await portal.client().get(`/tra-cuu?ma=${open}`);
    expect(tracked.text).not.toContain("Hoàng Thị Yến");
  });

  test("begins a similar one: a draft with the same answers and without papers, of its owner alone", async () => {
    const before = await portal.db.draft.count();
    expect((await other.post(`/ca-nhan/ho-so/${open}/soan-moi`)).status).toBe(404);
    const page = await (await lan.get(`/ca-nhan/ho-so/${open}`)).submit("Soạn hồ sơ mới từ hồ sơ này");
    expect(page.text).toContain("Đã lấy lại nội dung của hồ sơ cũ");
    expect(await portal.db.draft.count()).toBe(before + 1);
    const draft = await portal.db.draft.findFirstOrThrow({ include: { attachments: true }, orderBy: { id: "desc" } });
    const filed = await portal.db.answerRevision.findFirstOrThrow({ where: { dossier: { reference: open } } });
    const { form } = draft.answers as { form: Record<string, unknown> };
    const answers = filed.answers as Record<string, unknown>;
    expect(Object.keys(form).length).toBeGreaterThan(5);
    for (const [id, value] of Object.entries(form)) expect([id, value]).toEqual([id, answers[id]]);
    expect(draft.attachments).toEqual([]);
  });

  test("gives the whole dossier as a ZIP of answers and papers, to its applicant alone", async () => {
    expect((await other.get(`/ca-nhan/ho-so/${open}/tai-toan-bo`)).status).toBe(404);
    const zip = await (await lan.get(`/ca-nhan/ho-so/${open}`)).follow("Tải toàn bộ hồ sơ");
    expect(zip.headers.get("content-type")).toBe("application/zip");
    expect(zip.headers.get("content-disposition")).toContain(`${code}.zip`);
    const files = unzip(zip.body);
    const papers = await portal.db.attachment.findMany({ where: { dossier: { reference: open } } });
    expect([...files.keys()].filter((name) => name.startsWith("giay-to/")).length).toBe(papers.length);
    expect([...files.keys()].some((name) => /^giay-cua-cong\/01-receipt_slip\.pdf$/.test(name))).toBe(true);
    expect(files.get("ho-so.html")?.toString("utf8")).toContain("Nguyễn Thị Lan");
    const record = JSON.parse(files.get("ho-so.json")?.toString("utf8") ?? "{}");
    expect([record.code, record.procedure.code]).toEqual([code, BIRTH]);
    for (const [name, bytes] of files) if (name.endsWith(".pdf")) expect(bytes.subarray(0, 4).toString()).toBe("%PDF");
  });
});

/** The files of an archive by its central directory: enough to see what a reader of ZIP would. */
function unzip(bytes: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const end = bytes.lastIndexOf(Buffer.from("504b0506", "hex"));
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const local = bytes.readUInt32LE(at + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const stored = bytes.subarray(from, from + size);
    files.set(bytes.toString("utf8", at + 46, at + 46 + name), method === 0 ? stored : inflateRawSync(stored));
    at += 46 + name + extra + comment;
  }
  return files;
}
