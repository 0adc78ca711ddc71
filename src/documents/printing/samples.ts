import { fillPlaces, type ResultTemplate } from "../filling/result.ts";
import type { RegisterRow } from "../queries/register.ts";
import type { PaperForm, PaperKind } from "../rules.ts";
import { composed, type PaperHead, type PaperMatter, type PaperSnapshot } from "../snapshot.ts";
import type { RegisterHead } from "./register.ts";

const head: PaperHead = {
  schema: 1,
  templateVersion: 1,
  title: "",
  basis: "Thông tư 03/2025/TT-VPCP",
  agency: {
    parent: "Ủy ban nhân dân phường Kỳ Lừa",
    issuer: "Bộ phận Một cửa",
    name: "Ủy ban nhân dân phường Kỳ Lừa",
    address: "Số 12 đường Trần Đăng Ninh, phường Kỳ Lừa, tỉnh Lạng Sơn",
    phone: "0205 3812 345",
    place: "Kỳ Lừa",
  },
  number: 5,
  numberText: "05",
  issuedAt: "2026-02-03T02:20:00.000Z",
  token: "7KQM2XWT9HRDCP",
  code: "H37.05977-260203-0005",
  reference: "ABCDEFGHJKMNPQ",
  trackingUrl: "https://dichvucong.example.vn/tra-cuu?ma=ABCDEFGHJKMNPQ",
  verificationUrl: "https://dichvucong.example.vn/xac-minh/7KQM2XWT9HRDCP",
};

const agencyItself = { ...head.agency, parent: null, issuer: head.agency.name };

const matter: PaperMatter = {
  applicant: {
    kind: "person",
    fullName: "Nguyễn Thị Ánh Tuyết",
    personalId: "020190001234",
    taxCode: null,
    address: "Số 5, ngõ 8 đường Bà Triệu, phường Kỳ Lừa, tỉnh Lạng Sơn",
    phone: "0912345678",
    email: "anh.tuyet@example.vn",
  },
  owner: {
    kind: "person",
    fullName: "Hoàng Gia Bảo",
    personalId: null,
    taxCode: null,
    address: "Số 5, ngõ 8 đường Bà Triệu, phường Kỳ Lừa, tỉnh Lạng Sơn",
    phone: null,
    email: null,
  },
  procedure: { code: "(mã)", name: "Thủ tục đăng ký khai sinh", caseName: "Cha mẹ có đăng ký kết hôn" },
};

const signer = { title: "THỦ TRƯỞNG CƠ QUAN", name: "Hoàng Văn Thụ" };
const received = "2026-02-03T02:20:00.000Z";
const due = "2026-02-10T10:00:00.000Z";
const officer = "Lương Văn Đức";

const bodies: { [K in Exclude<PaperKind, "result">]: Extract<PaperSnapshot, { kind: K }> } = {
  receipt_slip: {
    ...head,
    ...matter,
    code: head.code ?? "",
    kind: "receipt_slip",
    linkCode: "9HRDCP7KQM",
    history: { seq: 2, hash: "5f0c".repeat(16) },
    channel: "counter",
    papers: [
      { name: "Giấy chứng sinh", originals: 1, copies: 0, electronic: 1, later: false },
      { name: "Tờ khai đăng ký khai sinh theo mẫu", originals: 1, copies: 0, electronic: 0, later: false },
      { name: "Giấy chứng nhận kết hôn của cha mẹ", originals: 0, copies: 1, electronic: 0, later: true },
    ],
    sets: 1,
    processingTime: "05 ngày làm việc",
    receivedAt: received,
    dueAt: due,
    returnMethod: "counter",
    returnPlace: "Bộ phận Một cửa - Ủy ban nhân dân phường Kỳ Lừa",
    fees: [
      { name: "Lệ phí đăng ký khai sinh", amount: 0, quantity: 1 },
      { name: "Phí cấp bản sao trích lục hộ tịch", amount: 8000, quantity: 3 },
    ],
    feesOpen: false,
    feeCollection: "thu trực tiếp tại nơi tiếp nhận hồ sơ",
    officer,
  },
  supplement_request: {
    ...head,
    ...matter,
    kind: "supplement_request",
    stage: "processing",
    round: 1,
    parts: [
      { name: "Giấy chứng sinh", originals: 1, copies: 0, note: "Bản chụp bị mờ, không đọc được ngày sinh của trẻ." },
      {
        name: "Giấy chứng nhận kết hôn của cha mẹ",
        originals: 0,
        copies: 1,
        note: "Chưa có trong hồ sơ; hãy chụp hoặc nộp bản sao.",
      },
      { name: "Quê quán của trẻ", originals: 0, copies: 0, note: "Ghi thêm tên xã, phường." },
    ],
    reason: "Hồ sơ chưa đủ thành phần theo quy định tại Điều 16 Luật Hộ tịch năm 2014.",
    answerBy: "2026-02-13",
    officer,
  },
  decline_slip: {
    ...head,
    ...matter,
    code: null,
    kind: "decline_slip",
    reason:
      "Việc đăng ký khai sinh cho trẻ thuộc thẩm quyền của Ủy ban nhân dân xã, phường nơi cư trú của cha hoặc mẹ. Cha và mẹ của trẻ đều cư trú tại phường Tam Thanh; đề nghị nộp hồ sơ tại Ủy ban nhân dân phường Tam Thanh.",
    officer,
  },
  apology_letter: {
    ...head,
    ...matter,
    agency: agencyItself,
    kind: "apology_letter",
    receivedAt: received,
    oldDueAt: due,
    newDueAt: "2026-02-13T10:00:00.000Z",
    handler: head.agency.name,
    reason: "Cơ quan phối hợp chưa trả lời kết quả xác minh nơi cư trú của người được đăng ký.",
    signer,
  },
  stop_notice: {
    ...head,
    ...matter,
    agency: agencyItself,
    kind: "stop_notice",
    receivedAt: received,
    stage: "Thẩm tra, ghi sổ và dự thảo kết quả",
    reason:
      "Theo đề nghị dừng giải quyết hồ sơ của người nộp ngày 05/02/2026, vì đã đăng ký khai sinh tại nơi cư trú của người cha.",
    fees: [{ name: "Phí cấp bản sao trích lục hộ tịch", amount: 8000, quantity: 3 }],
    papers: [{ name: "Giấy chứng sinh", originals: 1 }],
    signer,
  },
  control_slip: {
    ...head,
    ...matter,
    kind: "control_slip",
    receivedAt: received,
    dueAt: due,
    handler: head.agency.name,
    cooperating: ["Công an phường Kỳ Lừa"],
    handOvers: [
      {
        from: "Bộ phận Một cửa",
        to: "Ủy ban nhân dân phường Kỳ Lừa (thẩm tra, ghi sổ và dự thảo kết quả)",
        at: "2026-02-03T03:05:00.000Z",
        giver: officer,
        receiver: "Vi Thị Hồng",
        timing: "early",
        note: "Hạn bước này: 17:00 05/02/2026",
      },
      {
        from: "Ủy ban nhân dân phường Kỳ Lừa (thẩm tra, ghi sổ và dự thảo kết quả)",
        to: "Ủy ban nhân dân phường Kỳ Lừa (ký duyệt)",
        at: "2026-02-06T02:00:00.000Z",
        giver: "Vi Thị Hồng",
        receiver: null,
        timing: "late",
        note: "",
      },
    ],
    officer,
  },
  delivery_receipt: {
    ...head,
    ...matter,
    kind: "delivery_receipt",
    results: [{ title: "Giấy khai sinh", number: "12/2026", issuedOn: "2026-02-06" }],
    receiver: {
      fullName: "Vi Văn Nhận",
      paper: "020085004321",
      phone: "0987654321",
      proxyPaper: "Giấy ủy quyền số 15/2026 của UBND phường Kỳ Lừa",
    },
    returned: [{ name: "Giấy chứng nhận kết hôn của cha mẹ", originals: 1 }],
    deliveredAt: due,
    officer,
  },
};

