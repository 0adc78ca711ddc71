import { describe, expect, test } from "vitest";
import { acceptDossier } from "#dossiers/index.ts";
import { randomCode } from "#platform/codes.ts";
import { file, finish, home, officerOf, startPortal } from "../filing/people.ts";

const { portal, lan } = await startPortal({ config: { rateLimits: true } });
const { commune, agencyId } = await home(portal);
const officer = await officerOf(portal, agencyId, "canbo.tracuu");
const reference = await file(lan, agencyId, commune);
const track = (typed: string) => portal.client().get(`/tra-cuu?ma=${encodeURIComponent(typed)}`);
/** Where the progress stands. */
const band = (page: Awaited<ReturnType<typeof track>>): string | undefined =>
  /<li class="steps__item steps__item--current"[^>]*>(.*?)<\/li>/s
    .exec(page.html)?.[1]
    ?.replace(/<[^>]+>/g, "")
    .trim();

describe("looking up without signing in", () => {
  test("the reference tells status and due date, before and after acceptance; the code only how far the dossier is", async () => {
    const filed = await track(reference);
    expect(filed.summary()).toMatchObject({
      "Trạng thái": "Đã nộp, chờ tiếp nhận",
      "Mã hồ sơ": "Có sau khi hồ sơ được tiếp nhận",
    });
    expect(filed.text).toContain("chưa được tiếp nhận. Người nộp chưa phải làm gì.");
    expect(band(filed)).toBe("Đã nhận hồ sơ");
    const { id, version } = await portal.db.dossier.findUniqueOrThrow({ where: { reference } });
    const { code } = await acceptDossier(officer(), { dossierId: id, version });

    const byReference = await track(reference.toLowerCase());
    expect(byReference.summary()).toMatchObject({
      "Trạng thái": "Đã tiếp nhận",
      "Mã hồ sơ": code,
      "Hẹn trả kết quả": expect.stringMatching(/2026$/),
    });
    expect(byReference.text).toMatch(/Người nộp chưa phải làm gì; hẹn trả kết quả lúc \d\d:\d\d ngày [\d/]+2026\./);
    const byCode = await track(code);
    expect(byCode.status).toBe(200);
    expect(byCode.headers.get("x-robots-tag")).toContain("noindex");
    const { dueAt } = await portal.db.dossier.findUniqueOrThrow({ where: { id } });
    expect(dueAt).not.toBeNull();
    for (const secret of [
      reference,
      "Nguyễn",
      "Minh An",
      "Đã tiếp nhận",
      "khai sinh",
      "Ủy ban nhân dân phường",
      "/2026",
    ])
      expect([secret, byCode.within(byCode.byRole("main")).text.includes(secret)]).toEqual([secret, false]);
    await finish(portal, officer, id);
    expect(band(await track(code))).toBe("Đã giải quyết xong");
    expect((await track(reference)).summary()).toMatchObject({ "Trạng thái": "Đã có kết quả, chờ trả" });
  });

  test("what does not exist is said plainly, in one shape for codes and references", async () => {
    const answers = await Promise.all([
      track("H40.99-261123-9999"),
      track(randomCode(60)),
      track("không phải mã"),
      track("<script>alert(1)</script>"),
    ]);
    for (const page of answers) {
      expect(page.status).toBe(200);
      expect(page.text).toContain("Hãy so lại từng ký tự");
      expect(page.html).not.toContain("<script>alert");
    }
    expect((await portal.client().get("/tra-cuu")).text).not.toContain("Hãy so lại");
    expect((await portal.client().get("/tra-cuu?ma=a&ma=b")).status).toBe(200);
  });

  test("codes cannot be tried one after the other: sixty look-ups in ten minutes, then waiting", async () => {
    const statuses = await Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        track(`H40.1-261123-${String(i).padStart(4, "0")}`).then(({ status }) => status),
      ),
    );
    expect(statuses).toContain(429);
    const told = await track("H40.1-261123-0001");
    expect([told.status, Number(told.headers.get("retry-after")) > 0, /Hãy đợi \d+ phút/.test(told.text)]).toEqual([
      429,
      true,
      true,
    ]);
  });
});
