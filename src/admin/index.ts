/** Administration: what the installation holds, to look at: agencies, people and their postings, procedures. It keeps nothing. */
export { adminSections } from "./pages.ts";
