import { z } from "zod";

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
  /** The law names no codes for it that could be stored. */
  MaDoiTuong: z.null(),
  SoGiayToChuHoSo: text,
  DinhDanhCHS: z.strictObject({ LoaiDinhDanh: z.null(), SoDinhDanh: text }).nullable(),
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
  ThongTinTra: z.null(),
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
  DanhSachGiayToKhac: z.array(
    z.strictObject({
      TenGiayTo: z.string(),
      SoLuong: z.number().int().positive(),
      /** 0 original, 1 copy, 2 electronic. */
      LoaiGiayTo: z.enum(["0", "1", "2"]),
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
      ThongTinTiepNhan: z.null(),
      NgayTiepNhanBoSung: stamp,
      /** 0 waited for, 1 answered. */
      TrangThaiBoSung: z.enum(["0", "1"]),
      DanhSachGiayToBoSung: z.array(z.strictObject({ TepDinhKemId: z.string(), TenTepDinhKem: z.string() })),
      DanhSachLePhiBoSung: z.array(z.never()),
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
      NgayBatDau: stamp,
      NgayKetThucTheoQuyDinh: stamp,
    }),
  ),
});
export type NationalPayload = z.infer<typeof NationalPayload>;
