import { describe, expect, test } from "vitest";
import { drawPaper } from "../../src/documents/printing/papers.ts";
import { fingerprintOf, type ReceiptSnapshot } from "../../src/documents/snapshot.ts";
import { exampleSlip } from "./example.ts";
import { codeOn, fontsOf, keep, rawTextOf, run, textOf, toolTest } from "./tools.ts";

async function draw(
  change: Partial<ReceiptSnapshot> = {},
): Promise<{ path: string; bytes: Buffer; fingerprint: string }> {
  const slip = exampleSlip(change);
  const fingerprint = fingerprintOf(slip);
  const bytes = await drawPaper(slip, fingerprint);
  return { path: keep(bytes), bytes, fingerprint };
}
describe("form 01 on paper", () => {
  toolTest(
    ["pdftotext"],
    "who files in the name of somebody else has a line of its own; others have none",
    async () => {
      const line = "Nộp theo ủy quyền của: Nguyễn Văn Ủy. Số định danh cá nhân/CCCD/hộ chiếu: 020060000111";
      const { path } = await draw({ authorizer: { fullName: "Nguyễn Văn Ủy", personalId: "020060000111" } });
      expect(rawTextOf(path)).toContain(line);
      expect(rawTextOf((await draw()).path)).not.toContain("ủy quyền");
    },
  );

  toolTest(["pdftotext"], "every field of the form is there to be read, in composed letters", async () => {
    const { path, fingerprint } = await draw({
      applicant: { ...exampleSlip().applicant, fullName: "Nguyễn Thị Ánh Tuyết".normalize("NFD") },
    });
    const text = rawTextOf(path);
    expect(text).toBe(text.normalize("NFC"));
    const fields = [
      "ỦY BAN NHÂN DÂN PHƯỜNG KỲ LỪA",
      "BỘ PHẬN MỘT CỬA",
      "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
      "Độc lập - Tự do - Hạnh phúc",
      "Số: 05/TNHS",
      "Kỳ Lừa, ngày 03 tháng 02 năm 2026",
      "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
      "Mã hồ sơ: H37.05977-260203-0005",
      "Mã tra cứu: ABCD-EFGH-JKMN-PQ",
      "9HRD-CP7K-QM",
      "Bộ phận tiếp nhận: Bộ phận Một cửa - Ủy ban nhân dân phường Kỳ Lừa",
      "Tiếp nhận hồ sơ của: Nguyễn Thị Ánh Tuyết",
      "Địa chỉ: Số 5, ngõ 8 đường Bà Triệu, phường Kỳ Lừa, tỉnh Lạng Sơn",
      "Số điện thoại: 0912345678",
      "Email: anh.tuyet@example.vn",
      "Số định danh cá nhân/CCCD/hộ chiếu: 020190001234",
      "Kênh nộp hồ sơ: Trực tiếp",
      "Chủ hồ sơ: Hoàng Gia Bảo. Địa chỉ: như trên",
      "Nội dung yêu cầu giải quyết: Thủ tục đăng ký khai sinh (mã thủ tục 1.001193; trường hợp: Cha mẹ có đăng ký kết hôn)",
      "1. Thành phần hồ sơ nộp gồm:",
      "Tên giấy tờ",
      "Giấy chứng sinh 01 - 01",
      "Tờ khai đăng ký khai sinh theo mẫu 01 - -",
      "(nộp bổ sung sau)",
      "2. Số lượng hồ sơ: 01 bộ.",
      "3. Thời gian giải quyết hồ sơ theo quy định: 05 ngày làm việc.",
      "4. Thời gian nhận hồ sơ: 09 giờ 20 phút, ngày 03 tháng 02 năm 2026.",
      "5. Thời gian trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 10 tháng 02 năm 2026.",
      "6. Đăng ký nhận kết quả tại: Bộ phận Một cửa - Ủy ban nhân dân phường Kỳ Lừa.",
      "Lệ phí đăng ký khai sinh: 0 đồng",
      "8.000 đồng x 3 = 24.000 đồng",
      "Tổng cộng: 24.000 đồng",
      "Hình thức thu: thu trực tiếp tại nơi tiếp nhận hồ sơ",
      "Tra cứu hồ sơ tại: http://127.0.0.1:3000/tra-cuu?ma=ABCDEFGHJKMNPQ",
      "Đường dây nóng: 0205 3812 345",
      "NGƯỜI NỘP HỒ SƠ",
      "NGƯỜI TIẾP NHẬN HỒ SƠ",
      "Lương Văn Đức",
      "http://127.0.0.1:3000/xac-minh/7KQM2XWT9HRDCP",
      fingerprint,
      `Mã băm lịch sử hồ sơ (sự kiện 2): ${"5f0c".repeat(16)}`,
    ];
    expect(fields.filter((field) => !text.includes(field))).toEqual([]);
  });

  toolTest(
    ["pdftotext"],
    "an organization, a dossier without papers, fees or due date, and one's own dossier say so in words",
    async () => {
      const own = exampleSlip().applicant;
      const { path } = await draw({
        applicant: {
          ...own,
          kind: "organization",
          fullName: "Công ty TNHH Phương Nam",
          taxCode: "4900123456",
          address: null,
          email: null,
        },
        owner: null,
        papers: [],
        fees: [],
        dueAt: null,
        processingTime: null,
        linkCode: null,
        agency: { ...exampleSlip().agency, parent: null, place: null, phone: null },
      });
      const text = rawTextOf(path);
      for (const field of [
        "Mã số thuế/mã số doanh nghiệp: 4900123456",
        "Địa chỉ: không khai",
        "Email: không khai",
        "Chủ hồ sơ: là người nộp hồ sơ",
        "Không có giấy tờ kèm theo tờ khai.",
        "7. Phí, lệ phí: không thu.",
        "5. Thời gian trả kết quả giải quyết hồ sơ: theo thông báo của cơ quan tiếp nhận.",
        "Ngày 03 tháng 02 năm 2026",
      ])
        expect(text).toContain(field);
      expect(text).not.toContain("Mã liên kết");
      expect(text).not.toMatch(/null|undefined/);
    },
  );

  toolTest(
    ["pdftotext"],
    "each letter can be found again, also one that an earlier paper drew only as a part of another",
    async () => {
      const marked = "ắằẳẵặấầẩẫậếềểễệốồổỗộớờởỡợứừửữựỳỷỹýỵĩịòđĐẮẰẲẴẶẾỀỂỄỆỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰ";
      const bare = "theo oau ieu file off AEOUI dD 0123456789";
      const { applicant } = exampleSlip();
      for (const fullName of [marked, bare, marked, bare]) {
        const { path } = await draw({
          applicant: { ...applicant, fullName, address: fullName },
          agency: { ...exampleSlip().agency, place: fullName },
        });
        const text = rawTextOf(path).replaceAll(" ", "");
        // In bold, regular and italic: the name, the address and the place.
        expect(text.split(fullName.replaceAll(" ", "")).length - 1).toBeGreaterThanOrEqual(3);
      }
    },
  );

  toolTest(["pdffonts"], "every font is embedded and its letters can be found", async () => {
    const lines = fontsOf((await draw()).path);
    expect(lines.length).toBe(3);
    for (const line of lines) expect(line).toMatch(/Tinos-\S+ +CID TrueType +Identity-H +yes yes yes/);
  });

  toolTest(["pdfinfo"], "a usual slip is one A5 page, tagged and titled", async () => {
    const info = run("pdfinfo", (await draw()).path);
    expect(info).toMatch(/Title: +Giấy tiếp nhận hồ sơ và hẹn trả kết quả H37\.05977-260203-0005/);
    expect(info).toMatch(/Tagged: +yes/);
    expect(info).toMatch(/Pages: +1\n/);
    expect(info).toMatch(/Page size: +419\.53 x 595\.28 pts/);
  });

  toolTest(["pdftoppm", "zbarimg"], "the code on the page leads to the tracking address", async () => {
    const { path } = await draw();
    expect(codeOn(path)).toBe("http://127.0.0.1:3000/tra-cuu?ma=ABCDEFGHJKMNPQ");
  });

  toolTest(
    ["pdftotext", "pdfinfo"],
    "many papers with long names go on over numbered pages, each with the head of the table, and none is lost",
    async () => {
      const name =
        "Bản vẽ thiết kế xây dựng triển khai sau thiết kế cơ sở, kèm theo văn bản thẩm định của cơ quan chuyên môn về xây dựng ";
      const papers = Array.from({ length: 40 }, (_, i) => ({
        name: `${name.repeat((i % 3) + 1)}mục ${i + 1}.`,
        originals: 1,
        copies: 1,
        electronic: 0,
        later: false,
      }));
      const { path } = await draw({
        papers,
        applicant: { ...exampleSlip().applicant, fullName: "Tên rất dài ".repeat(40).trim() },
      });
      const pages = Number(/Pages: +(\d+)/.exec(run("pdfinfo", path))?.[1]);
      expect(pages).toBeGreaterThan(3);
      const text = rawTextOf(path);
      for (let i = 1; i <= 40; i++) expect(text).toContain(`mục ${i}.`);
      const heads = textOf(path).match(/Tên giấy tờ/g)?.length ?? 0;
      const perPage = Array.from({ length: pages }, (_, i) =>
        run("pdftotext", "-layout", "-f", String(i + 1), "-l", String(i + 1), path, "-"),
      );
      expect(perPage.filter((page) => page.includes("Tên giấy tờ")).length).toBe(heads);
      expect(heads).toBeGreaterThan(2);
      expect(perPage[0]).not.toMatch(/^\s+1\s*\n/);
      for (const [i, page] of perPage.entries()) if (i > 0) expect(page).toMatch(new RegExp(`^\\s+${i + 1}\\s*\\n`));
      expect(perPage.at(-1)).toContain("NGƯỜI TIẾP NHẬN HỒ SƠ");
    },
  );

  test("the same content gives the same bytes, another content another fingerprint", async () => {
    const [first, second, other] = [await draw(), await draw(), await draw({ officer: "Người khác" })];
    expect(first.bytes.equals(second.bytes)).toBe(true);
    expect(other.fingerprint).not.toBe(first.fingerprint);
    // Key order is no content: the database gives it back in another.
    expect(fingerprintOf(Object.fromEntries(Object.entries(exampleSlip()).reverse()) as ReceiptSnapshot)).toBe(
      first.fingerprint,
    );
  });
});
