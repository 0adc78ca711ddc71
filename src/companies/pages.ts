export { companyPage } from "./pages/company.ts";
export { deskPage, toConfirmPage } from "./pages/desk.ts";
export { describePage, invitedPage, invitePage } from "./pages/forms.ts";
export { listPage } from "./pages/list.ts";
