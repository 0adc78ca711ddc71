/** What an administrator sees of the calendar: a year, a day or a table to be entered, and what a change would move. */
export { dayForm, dayPage, importPage } from "./pages/forms.ts";
export { previewPage } from "./pages/preview.ts";
export type { Looked } from "./pages/words.ts";
export { yearPage } from "./pages/year.ts";
