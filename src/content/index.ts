/**
 * Content: what the portal says of itself to everybody, as an administrator words it. A *page* always stands (guide,
 * questions, contact, privacy, terms, accessibility); a *notice* is news or a planned *outage*, told from one instant to
 * another. Texts are in both languages, of a small part of Markdown, and every *version* is kept with who wrote it.
 */
export { importPages, publishNotice } from "./actions.ts";
export { outageBanners } from "./pages.ts";
export { type ListedNotice, listNotices, listOutages } from "./queries.ts";
export * from "./rules.ts";
