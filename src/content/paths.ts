import type { PageKey } from "./rules.ts";

/** What the portal says of itself, and where an administrator changes it. */
export const paths = {
  page: {
    guide: "/huong-dan",
    questions: "/cau-hoi-thuong-gap",
    contact: "/lien-he",
    privacy: "/quyen-rieng-tu",
    terms: "/dieu-khoan-su-dung",
    accessibility: "/kha-nang-tiep-can",
  } as const satisfies Record<PageKey, string>,
  notices: "/thong-bao",
  olderNotices: (cursor: string): string => `/thong-bao?truoc=${encodeURIComponent(cursor)}`,
  notice: (id: string): string => `/thong-bao/${id}`,
  admin: "/quan-tri/noi-dung",
  editPage: (key: PageKey): string => `/quan-tri/noi-dung/trang/${key}`,
  newNotice: "/quan-tri/noi-dung/thong-bao",
  editNotice: (id: string): string => `/quan-tri/noi-dung/thong-bao/${id}`,
  /** One version of a page or a notice, as it was published. */
  version: (subject: string, number: number): string => `/quan-tri/noi-dung/phien-ban/${subject}/${number}`,
};
