/** A code held to the hall's machine: of an appointment, or of a dossier. */
import { Router } from "express";
import { isWellFormedCode, readCode } from "#platform/codes.ts";
import { readForm } from "#platform/form.ts";
import { addressOf, limitOf } from "#platform/limits.ts";
import { Refusal } from "#platform/refusal.ts";
import { redirect } from "#platform/render.ts";
import { findHall, scannedCode, takeForDossier } from "#queue/index.ts";
import { paths as queuePaths } from "#queue/paths.ts";
import { checkIn } from "../actions/arrival.ts";
import { ScanInput } from "../inputs.ts";

export const arrivalRoutes = Router();

/** Who tries codes one after the other is stopped. */
const SCANS = { name: "scans-from", points: 60, seconds: 300 };

/** How the machine's page says why there is no number. */
const WORDS = {
  elsewhere: "noi-khac",
  unsure: "chon-viec",
  early: "chua-den",
  late: "da-qua",
  used: "da-dung",
  online: "truc-tuyen",
  unknown: "khong-ro",
} as const;

arrivalRoutes.post("/xep-hang/:hall/quet", async (req, res) => {
  const { id: hallId } = await findHall(req.ctx, req.params.hall);
  const seconds = await limitOf(req, SCANS).count(addressOf(req));
  if (seconds > 0) throw new Refusal("platform.refused.tooManyRequests", 429, { seconds });
  const input = readForm(ScanInput, req);
  const prints = input.ok && input.data.in;
  const typed = input.ok ? scannedCode(input.data.ma) : "";
  const code = readCode(typed);
  const arrived =
    (isWellFormedCode(code) ? await checkIn(req.ctx, hallId, code) : null) ??
    (await takeForDossier(req.ctx, hallId, typed));
  if ("why" in arrived) return redirect(res, queuePaths.kioskAfter(req.params.hall, WORDS[arrived.why]));
  redirect(res, `${queuePaths.slip(arrived.code)}${prints ? "?in=1" : ""}`);
});
