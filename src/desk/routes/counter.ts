import { randomUUID } from "node:crypto";
import type { Request, RequestHandler, Response } from "express";
import { findReasons, findWorkDossier } from "#dossiers/index.ts";
import { prefilled } from "#filing/rules.ts";
import { findDirectory } from "#organizations/index.ts";
import type { FieldErrors } from "#platform/form.ts";
import { readQuery, readValues } from "#platform/form.ts";
import { fileControl, MAX_FILE_MEGABYTES } from "#platform/received.ts";
import { notFound } from "#platform/refusal.ts";
import { redirect, render } from "#platform/render.ts";
import { type ReceivedFile, receiveUpload } from "#platform/uploads.ts";
import {
  type Answers,
  controlsOf,
  type FieldContext,
  fieldContext,
  findVersion,
  pressedInPage,
  type Submitted,
} from "#procedures/index.ts";
import { linkTicket } from "#queue/index.ts";
import { type HeldFile, heldFileId, holdFiles, type Instead, registerAtCounter } from "../actions.ts";
import { CounterAct, InsteadInput } from "../inputs/counter.ts";
import { CounterQuery, isId } from "../inputs.ts";
import { casePage, chooserPage, registeredPage, registerPage } from "../pages.ts";
import { paths } from "../paths.ts";
import { listFavourites } from "../queries/favourites.ts";
import { listTogether } from "../queries/together.ts";
import { deskAgencies, findHomes, findOffered, listOffered, listRecent } from "../queries.ts";
import { applicantForm, counterForm, isPaper, OWN, possiblePapers } from "../rules.ts";
import { atCounter, findEarlierHere } from "./person.ts";
import { type Offer, readCounter } from "./reading.ts";
import { officerOf, translate } from "./speech.ts";

declare module "express-session" {
  interface SessionData {
    /** Files of counter forms that came back with mistakes, by the form's key; the last few forms only. */
    heldFiles?: [formKey: string, files: HeldFile[]][];
  }
}
const MOST_HELD_FORMS = 5;
const MOST_FILES = 50;

const heldFor = (req: Request, formKey: string): HeldFile[] =>
  req.session.heldFiles?.find(([key]) => key === formKey)?.[1] ?? [];
function hold(req: Request, formKey: string, files: HeldFile[]): void {
  const others = (req.session.heldFiles ?? []).filter(([key]) => key !== formKey);
  req.session.heldFiles = files.length > 0 ? [...others.slice(1 - MOST_HELD_FORMS), [formKey, files]] : others;
}

export const showChooser: RequestHandler = async (req, res) => {
  const ctx = officerOf(req);
  const { q = "" } = readQuery(CounterQuery, req.query);
  const [{ rows, isMore }, recent, favourites, earlier, { agencyOf }] = await Promise.all([
    listOffered(ctx, q),
    q === "" ? listRecent(ctx) : [],
    listFavourites(ctx),
    findEarlierHere(req),
    findDirectory(ctx),
  ]);
  const agencyName = (id: string): string => agencyOf(id)?.name ?? "";
  render(
    res,
    "desk/counter",
    chooserPage(
      {
        q,
        rows,
        isMore,
        recent,
        favourites,
        agencyName,
        desks: deskAgencies(ctx.actor).length,
        person: req.session.atCounter ?? null,
        earlier,
      },
      translate(res),
    ),
  );
};

async function findOffer(req: Request): Promise<Offer> {
  const ctx = officerOf(req);
  const { "co-quan": agencyId, "truong-hop": chosen } = readQuery(CounterQuery, req.query);
  const offered = await findOffered(ctx, String(req.params["code"]), agencyId);
  const { cases } = offered.version.definition;
  const caseId = cases.length === 1 ? (cases[0]?.id ?? null) : (cases.find(({ id }) => id === chosen)?.id ?? null);
  const homes = await findHomes(ctx, offered.version, offered.agency);
  return { ...offered, caseId, homes };
}

type Filled = {
  formKey: string;
  values: Submitted;
  applicant: Answers;
  answers?: Answers;
  errors: FieldErrors;
  held: readonly HeldFile[];
  reasons: readonly string[];
};

