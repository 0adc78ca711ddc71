import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { ResultFormFile } from "#documents/index.ts";
import { drawPaper } from "../../src/documents/printing/papers.ts";
import { samplePaper } from "../../src/documents/printing/samples.ts";
import { fingerprintOf, type PaperSnapshot } from "../../src/documents/snapshot.ts";
import { codeOn, fontsOf, keep, rawTextOf, run, toolTest } from "./tools.ts";

const forms = ResultFormFile.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, "../../prisma/seed/result-forms.json"), "utf8")),
);
const form = (title: string, symbol: string) => ({ title, symbol, basis: "" });
const WHO = [
  "Hồ sơ của: Nguyễn Thị Ánh Tuyết",
  "Số định danh cá nhân/CCCD/hộ chiếu: 020190001234",
  "Chủ hồ sơ: Hoàng Gia Bảo",
  "Địa chỉ: Số 5, ngõ 8 đường Bà Triệu, phường Kỳ Lừa, tỉnh Lạng Sơn",
  "Số điện thoại: 0912345678",
  "Email: anh.tuyet@example.vn",
  "Nội dung yêu cầu giải quyết: Thủ tục đăng ký khai sinh",
];
const DESK = ["ỦY BAN NHÂN DÂN PHƯỜNG KỲ LỪA", "BỘ PHẬN MỘT CỬA"];
const CONTACT = ["Tra cứu hồ sơ tại: https://", "Liên hệ: Lương Văn Đức, Bộ phận Một cửa", "điện thoại 0205 3812 345"];
const LEADER = [
  "THỦ TRƯỞNG CƠ QUAN",
  "(Ký, ghi rõ họ tên và đóng dấu)",
  "Hoàng Văn Thụ",
  "Nơi nhận:",
  "- Lưu: VT, hồ sơ.",
];

const A5 = "419.53 x 595.28";
const A4 = "595.28 x 841.89";

