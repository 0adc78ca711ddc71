import { z } from "zod";
import { isoDay } from "#platform/format.ts";
import { isFinished, nationalStatus, type Status } from "../rules.ts";

/** yyyyMMddHHmmss in Việt Nam, as the national systems write instants. */
const STAMP = /^\d{14}$/;
const stamp = z.string().regex(STAMP).nullable();
const text = z.string().min(1).nullable();

/**
 * What the national portal asks to know of a dossier (domain.md 3.5), under its own names. What is not known is null:
 * nothing is made up, and nothing that is not known is left out.
 */
export const NationalPayload = z.strictObject({
  MaHoSo: text,
  MaTTHC: z.string().min(1),
  TenTTHC: z.string().min(1),
  MaLinhVuc: text,
  TenLinhVuc: text,
  /** 1 at the counter, 2 online, 3 by post. */
  KenhThucHien: z.enum(["1", "2", "3"]),
  ChuHoSo: text,
  /** 0 a citizen, 1 an enterprise or organisation. */
  LoaiDoiTuong: z.enum(["0", "1"]).nullable(),
  SoGiayToChuHoSo: text,
  Email: text,
  Fax: z.null(),
  SoDienThoai: text,
  TrichYeuHoSo: text,
  NgayNopHoSo: stamp,
  NgayTiepNhan: stamp,
  NgayHenTra: stamp,
  NgayTra: stamp,
  NgayKetThucXuLy: stamp,
  NgayTuChoi: stamp,
  TrangThaiHoSo: z.enum(["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]),
  /** 0 at the desk, 1 by post, 2 online. */
  HinhThuc: z.enum(["0", "1", "2"]),
  DonViXuLy: text,
  NoiNopHoSo: text,
  GhiChu: z.null(),
  HoSoCoThanhPhanSoHoa: z.enum(["0", "1"]),
  TaiKhoanDuocXacThucVoiVNeID: z.null(),
  DuocThanhToanTrucTuyen: z.null(),
  DSKetNoiCSDL: z.array(z.never()),
  TaiLieuNop: z.array(
    z.strictObject({
      TepDinhKemId: z.string(),
      TenTepDinhKem: z.string(),
      MaThanhPhanHoSo: text,
      DuongDanTaiTepTin: z.null(),
      DuocSoHoa: z.enum(["0", "1"]),
      DuocTaiSuDung: z.null(),
      DuocLayTuKhoDMQG: z.null(),
      MaKetQuaThayThe: z.null(),
      IsDeleted: z.boolean(),
    }),
  ),
  DanhSachLePhi: z.array(
    z.strictObject({
      TenPhiLePhi: z.string(),
      MaPhiLePhi: z.string(),
      HinhThucThu: z.null(),
      Gia: z.string().regex(/^\d+$/),
      LoaiPhiLePhi: z.null(),
    }),
  ),
  DanhSachHoSoBoSung: z.array(
    z.strictObject({
      HoSoBoSungId: z.string(),
      NguoiYeuCauBoSung: text,
      NoiDungBoSung: text,
      NgayBoSung: stamp,
      NguoiTiepNhanBoSung: text,
      NgayTiepNhanBoSung: stamp,
      /** 0 waited for, 1 answered. */
      TrangThaiBoSung: z.enum(["0", "1"]),
      NgayHenTraTruoc: stamp,
      NgayHenTraMoi: stamp,
    }),
  ),
  DanhSachGiayToKetQua: z.array(
    z.strictObject({
      TenGiayTo: z.string(),
      MaThanhPhanHoSo: z.null(),
      GiayToId: z.string(),
      DuongDanTepTinKetQua: z.null(),
      MaGiayToKetQua: text,
    }),
  ),
  TienTrinh: z.array(
    z.strictObject({
      MaHoSo: text,
      NguoiXuLy: text,
      ChucDanh: text,
      ThoiDiemXuLy: stamp,
      PhongBanXuLy: text,
      NoiDungXuLy: z.string(),
      TrangThai: z.enum(["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]),
      NgayKetThucTheoQuyDinh: stamp,
    }),
  ),
});
export type NationalPayload = z.infer<typeof NationalPayload>;

type Party = {
  role: string;
  kind: string;
  fullName: string;
  personalId: string | null;
  taxCode: string | null;
  phone: string | null;
  email: string | null;
};
/** What the payload is made of: rows of one dossier. */
export type NationalFacts = {
  code: string | null;
  status: Status;
  channel: "online" | "counter" | "post";
  returnMethod: "online" | "counter" | "post";
  submittedAt: Date;
  receivedAt: Date | null;
  dueAt: Date | null;
  finishedAt: Date | null;
  deliveredAt: Date | null;
  receivingAgency: { name: string };
  parties: readonly Party[];
  attachments: readonly { id: string; name: string; requirementId: string; supersededAt: Date | null }[];
  papers: readonly { electronic: number }[];
  fees: readonly { feeId: string; name: string; amount: bigint; quantity: number }[];
  notes: readonly { id: string; text: string }[];
  supplements: readonly {
    id: string;
    requestedById: string;
    requestedAt: Date;
    reasonNoteId: string;
    answeredAt: Date | null;
    answeredById: string | null;
  }[];
  results: readonly { id: string; title: string; code: string | null; state: string }[];
  stepRuns: readonly {
    id: string;
    role: string;
    dueAt: Date | null;
    agency: { name: string };
    lead: boolean;
    closedAt: Date | null;
  }[];
  events: readonly { type: string; at: Date; status: Status; actorId: string | null; stepRunId: string | null }[];
};
/** What the procedure's version says. */
export type NationalProcedure = { code: string; name: string; sectorCode: string | null; sectorName: string | null };

const CHANNELS = { counter: "1", online: "2", post: "3" } as const;
const METHODS = { counter: "0", post: "1", online: "2" } as const;
const stampOf = (at: Date | null): string | null =>
  at === null
    ? null
    : `${isoDay(at)}T${new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(11, 19)}`.replace(/\D/g, "");
const codeOf = (status: Status) => String(nationalStatus[status]) as NationalPayload["TrangThaiHoSo"];

/**
 * A dossier as the national portal asks for it (domain.md 3.5); nothing is sent. Purely from what is stored.
 * @param nameOf who an account is; null when unknown
 */
export function nationalPayload(
  facts: NationalFacts,
  procedure: NationalProcedure,
  nameOf: (accountId: string | null) => string | null,
): NationalPayload {
  const owner = facts.parties.find(({ role }) => role === "owner");
  const handler = facts.stepRuns.find((run) => run.lead && run.closedAt === null) ?? facts.stepRuns.at(-1);
  const noteOf = (id: string): string | null => facts.notes.find((note) => note.id === id)?.text || null;
  const declined = facts.events.find(({ type }) => type === "dossier.declined");
  return {
    MaHoSo: facts.code,
    MaTTHC: procedure.code,
    TenTTHC: procedure.name,
    MaLinhVuc: procedure.sectorCode,
    TenLinhVuc: procedure.sectorName,
    KenhThucHien: CHANNELS[facts.channel],
    ChuHoSo: owner?.fullName || null,
    LoaiDoiTuong: owner ? (owner.kind === "organization" ? "1" : "0") : null,
    SoGiayToChuHoSo: owner?.personalId || owner?.taxCode || null,
    Email: owner?.email || null,
    Fax: null,
    SoDienThoai: owner?.phone || null,
    TrichYeuHoSo: null,
    NgayNopHoSo: stampOf(facts.submittedAt),
    NgayTiepNhan: stampOf(facts.receivedAt),
    NgayHenTra: stampOf(facts.dueAt),
    NgayTra: stampOf(facts.deliveredAt),
    NgayKetThucXuLy: isFinished(facts.status) && facts.status !== "declined" ? stampOf(facts.finishedAt) : null,
    NgayTuChoi: stampOf(declined?.at ?? null),
    TrangThaiHoSo: codeOf(facts.status),
    HinhThuc: METHODS[facts.returnMethod],
    DonViXuLy: handler?.agency.name ?? null,
    NoiNopHoSo: facts.receivingAgency.name,
    GhiChu: null,
    HoSoCoThanhPhanSoHoa:
      facts.attachments.length > 0 || facts.papers.some(({ electronic }) => electronic > 0) ? "1" : "0",
    TaiKhoanDuocXacThucVoiVNeID: null,
    DuocThanhToanTrucTuyen: null,
    DSKetNoiCSDL: [],
    TaiLieuNop: facts.attachments.map(({ id, name, requirementId, supersededAt }) => ({
      TepDinhKemId: id,
      TenTepDinhKem: name,
      MaThanhPhanHoSo: requirementId,
      DuongDanTaiTepTin: null,
      DuocSoHoa: "1",
      DuocTaiSuDung: null,
      DuocLayTuKhoDMQG: null,
      MaKetQuaThayThe: null,
      IsDeleted: supersededAt !== null,
    })),
    DanhSachLePhi: facts.fees.map(({ feeId, name, amount, quantity }) => ({
      TenPhiLePhi: name,
      MaPhiLePhi: feeId,
      HinhThucThu: null,
      Gia: (amount * BigInt(quantity)).toString(),
      LoaiPhiLePhi: null,
    })),
    DanhSachHoSoBoSung: facts.supplements.map((one) => ({
      HoSoBoSungId: one.id,
      NguoiYeuCauBoSung: nameOf(one.requestedById),
      NoiDungBoSung: noteOf(one.reasonNoteId),
      NgayBoSung: stampOf(one.requestedAt),
      NguoiTiepNhanBoSung: nameOf(one.answeredById),
      NgayTiepNhanBoSung: stampOf(one.answeredAt),
      TrangThaiBoSung: one.answeredAt ? "1" : "0",
      NgayHenTraTruoc: null,
      NgayHenTraMoi: null,
    })),
    DanhSachGiayToKetQua: facts.results
      .filter(({ state }) => state === "issued")
      .map(({ id, title, code }) => ({
        TenGiayTo: title,
        MaThanhPhanHoSo: null,
        GiayToId: id,
        DuongDanTepTinKetQua: null,
        MaGiayToKetQua: code,
      })),
    TienTrinh: facts.events.map(({ type, at, status, actorId, stepRunId }) => {
      const run = facts.stepRuns.find(({ id }) => id === stepRunId);
      return {
        MaHoSo: facts.code,
        NguoiXuLy: nameOf(actorId),
        ChucDanh: null,
        ThoiDiemXuLy: stampOf(at),
        PhongBanXuLy: run?.agency.name ?? null,
        NoiDungXuLy: type,
        TrangThai: codeOf(status),
        NgayKetThucTheoQuyDinh: stampOf(run?.dueAt ?? null),
      };
    }),
  };
}
