import { isoDay } from "#platform/format.ts";
import { isFinished, nationalStatus, type Status } from "../rules.ts";
import type { NationalPayload } from "./payload.ts";

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
  attachments: readonly {
    id: string;
    name: string;
    requirementId: string;
    supersededAt: Date | null;
    supplementId: string | null;
  }[];
  papers: readonly { requirementId: string; originals: number; copies: number; electronic: number }[];
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
    openedAt: Date;
    dueAt: Date | null;
    agency: { name: string };
    lead: boolean;
    closedAt: Date | null;
  }[];
  events: readonly {
    type: string;
    at: Date;
    status: Status;
    actorId: string | null;
    stepRunId: string | null;
    payload: unknown;
  }[];
};
/** What the procedure's version says. */
export type NationalProcedure = {
  code: string;
  name: string;
  sectorCode: string | null;
  sectorName: string | null;
  /** What the papers are called, by the requirement's id. */
  papers: ReadonlyMap<string, string>;
};

const CHANNELS = { counter: "1", online: "2", post: "3" } as const;
const METHODS = { counter: "0", post: "1", online: "2" } as const;
const stampOf = (at: Date | null): string | null =>
  at === null
    ? null
    : `${isoDay(at)}T${new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(11, 19)}`.replace(/\D/g, "");
const codeOf = (status: Status) => String(nationalStatus[status]) as NationalPayload["TrangThaiHoSo"];

const payloadOf = (event: { payload: unknown } | undefined) =>
  (event?.payload ?? {}) as { requestId?: unknown; dueAt?: unknown };
const dueIn = (event: { payload: unknown } | undefined): string | null => {
  const { dueAt } = payloadOf(event);
  return typeof dueAt === "string" ? stampOf(new Date(dueAt)) : null;
};

/** The due date that stood when a supplement was asked for, and the one that its answer gave; null where none was told. */
function datesAround({ events }: NationalFacts, requestId: string) {
  const at = events.findIndex(
    (event) => event.type !== "dossier.supplemented" && payloadOf(event).requestId === requestId,
  );
  const before = events.slice(0, Math.max(at, 0)).findLast((event) => dueIn(event) !== null);
  const answered = events.find(
    (event) => event.type === "dossier.supplemented" && payloadOf(event).requestId === requestId,
  );
  return { NgayHenTraTruoc: dueIn(before), NgayHenTraMoi: dueIn(answered) };
}

const KINDS_OF_PAPER = [
  ["originals", "0"],
  ["copies", "1"],
  ["electronic", "2"],
] as const;

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
    MaDoiTuong: null,
    SoGiayToChuHoSo: owner?.personalId || owner?.taxCode || null,
    DinhDanhCHS: owner ? { LoaiDinhDanh: null, SoDinhDanh: owner.personalId || owner.taxCode || null } : null,
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
    ThongTinTra: null,
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
    DanhSachGiayToKhac: facts.papers.flatMap((paper) =>
      KINDS_OF_PAPER.filter(([kind]) => paper[kind] > 0).map(([kind, code]) => ({
        TenGiayTo: procedure.papers.get(paper.requirementId) ?? paper.requirementId,
        SoLuong: paper[kind],
        LoaiGiayTo: code,
      })),
    ),
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
      ThongTinTiepNhan: null,
      NgayTiepNhanBoSung: stampOf(one.answeredAt),
      TrangThaiBoSung: one.answeredAt ? "1" : "0",
      DanhSachGiayToBoSung: facts.attachments
        .filter(({ supplementId }) => supplementId === one.id)
        .map(({ id, name }) => ({ TepDinhKemId: id, TenTepDinhKem: name })),
      DanhSachLePhiBoSung: [],
      ...datesAround(facts, one.id),
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
        NgayBatDau: stampOf(run?.openedAt ?? null),
        NgayKetThucTheoQuyDinh: stampOf(run?.dueAt ?? null),
      };
    }),
  };
}
