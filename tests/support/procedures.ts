import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Context, System } from "#platform/context.ts";
import { systemContext } from "#platform/context.ts";
import type { Db } from "#platform/db.ts";
import type { FileStore } from "#platform/files.ts";

/** The real files lie beside the project where it is built, and nowhere else. */
const REAL = join(import.meta.dirname, "../../../shared/data");
export const realFile = (name: string): string | null => (existsSync(join(REAL, name)) ? join(REAL, name) : null);

export const systemAt = (db: Db, now = "2026-11-23T08:00:00+07:00"): Context<System> =>
  systemContext({ db, files: {} as FileStore, publicUrl: "https://example.test" }, new Date(now), "test");

/** A line of the national catalogue, with what a test changes. */
export const line = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  code: "1.900001",
  name: "Cấp giấy phép thử nghiệm",
  promulgating_agency: "Bộ Xây dựng",
  executing_agency: "Sở Xây dựng",
  competent_agency: null,
  coordinating_agency: null,
  authorised_agency: null,
  receiving_address: null,
  level_text: "Cấp tỉnh",
  levels: ["tinh"],
  field: "Hoạt động xây dựng",
  procedure_type: null,
  decision_no: "1/QĐ-BXD",
  subjects: ["Công dân Việt Nam"],
  steps: "Bước 1: Nộp hồ sơ.\nBước 2: Nhận kết quả.",
  methods: [
    {
      channel: "in_person",
      channel_text: "Trực tiếp",
      time_text: "5 Ngày làm việc",
      time_value: 5,
      time_unit: "working_day",
      fee_text: null,
      fee_amounts_vnd: [],
      free: null,
      description: null,
    },
  ],
  dossier: [{ case: null, items: [{ name: "Đơn đề nghị", originals: 1, copies: 0, form_file: null }] }],
  legal_basis: [{ title: "Luật Xây dựng", number: "50/2014/QH13" }],
  requirements: null,
  results: [{ name: "Giấy phép", code: null }],
  related: null,
  keywords: null,
  url: "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/x",
  detail: "full",
  in_catalogue_2026_07: true,
  sources: [],
  flags: [],
  ...changes,
});
