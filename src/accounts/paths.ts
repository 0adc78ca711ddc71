export const paths = {
  signUp: "/dang-ky",
  signIn: "/dang-nhap",
  /** The sign-in page that leads back to where somebody was going. */
  signInFor: (next: string): string => `/dang-nhap?tiep=${encodeURIComponent(next)}`,
  signUpFor: (next: string): string => `/dang-ky?tiep=${encodeURIComponent(next)}`,
  signOut: "/dang-xuat",
  activate: (token: string): string => `/kich-hoat/${token}`,
  home: { citizen: "/ca-nhan", officer: "/mot-cua", admin: "/quan-tri" },
  profile: "/ca-nhan/tai-khoan",
  editProfile: "/ca-nhan/tai-khoan/sua",
  password: "/mat-khau",
  /** The second step of signing in, after a right password. */
  secondStep: "/dang-nhap/buoc-hai",
  proveAgain: "/xac-nhan-lai",
  proveAgainFor: (next: string): string => `/xac-nhan-lai?tiep=${encodeURIComponent(next)}`,
  /** Why an act needs a second step, and how to set one up. */
  needsStep: "/bao-mat/can-hai-buoc",
  needsStepFor: (act: string, next: string): string =>
    `/bao-mat/can-hai-buoc?viec=${act}&tiep=${encodeURIComponent(next)}`,
  /** What was sent before the session ended, to be sent again. */
  resend: "/gui-lai",
  security: "/bao-mat",
  addNumbers: "/bao-mat/ung-dung",
  addPasskey: "/bao-mat/khoa-truy-cap",
  recoveryCodes: "/bao-mat/ma-du-phong",
  removeFactor: (id: string): string => `/bao-mat/buoc-hai/${id}/bo`,
  endSession: (fingerprint: string): string => `/bao-mat/thiet-bi/${fingerprint}/dang-xuat`,
  endOthers: "/bao-mat/thiet-bi/dang-xuat-het",
  forgotten: "/quen-mat-khau",
  resetPassword: "/quen-mat-khau/dat-lai",
  contact: "/ca-nhan/tai-khoan/lien-lac",
  confirmContact: "/ca-nhan/tai-khoan/lien-lac/xac-nhan",
  /** The code that was sent at signing up is typed here; then on to where somebody was going. */
  confirmContactFor: (next: string): string => `/ca-nhan/tai-khoan/lien-lac/xac-nhan?tiep=${encodeURIComponent(next)}`,
  /** A code to what the account says already. */
  sendContactCode: "/ca-nhan/tai-khoan/lien-lac/gui-ma",
  identity: "/dang-nhap/dinh-danh-dien-tu",
  identityFor: (next: string): string => `/dang-nhap/dinh-danh-dien-tu?tiep=${encodeURIComponent(next)}`,
  /** A fresh proof by the identity that the account is linked to. */
  identityAgain: "/xac-nhan-lai/dinh-danh-dien-tu",
  /** By the company's own identity, that somebody who says so speaks for it. */
  confirmCompany: (id: string): string => `/bao-mat/to-chuc/${id}/xac-nhan`,
  identityBack: "/dang-nhap/dinh-danh-dien-tu/ve",
  linkIdentity: "/bao-mat/dinh-danh-dien-tu/lien-ket",
  unlinkIdentity: (id: string): string => `/bao-mat/dinh-danh-dien-tu/${id}/bo`,
  language: (language: string): string => `/ngon-ngu/${language}`,
  look: (word: string): string => `/giao-dien/${word}`,
} as const;
