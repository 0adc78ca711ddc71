/** What a draft is, which pages it has, what it still lacks, and what of it is filed. */
export * from "./rules/again.ts";
export * from "./rules/applicant.ts";
export * from "./rules/archive.ts";
export * from "./rules/assistance.ts";
export * from "./rules/checklist.ts";
export * from "./rules/consents.ts";
export * from "./rules/draft.ts";
export * from "./rules/filed.ts";
export * from "./rules/keeping.ts";
export * from "./rules/many.ts";
export * from "./rules/owners.ts";
export * from "./rules/papers.ts";
export * from "./rules/prefill.ts";
export * from "./rules/renewal.ts";
export * from "./rules/screening.ts";
export * from "./rules/sheet.ts";
export * from "./rules/uploads.ts";