function answerForm(
  res: Response,
  { version, agency, channels, caseId, homes }: Offer,
  filled: Filled,
  context: FieldContext,
): void {
  const { definition } = version;
  const submitted = filled.values["formKey"] === undefined ? {} : { submitted: filled.values };
  const controls = ({ page }: ReturnType<typeof counterForm>, answers: Answers) =>
    controlsOf(page, { answers, ...submitted }, filled.errors, context);
  const held = filled.held.map((file) => ({ ...file, id: heldFileId(file) }));
  render(
    res,
    "desk/register",
    registerPage(
      {
        definition,
        agency,
        caseId,
        channels,
        formKey: filled.formKey,
        applicant: controls(applicantForm(definition), filled.applicant),
        form: controls(counterForm(definition), filled.answers ?? {}),
        homes,
        reasons: filled.reasons,
        filled: { values: filled.values, errors: filled.errors, held },
        limit: { ...fileControl, megabytes: MAX_FILE_MEGABYTES },
      },
      translate(res),
    ),
  );
}

/** The counter's form; before it the choice of a case where the procedure has several. */
export const showCases: RequestHandler = async (req, res) => {
  const offer = await findOffer(req);
  const { definition } = offer.version;
  if (definition.cases.length > 0 && offer.caseId === null)
    return render(res, "desk/case", casePage(definition, offer.agency.id, translate(res)));
  const context = await fieldContext(req.ctx, translate(res));
  const { unitCode } = offer.agency;
  const isCommune = unitCode !== null && unitCode !== context.homeProvince;
  const here = isCommune
    ? { provinceCode: context.homeProvince ?? "", communeCode: unitCode, line: "", text: "" }
    : undefined;
  const person = atCounter(req);
  const applicant: Answers = { applicant_address: here, ...person.applicant };
  const said = (name: string) => applicant[`applicant_${name}`];
  const whose = Object.fromEntries(
    ["fullName", "personalId", "birthDate", "phone", "email"].map((name) => [name, said(name)]),
  );
  const { page } = counterForm(definition);
  const known = { gender: person.gender } as Parameters<typeof prefilled>[1]["known"];
  const isNamed = said("fullName") !== undefined;
  const first = prefilled(
    page,
    {
      known: isNamed ? known : null,
      applicant: { ...whose, address: person.applicant["applicant_address"] },
      earlier: [],
    },
    context,
  );
  const reasons = (await findReasons(req.ctx))("decline");
  answerForm(
    res,
    offer,
    { formKey: randomUUID(), values: {}, applicant, answers: first.answers, errors: {}, held: [], reasons },
    context,
  );
};

const requirementOf = (field: string): string => field.replace(/^paper-(.*)\.file$/, "$1");

