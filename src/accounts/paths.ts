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
  language: (language: string): string => `/ngon-ngu/${language}`,
  look: (word: string): string => `/giao-dien/${word}`,
} as const;
