import { z } from "zod";

/** What an electronic identity provider says of somebody, as the portal needs it. */
export type Identity = {
  issuer: string;
  subject: string;
  personalId: string | null;
  fullName: string;
  /** yyyy-MM-dd */
  birthDate: string | null;
  phone: string | null;
  email: string | null;
  /** 1: registered from afar; 2: proven face to face. */
  level: 1 | 2;
};

/** What must be remembered between sending somebody away and their coming back. */
export type IdentityAsked = { state: string; nonce: string; verifier: string };

/**
 * A provider of electronic identities, over OpenID Connect. `begin`: where somebody is sent, and what must be kept;
 * `finish`: what the provider says of whoever came back to this address.
 * @throws when the answer is not the one that was asked for
 */
export type IdentityProvider = {
  /** Where forms of ours may lead away to. */
  origin: string;
  /** `anew`: the provider asks again who it is, even of somebody whom it knows from a moment ago. */
  begin(back: string, anew?: boolean): Promise<{ address: string; asked: IdentityAsked }>;
  finish(address: URL, asked: IdentityAsked): Promise<Record<string, unknown>>;
};

const text = z.union([z.string(), z.number()]).transform(String).optional();

/** Claims as VNeID's single sign-on names them, beside OpenID's own. */
const Claims = z.object({
  iss: z.string().min(1),
  sub: z.string().min(1),
  LoaiTaiKhoan: text,
  MaSoThue: text,
  MaSoDoanhNghiep: text,
  SoDinhDanh: text,
  HoVaTen: z.string().optional(),
  NgayThangNamSinh: z.string().optional(),
  ThuDienTu: z.string().optional(),
  SoDienThoai: text,
  name: z.string().optional(),
  email: z.string().optional(),
  phone_number: z.string().optional(),
  loAs: text,
  IAL: text,
});

/** yyyyMMdd, dd/MM/yyyy or yyyy-MM-dd as yyyy-MM-dd; null for anything else, a year alone included. */
function dayIn(given: string | undefined): string | null {
  const compact = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(given ?? "");
  const slashed = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(given ?? "");
  const day = compact
    ? `${compact[1]}-${compact[2]}-${compact[3]}`
    : slashed
      ? `${slashed[3]}-${slashed[2]}-${slashed[1]}`
      : null;
  return day && !Number.isNaN(Date.parse(day)) ? day : null;
}

/** A level that is not said is the lower one. */
const isProvenFace = ({ IAL, loAs }: { IAL?: string | undefined; loAs?: string | undefined }): boolean =>
  /2/.test(IAL ?? loAs ?? "1");

/**
 * The tax code of the company that the claims speak of (LoaiTaiKhoan 2), where its identity is of the second level; null
 * for a citizen's, and for a company that was not proven face to face.
 */
export function companyFrom(claims: Record<string, unknown>): string | null {
  const read = Claims.safeParse(claims);
  if (!read.success || read.data.LoaiTaiKhoan !== "2" || !isProvenFace(read.data)) return null;
  const code = (read.data.MaSoThue ?? read.data.MaSoDoanhNghiep ?? "").replace(/\s/g, "");
  return code.replace(/^(\d{10})(\d{3})$/, "$1-$2") || null;
}

/**
 * Who the claims speak of; null when they speak of no citizen (LoaiTaiKhoan 1), or lack a name.
 * A level that is not said is the lower one.
 */
export function identityFrom(claims: Record<string, unknown>): Identity | null {
  const read = Claims.safeParse(claims);
  if (!read.success) return null;
  const said = read.data;
  const fullName = (said.HoVaTen ?? said.name ?? "").normalize("NFC").replace(/\s+/g, " ").trim();
  if (fullName === "" || (said.LoaiTaiKhoan ?? "1") !== "1") return null;
  const personalId = /^\d{12}$/.test(said.SoDinhDanh ?? "") ? (said.SoDinhDanh ?? null) : null;
  const level = isProvenFace(said) && personalId !== null ? 2 : 1;
  return {
    issuer: said.iss,
    subject: said.sub,
    personalId,
    fullName,
    birthDate: dayIn(said.NgayThangNamSinh),
    phone: said.SoDienThoai ?? said.phone_number ?? null,
    email: (said.ThuDienTu ?? said.email ?? "").trim().toLowerCase() || null,
    level,
  };
}