const resultBody = (content: ResultTemplate): Extract<PaperSnapshot, { kind: "result" }> => {
  const values: Readonly<Record<string, string>> = {
    ...Object.fromEntries(content.fields.map(({ id, sample }) => [id, sample])),
    agencyName: head.agency.name,
    applicantName: matter.applicant.fullName,
    dossierCode: head.code ?? "",
  };
  return {
    ...head,
    agency: agencyItself,
    kind: "result",
    procedure: matter.procedure,
    opening: fillPlaces(content.opening, values),
    rows: content.fields.filter(({ row }) => row).map(({ label, sample }) => ({ label, value: sample })),
    closing: fillPlaces(content.closing, values),
    signer: { title: content.signerTitle, name: "Hoàng Văn Thụ" },
  };
};

/** A paper as it would look under a form, filled in with invented people: for looking at the form. */
export function samplePaper(
  form: Pick<PaperForm, "title" | "basis" | "symbol">,
  kind: Exclude<PaperKind, "result">,
): PaperSnapshot;
export function samplePaper(
  form: Pick<PaperForm, "title" | "basis" | "symbol">,
  kind: "result",
  content: ResultTemplate,
): PaperSnapshot;
export function samplePaper(
  { title, basis, symbol }: Pick<PaperForm, "title" | "basis" | "symbol">,
  kind: PaperKind,
  content?: ResultTemplate,
): PaperSnapshot {
  const body = kind === "result" ? resultBody(content as ResultTemplate) : bodies[kind];
  return composed({ ...body, title, basis, numberText: `05/${symbol}` });
}

/** A register of a morning, with invented people. */
export function sampleRegister(title: string, lines = 40): { head: RegisterHead; rows: AsyncIterable<RegisterRow> } {
  const at = new Date(received);
  const rows = async function* (): AsyncGenerator<RegisterRow> {
    for (let i = 1; i <= lines; i++)
      yield {
        id: String(i),
        code: `H37.05977-260203-${String(i).padStart(4, "0")}`,
        procedure: matter.procedure.name,
        applicant:
          i % 3 === 0 ? "Công ty trách nhiệm hữu hạn Xây dựng và Thương mại Phương Nam" : matter.applicant.fullName,
        address: matter.applicant.address,
        phone: matter.applicant.phone,
        handler: head.agency.name,
        acceptedAt: at,
        dueAt: new Date(due),
        finishedAt: i % 2 === 0 ? new Date("2026-02-11T02:00:00.000Z") : null,
        deliveredAt: i % 4 === 0 ? new Date("2026-02-12T02:00:00.000Z") : null,
        returnMethod: "counter",
        receivedBy: i % 4 === 0 ? matter.applicant.fullName : null,
        status: i % 2 === 0 ? "completed" : "processing",
      };
  };
  return { head: { title, agency: head.agency.name, firstDay: "2026-02-01", lastDay: "2026-02-28", at }, rows: rows() };
}
