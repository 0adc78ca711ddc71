import { randomUUID } from "node:crypto";
import type { Request, RequestHandler } from "express";
import { addressAnswer } from "#accounts/rules.ts";
import { readForm } from "#platform/form.ts";
import { Refusal } from "#platform/refusal.ts";
import { redirect } from "#platform/render.ts";
import { leaveNotice } from "#platform/session.ts";
import { type Answers, type FieldContext, fieldContext } from "#procedures/index.ts";
import { keepFavourite } from "../actions/favourites.ts";
import { ArrivingInput, FavouriteInput } from "../inputs/counter.ts";
import { paths } from "../paths.ts";
import { type EarlierHere, findKnownHere } from "../queries/person.ts";
import { listOffered } from "../queries.ts";
import { communeIn, readShown, type Shown } from "../rules.ts";
import { officerOf, translate } from "./speech.ts";

/** Who stands at the counter now: until the next person, whatever they hand in is one filing. */
export type AtCounter = {
  /** First answers of the applicant's part of the form. */
  applicant: Answers;
  gender: string | null;
  /** What the card says and the form could not take over. */
  cardAddress: string | null;
  /** By what they can be found among the desk's dossiers. */
  by: { personalId: string } | { phone: string } | null;
  filingId: string;
};
declare module "express-session" {
  interface SessionData {
    atCounter?: AtCounter;
  }
}

const nobody = (): AtCounter => ({ applicant: {}, gender: null, cardAddress: null, by: null, filingId: randomUUID() });

/** Who is at the counter; somebody not yet named when nobody was. */
export function atCounter(req: Request): AtCounter {
  req.session.atCounter ??= nobody();
  return req.session.atCounter;
}

const addressOf = (text: string | null, communeCode: string | null, context: FieldContext) => {
  const home = context.lists.communesOf(context.homeProvince ?? "");
  const commune = communeCode ? { value: communeCode, text: "" } : communeIn(text ?? "", home);
  if (!commune) return null;
  const [line = ""] = (text ?? "").split(",");
  return addressAnswer({ communeCode: commune.value, addressLine: line.trim() || null }, context);
};

async function meet(req: Request, shown: Exclude<Shown, { kind: "unreadable" }>, context: FieldContext) {
  const ctx = officerOf(req);
  const by =
    "personalId" in shown ? { personalId: shown.personalId } : "phone" in shown ? { phone: shown.phone } : null;
  const known = by ? await findKnownHere(ctx, by) : null;
  const card = shown.kind === "card" ? shown : null;
  const person = known?.person;
  const cardAddress = card && addressOf(card.address, null, context);
  const address =
    cardAddress ?? (person?.communeCode ? addressOf(person.address, person.communeCode, context) : undefined);
  const answers: Record<string, unknown> = {
    applicant_fullName: card?.fullName ?? (shown.kind === "name" ? shown.fullName : person?.fullName),
    applicant_personalId: by && "personalId" in by ? by.personalId : person?.personalId,
    applicant_birthDate: card?.birthDate ?? person?.birthDate,
    applicant_phone: shown.kind === "phone" ? shown.phone : person?.phone,
    applicant_email: person?.email,
    applicant_passport: shown.kind === "paper" ? shown.number : undefined,
    applicant_address: address ?? undefined,
  };
  req.session.atCounter = {
    ...nobody(),
    applicant: Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== undefined && value !== null)),
    gender: card?.gender ?? person?.gender ?? null,
    cardAddress: card?.address && !cardAddress ? card.address : null,
    by,
  };
}

/** The earlier dossiers of who stands there, at the officer's own agencies. */
export const findEarlierHere = async (req: Request): Promise<EarlierHere[]> => {
  const by = req.session.atCounter?.by;
  return by ? (await findKnownHere(officerOf(req), by)).dossiers : [];
};

/** Somebody steps up, or says what they came for: one field each, one key to send both. */
export const arrive: RequestHandler = async (req, res) => {
  const ctx = officerOf(req);
  const t = translate(res);
  const input = readForm(ArrivingInput, req);
  if (!input.ok) throw new Refusal("platform.refused.badRequest", 400);
  const { nguoi: typed, "thu-tuc": q, viec } = input.data;
  if (viec === "tiep") {
    delete req.session.atCounter;
    return redirect(res, paths.counter);
  }
  const shown = readShown(typed);
  if (shown?.kind === "unreadable") {
    leaveNotice(req, "info", t("desk.intake.person.unreadable", { typed: typed.slice(0, 60) }));
    return redirect(res, paths.counter);
  }
  if (shown) await meet(req, shown, await fieldContext(ctx, t));
  if (q === "") return redirect(res, paths.counter);
  const { rows } = await listOffered(ctx, q);
  const codes = [...new Set(rows.map(({ code }) => code))];
  const one = codes.length === 1 ? codes[0] : codes.find((code) => code === q);
  return redirect(res, one ? paths.register(one) : paths.searchCounter({ q }));
};

export const favour: RequestHandler = async (req, res) => {
  const input = readForm(FavouriteInput, req);
  if (!input.ok) throw new Refusal("platform.refused.badRequest", 400);
  await keepFavourite(officerOf(req), input.data.code, input.data.keep);
  redirect(res, paths.counter);
};