/** Every field that domain 2.3 names for the form, as it reads on paper. */
const papers: readonly { name: string; paper: PaperSnapshot; size: string; fields: readonly string[] }[] = [
  {
    name: "02",
    paper: samplePaper(form("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "BSHS"), "supplement_request"),
    size: A5,
    fields: [
      ...DESK,
      "Số: 05/BSHS",
      "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
      "Mã hồ sơ: H37.05977-260203-0005",
      ...WHO,
      "Hồ sơ đã được tiếp nhận và đang được giải quyết.",
      "Bản chụp bị mờ, không đọc được ngày sinh của trẻ.",
      "Quê quán của trẻ",
      "Lý do và căn cứ: Hồ sơ chưa đủ thành phần",
      "Đề nghị bổ sung trước hết ngày 13 tháng 02 năm 2026.",
      "Bổ sung trực tuyến trong tài khoản đã nộp hồ sơ, hoặc nộp tại Bộ phận Một cửa",
      ...CONTACT,
      "NGƯỜI HƯỚNG DẪN",
    ],
  },
  {
    name: "03",
    paper: samplePaper(form("Phiếu từ chối tiếp nhận giải quyết hồ sơ", "TCHS"), "decline_slip"),
    size: A5,
    fields: [
      ...DESK,
      "Số: 05/TCHS",
      "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
      "Mã tra cứu: ABCD-EFGH-JKMN-PQ",
      ...WHO,
      "lý do sau: Việc đăng ký khai sinh cho trẻ thuộc thẩm quyền",
      "quyền khiếu nại",
      ...CONTACT,
      "NGƯỜI NỘP HỒ SƠ",
      "NGƯỜI TIẾP NHẬN HỒ SƠ",
    ],
  },
  {
    name: "04",
    paper: samplePaper(form("Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết", "XLGH"), "apology_letter"),
    size: A4,
    fields: [
      "ỦY BAN NHÂN DÂN PHƯỜNG KỲ LỪA",
      "Số: 05/XLGH",
      "V/v xin lỗi và gia hạn thời gian giải quyết hồ sơ mã H37.05977-260203-0005",
      "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
      "Kính gửi: Ông/Bà Nguyễn Thị Ánh Tuyết",
      "Ngày 03 tháng 02 năm 2026, Ủy ban nhân dân phường Kỳ Lừa đã tiếp nhận hồ sơ",
      "Thủ tục đăng ký khai sinh",
      "Mã hồ sơ: H37.05977-260203-0005",
      "Thời gian hẹn trả kết quả: 17 giờ 00 phút, ngày 10 tháng 02 năm 2026.",
      "Đơn vị chủ trì giải quyết: Ủy ban nhân dân phường Kỳ Lừa.",
      "Lý do: Cơ quan phối hợp chưa trả lời",
      "xin lỗi ông/bà (quý tổ chức) về sự chậm trễ này",
      "hẹn lại thời gian trả kết quả: 17 giờ 00 phút, ngày 13 tháng 02 năm 2026.",
      ...LEADER,
      "- Như trên;",
    ],
  },
  {
    name: "05",
    paper: samplePaper(form("Thông báo dừng giải quyết hồ sơ", "TB-DGQ"), "stop_notice"),
    size: A4,
    fields: [
      "Số: 05/TB-DGQ",
      "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
      "Về việc dừng giải quyết hồ sơ H37.05977-260203-0005",
      ...WHO,
      "Thời gian tiếp nhận: 09 giờ 20 phút, ngày 03 tháng 02 năm 2026.",
      "Giai đoạn xử lý khi dừng: Thẩm tra, ghi sổ và dự thảo kết quả.",
      "Lý do và căn cứ dừng giải quyết: Theo đề nghị dừng",
      "Phí, lệ phí của hồ sơ: Phí cấp bản sao trích lục hộ tịch: 8.000 đồng x 3 = 24.000 đồng.",
      "Giấy tờ bản chính trả lại cho người nộp: Giấy chứng sinh (01 bản chính).",
      ...LEADER,
    ],
  },
  {
    name: "06",
    paper: samplePaper(form("Phiếu kiểm soát quá trình giải quyết hồ sơ", "KSHS"), "control_slip"),
    size: A5,
    fields: [
      ...DESK,
      "Số: 05/KSHS",
      "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
      "Kèm theo hồ sơ của: Nguyễn Thị Ánh Tuyết",
      "Mã hồ sơ: H37.05977-260203-0005",
      "Thời gian nhận hồ sơ: 09 giờ 20 phút, ngày 03 tháng 02 năm 2026.",
      "Thời gian hẹn trả kết quả: 17 giờ 00 phút, ngày 10 tháng 02 năm 2026.",
      "Cơ quan giải quyết: Ủy ban nhân dân phường Kỳ Lừa.",
      "Cơ quan phối hợp: Công an phường Kỳ Lừa.",
      "1. Giao: Bộ phận Một cửa",
      "2. Nhận: Ủy ban nhân dân phường Kỳ Lừa",
      "10 giờ 05 phút, ngày 03 tháng 02 năm 2026",
      "Người giao: Lương Văn Đức",
      "Người nhận: Vi Thị Hồng",
      "Trước hạn",
      "Quá hạn",
      "GHI CHÚ",
    ],
  },
  ...forms.map((one) => ({
    name: one.title,
    paper: samplePaper(one, "result", one.content),
    size: A4,
    fields: [
      one.title.toLocaleUpperCase("vi"),
      `Số: 05/${one.symbol}`,
      ...one.content.fields.map(({ label, sample }) => `${label}: ${sample}`),
      one.content.signerTitle,
      "Hoàng Văn Thụ",
    ],
  })),
];

describe.each(papers)("form $name on paper", ({ paper, size, fields }) => {
  toolTest(
    ["pdftotext", "pdffonts", "pdfinfo", "pdftoppm", "zbarimg"],
    "has every field, in composed letters, with its fonts, on one page of its size, and a code that leads to its verification",
    async () => {
      const fingerprint = fingerprintOf(paper);
      const path = keep(await drawPaper(paper, fingerprint));
      const text = rawTextOf(path);
      const always = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Kỳ Lừa, ngày 03 tháng 02 năm 2026",
        `Kiểm tra giấy này tại: ${paper.verificationUrl}`,
        fingerprint,
      ];
      expect([...always, ...fields].filter((field) => !text.includes(field))).toEqual([]);
      expect(text).toBe(text.normalize("NFC"));
      expect(text).not.toMatch(/\ufffd|null|undefined|\{\{/);
      for (const line of fontsOf(path)) expect(line).toMatch(/Tinos-\S+ +CID TrueType +Identity-H +yes yes yes/);
      const info = run("pdfinfo", path);
      expect(info).toContain(size);
      expect(info).toMatch(/Pages: +1\n/);
      expect(info).toMatch(/Tagged: +yes/);
      expect(codeOn(path)).toBe(paper.verificationUrl);
    },
  );
});

const LONG = "Ủy ban nhân dân phường Kỳ Lừa đề nghị ông bà bổ sung đầy đủ các giấy tờ theo quy định. ".repeat(60);
/** The same paper with everything that people write at its longest. */
const lengthened = (paper: PaperSnapshot): PaperSnapshot => {
  const person =
    "applicant" in paper
      ? { ...paper.applicant, fullName: "Nguyễn Thị Phương ".repeat(12).trim(), address: LONG.slice(0, 400) }
      : null;
  return {
    ...paper,
    ...(person ? { applicant: person } : {}),
    ...("reason" in paper ? { reason: `${LONG}\nDòng cuối của lý do.` } : {}),
    ...(paper.kind === "supplement_request"
      ? { parts: paper.parts.map((part) => ({ ...part, note: `${LONG} Dòng cuối của lý do.` })) }
      : {}),
    ...(paper.kind === "control_slip"
      ? {
          handOvers: Array.from({ length: 12 }, (_, i) => ({
            ...(paper.handOvers[0] as (typeof paper.handOvers)[number]),
            note: `Lượt ${i}. Dòng cuối của lý do.`,
          })),
        }
      : {}),
    ...(paper.kind === "result"
      ? { rows: paper.rows.map((row) => ({ ...row, value: `${LONG.slice(0, 600)} Dòng cuối của lý do.` })) }
      : {}),
  } as PaperSnapshot;
};

toolTest(
  ["pdftotext", "pdfinfo"],
  "long names, addresses and reasons go on over numbered pages of every form, nothing over anything else",
  async () => {
    for (const { name, paper, size } of papers) {
      const path = keep(await drawPaper(lengthened(paper), "0".repeat(64)));
      const pages = Number(/Pages: +(\d+)/.exec(run("pdfinfo", path))?.[1]);
      expect([name, pages > 1]).toEqual([name, true]);
      expect(run("pdfinfo", "-f", "1", "-l", String(pages), path).split(size).length - 1).toBe(pages);
      expect(rawTextOf(path)).toContain("Dòng cuối của lý do.");
      expect(rawTextOf(path)).toContain("0".repeat(64));
      expect([name, overlapping(path)]).toEqual([name, []]);
      for (let page = 2; page <= pages; page++)
        expect(run("pdftotext", "-raw", "-f", String(page), "-l", String(page), path, "-")).toMatch(
          new RegExp(`(^|\\n)${page}\\n`),
        );
    }
  },
);

/** Lines of text whose boxes lie over each other by more than a third of their height. */
function overlapping(path: string): string[] {
  const html = run("pdftotext", "-bbox-layout", path, "-");
  return html
    .split("<page ")
    .slice(1)
    .flatMap((page) => {
      const words = [
        ...page.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<\/word>/g),
      ].map(([, x1, y1, x2, y2, text]) => ({
        x1: Number(x1),
        y1: Number(y1),
        x2: Number(x2),
        y2: Number(y2),
        text: text ?? "",
      }));
      return words.flatMap((a, i) =>
        words.slice(i + 1).flatMap((b) => {
          const wide = Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1);
          const high = Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1);
          return wide > 1 && high > (a.y2 - a.y1) * 0.4 ? [`${a.text} / ${b.text}`] : [];
        }),
      );
    });
}
