/** What everybody reads of the portal itself, and how an administrator changes it. */
export { contentHomePage, type Edited, editForm, editPage, previewPage, versionPage } from "./pages/admin.ts";
export { contentPage, noticePage, noticesPage, outageBanners } from "./pages/public.ts";
