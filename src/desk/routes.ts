/**
 * The desk: where officers work. The *worklist* says what waits for whom, the *dossier page* carries one dossier along,
 * the *counter* registers the paper of somebody who stands there. Nothing is decided here: the dossiers room decides.
 */
import { Router } from "express";
import { isSafe } from "#platform/guards.ts";
import { forgetCounts } from "./queries.ts";
import { keepAreas, keepRule, showAreas, showAssignment } from "./routes/assignment.ts";
import { showBatch, startBatch } from "./routes/batch.ts";
import { showCases, showChooser, showRegistered, submitCounter } from "./routes/counter.ts";
import {
  accept,
  advance,
  assign,
  decline,
  deliver,
  record,
  showDossier,
  showFile,
  takeOver,
} from "./routes/dossier.ts";
import { handMany, printHandingSlip, receiveMany, showHanding, showHandingSlip } from "./routes/handing.ts";
import { beginLeave, endLeave, showLeave } from "./routes/leave.ts";
import { correct, explain, foresee, hand, oblige, paid, reopen, show, take } from "./routes/life.ts";
import { ask, extend, receive, showAsk, stop, voidAccepted } from "./routes/moves.ts";
import { showNational } from "./routes/national.ts";
import { sendOverview, showAdminOverview, showOverview } from "./routes/overview.ts";
import { showPerformance } from "./routes/performance.ts";
import { arrive, favour } from "./routes/person.ts";
import { stayHere } from "./routes/presence.ts";
import { lift, restrict, showRestriction } from "./routes/restricting.ts";
import {
  handResult,
  handSheet,
  makeSheet,
  printSheet,
  sendSheetCsv,
  sendSheetXlsx,
  showHand,
  showPosting,
  showReady,
  showSheet,
} from "./routes/returning.ts";
import { keepSignature, printFilingSlip, showSignature } from "./routes/signing.ts";
import { dropView, keepColumns, keepView, showViews } from "./routes/views.ts";
import { showWorklist } from "./routes/worklist.ts";

/** Mounted at /mot-cua, for officers. */
export const officerRoutes = Router();

// Looking changes no count.
officerRoutes.post("/ho-so/:id/co-mat", stayHere);
officerRoutes.use((req, res, next) => {
  if (!isSafe(req.method)) res.once("finish", () => forgetCounts(req.ctx));
  next();
});
officerRoutes.get("/", showWorklist);
officerRoutes.get("/danh-sach", showViews);
officerRoutes.post("/danh-sach", keepView);
officerRoutes.post("/danh-sach/:id/xoa", dropView);
officerRoutes.post("/cot", keepColumns);
officerRoutes.get("/phan-cong", showAssignment);
officerRoutes.post("/phan-cong", keepRule);
officerRoutes.get("/phan-cong/:id", showAreas);
officerRoutes.post("/phan-cong/:id", keepAreas);
officerRoutes.get("/vang-mat", showLeave);
officerRoutes.post("/vang-mat", beginLeave);
officerRoutes.post("/vang-mat/:id/thu-hoi", endLeave);
officerRoutes.post("/hang-loat", startBatch);
officerRoutes.get("/hang-loat/:id", showBatch);

officerRoutes.get("/tiep-nhan", showChooser);
officerRoutes.post("/tiep-nhan", arrive);
officerRoutes.post("/tiep-nhan/hay-dung", favour);
officerRoutes.get("/tiep-nhan/phieu-chung/:id", printFilingSlip);
officerRoutes.get("/tiep-nhan/xong/:id", showRegistered);
officerRoutes.get("/tiep-nhan/xong/:id/chu-ky", showSignature);
officerRoutes.post("/tiep-nhan/xong/:id/chu-ky", keepSignature);
officerRoutes.get("/tiep-nhan/:code", showCases);
officerRoutes.post("/tiep-nhan/:code", submitCounter);

officerRoutes.get("/tra-ket-qua", showReady);
officerRoutes.get("/tra-ket-qua/:id", showHand);
officerRoutes.post("/tra-ket-qua/:id", handResult);
officerRoutes.get("/buu-chinh", showPosting);
officerRoutes.post("/buu-chinh", makeSheet);
officerRoutes.get("/buu-chinh/:id", showSheet);
officerRoutes.get("/buu-chinh/:id/csv", sendSheetCsv);
officerRoutes.get("/buu-chinh/:id/xlsx", sendSheetXlsx);
officerRoutes.get("/buu-chinh/:id/pdf", printSheet);
officerRoutes.post("/buu-chinh/:id/da-giao", handSheet);
officerRoutes.get("/ban-giao", showHanding);
officerRoutes.post("/ban-giao", handMany);
officerRoutes.get("/ban-giao/:id", showHandingSlip);
officerRoutes.get("/ban-giao/:id/phieu", printHandingSlip);
officerRoutes.post("/ban-giao/:id/nhan", receiveMany);

officerRoutes.get("/ho-so/:id", showDossier);
officerRoutes.get("/ho-so/:id/tep/:fileId", showFile);
officerRoutes.post("/ho-so/:id/tiep-nhan", accept);
officerRoutes.post("/ho-so/:id/tu-choi", decline);
officerRoutes.post("/ho-so/:id/phan-cong", assign);
officerRoutes.post("/ho-so/:id/nhan-thay", takeOver);
officerRoutes.post("/ho-so/:id/buoc", advance);
officerRoutes.post("/ho-so/:id/ket-qua", record);
officerRoutes.post("/ho-so/:id/tra-ket-qua", deliver);
officerRoutes.get("/ho-so/:id/yeu-cau-bo-sung", showAsk);
officerRoutes.post("/ho-so/:id/yeu-cau-bo-sung", ask);
officerRoutes.post("/ho-so/:id/nhan-bo-sung", receive);
officerRoutes.post("/ho-so/:id/gia-han", extend);
officerRoutes.post("/ho-so/:id/dung", stop);
officerRoutes.get("/ho-so/:id/han-che", showRestriction);
officerRoutes.post("/ho-so/:id/han-che", restrict);
officerRoutes.post("/ho-so/:id/bo-han-che", lift);
officerRoutes.post("/ho-so/:id/huy-tiep-nhan", voidAccepted);
officerRoutes.get("/ket-qua-xu-ly", showPerformance);
officerRoutes.get("/tinh-hinh", showOverview);
officerRoutes.get("/tinh-hinh.csv", sendOverview);
officerRoutes.get("/ho-so/:id/dong-bo.json", showNational);
officerRoutes.post("/ho-so/:id/kip-han", foresee);
officerRoutes.post("/ho-so/:id/ly-do-tre", explain);
officerRoutes.post("/ho-so/:id/nghia-vu-tai-chinh", oblige);
officerRoutes.post("/ho-so/:id/da-nop-tien", paid);
officerRoutes.post("/ho-so/:id/gui-du-thao", show);
officerRoutes.post("/ho-so/:id/ban-giao", hand);
officerRoutes.post("/ho-so/:id/nhan-ban-giao", take);
officerRoutes.post("/ho-so/:id/dinh-chinh", correct);
officerRoutes.post("/ho-so/:id/mo-lai", reopen);

/** Under /quan-tri. */
export const adminRoutes = Router();

adminRoutes.get("/tinh-hinh", showAdminOverview);
adminRoutes.get("/tinh-hinh.csv", sendOverview);
