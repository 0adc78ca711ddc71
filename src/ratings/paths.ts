/** Where an applicant rates, and where an agency reads how it was rated. */
export const paths = {
  rate: (reference: string): string => `/ca-nhan/ho-so/${reference}/danh-gia`,
  figures: "/mot-cua/danh-gia",
  olderComments: (cursor: string): string => `/mot-cua/danh-gia?truoc=${encodeURIComponent(cursor)}`,
};