export const submitCounter: RequestHandler = async (req, res) => {
  const ctx = officerOf(req);
  const offer = await findOffer(req);
  const { definition } = offer.version;
  if (definition.cases.length > 0 && offer.caseId === null) throw notFound();
  const papers = possiblePapers(definition, offer.caseId).filter(isPaper);
  const upload = await receiveUpload(req, res, { fields: papers.map(({ id }) => `paper-${id}.file`) });
  const { body } = upload;
  const context = await fieldContext(ctx, translate(res));
  const formKey = isId(body["formKey"]) ? body["formKey"] : randomUUID();
  const values = { ...body, formKey };
  const before = heldFor(req, formKey);
  const held = before.filter((file) => heldFileId(file) !== body["unhold"]);
  const sent = upload.files.map(({ field, ...file }: ReceivedFile) => ({
    ...file,
    requirementId: requirementOf(field),
  }));

  const isTooMany = held.length + sent.length > MOST_FILES;
  const crowded: FieldErrors = isTooMany
    ? {
        [`paper-${sent[0]?.requirementId}.file`]: {
          key: "desk.counter.errors.tooManyFiles",
          params: { max: MOST_FILES },
        },
      }
    : {};

  const again = async (
    status: number,
    shown: Submitted,
    errors: FieldErrors,
    { kept = held, key = formKey }: { kept?: readonly HeldFile[]; key?: string } = {},
  ) => {
    const files = isTooMany ? [...kept] : [...kept, ...(await holdFiles(ctx, sent))];
    hold(req, key, files);
    const reasons = (await findReasons(ctx))("decline");
    answerForm(
      res.status(status),
      offer,
      { formKey: key, values: shown, applicant: {}, errors, held: files, reasons },
      context,
    );
  };
  const pressed =
    pressedInPage(applicantForm(definition), "applicant", values) ??
    pressedInPage(counterForm(definition), "counter", values);
  if (pressed ?? body["unhold"] !== undefined) return again(200, pressed ?? values, {});
  const read = readCounter(offer, values, [...held, ...sent], context, ctx.now);
  const { act } = CounterAct.parse(body);
  const refused = { ...crowded, ...(upload.ok ? {} : upload.errors) };
  const chosen = act === "accept" ? read : insteadOf(act, body, read);
  const errors = { ...chosen.errors, ...refused };
  if (chosen.registration === null || Object.keys(errors).length > 0) return again(422, values, errors);

  const { filingId } = atCounter(req);
  const registration = { ...chosen.registration, formKey, filingId };
  const done = await registerAtCounter(ctx, registration, { sent, held }, "instead" in chosen ? chosen.instead : null);
  if ("dossierId" in done) {
    hold(req, formKey, []);
    await linkTicket(ctx, done.dossierId);
    return redirect(res, paths.registered(done.dossierId));
  }
  if ("used" in done) {
    const key = randomUUID();
    const told = { key: "desk.counter.errors.formUsed" as const, params: { code: done.used } };
    return again(409, { ...values, formKey: key }, { applicant_fullName: told }, { key });
  }
  const nameOf = (id: string): string => papers.find((paper) => paper.id === id)?.name.vi ?? id;
  const gone = Object.fromEntries(
    done.gone.map((id) => [
      `paper-${id}.file`,
      { key: "desk.counter.errors.fileGone" as const, params: { paper: nameOf(id) } },
    ]),
  );
  await again(422, values, gone, { kept: held.filter(({ requirementId }) => !done.gone.includes(requirementId)) });
};

/** What a notice instead of a receipt would say, and what is still wrong with it. */
function insteadOf(
  act: "ask" | "decline",
  body: Submitted,
  { errors, lacking }: ReturnType<typeof readCounter>,
): { errors: FieldErrors; registration: NonNullable<typeof lacking>["registration"] | null; instead: Instead | null } {
  const read = readValues(InsteadInput, body);
  const reason = read.ok ? read.data.reason : "";
  const wrong: Record<string, FieldErrors[string]> = {};
  if (!read.ok && read.form.errors["reason"]) wrong[OWN.reason] = read.form.errors["reason"];
  if (!lacking && errors["applicant_fullName"]) wrong["applicant_fullName"] = errors["applicant_fullName"];
  if (reason === "") wrong[OWN.reason] ??= { key: "desk.intake.instead.errors.reason" };
  const marks = lacking?.marks ?? [];
  if (act === "ask" && lacking && marks.length === 0) wrong[OWN.reason] = { key: "desk.intake.instead.errors.nothing" };
  return {
    errors: wrong,
    registration: lacking?.registration ?? null,
    instead: act === "ask" ? { act, reason, marks } : { act, reason },
  };
}

export const showRegistered: RequestHandler<{ id: string }> = async (req, res) => {
  if (!isId(req.params.id)) throw notFound();
  const dossier = await findWorkDossier(officerOf(req as Request), req.params.id);
  const { definition } = await findVersion(req.ctx, dossier.procedureVersionId);
  const ctx = officerOf(req as Request);
  const together = dossier.filingId ? await listTogether(ctx, dossier.filingId) : [];
  const signature = await ctx.db.receiptSignature.findUnique({ where: { dossierId: dossier.id } });
  render(
    res,
    "desk/registered",
    registeredPage({ dossier, procedureName: definition.name.vi, together, signature }, translate(res)),
  );
};
