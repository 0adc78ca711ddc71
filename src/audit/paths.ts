export const paths = {
  log: "/nhat-ky-an-toan",
  export: "/nhat-ky-an-toan/xuat.jsonl",
  looks: (reference: string): string => `/ca-nhan/ho-so/${reference}/nguoi-da-xem`,
} as const;
