import type { Button, ErrorSummary, PageHeading, Part, SubNavigation } from "#platform/components.ts";
import type { Page } from "#platform/render.ts";

export { formPage, formsPage } from "./pages/forms.ts";
export { endPage, makePage } from "./pages/papers.ts";
export { registerPage } from "./pages/register.ts";
export { type Checked, verifyPage } from "./pages/verify.ts";

/** A form of a page: where it goes, its controls, its buttons. */
export type PageForm = {
  title?: string;
  lead?: string;
  action: string;
  multipart?: boolean;
  parts: readonly Part[];
  buttons: readonly Button[];
};

/** Every page of this room: what shows, the forms, and what shows below them. */
export type DocumentPage = Page & {
  heading: PageHeading;
  errors: ErrorSummary | null;
  sections: SubNavigation | null;
  parts: readonly Part[];
  forms: readonly PageForm[];
  after: readonly Part[];
};

declare module "#platform/render.ts" {
  interface Views {
    "documents/page": DocumentPage;
  }
}
