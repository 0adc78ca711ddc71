import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createOfficer } from "#accounts/index.ts";
import { HolidayTable, importHolidays } from "#calendar/index.ts";
import { DEMO_PASSWORD, demoAgencies, demoOfficers } from "#dev/demo.ts";
import { sampleAnswers } from "#dev/sample-answers.ts";
import { registerDossier, submitDossier } from "#dossiers/index.ts";
import { AgencyFile, importAgencies, importUnits, UnitFile } from "#organizations/index.ts";
import type { Citizen, Context, Officer } from "#platform/context.ts";
import { isoDay } from "#platform/format.ts";
import {
  findCurrentVersion,
  OfferingFile,
  offerProcedure,
  ProcedureDefinition,
  publishProcedure,
  typeOf,
} from "#procedures/index.ts";
import { findStep } from "#workflow/index.ts";
import { startTestApp } from "../support/app.ts";
import type { Client, Page } from "../support/client.ts";

const seed = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, "../../prisma/seed", name), "utf8"));

export const codes = {
  birth: "1.001193",
  house: "1.013225",
  land: "1.012753",
  copies: "2.000815",
  household: "1.001612",
};
export type Who = keyof typeof demoOfficers;

export type World = Awaited<ReturnType<typeof makeWorld>>;

/** Lạng Sơn with its agencies, five procedures of three workflow shapes, and the officers that a test names. */
export async function makeWorld(...people: Who[]) {
  const app = await startTestApp();
  const system = app.system();
  const units = UnitFile.parse(seed("units.json"));
  await importUnits(system, { ...units, provinces: units.provinces.filter(({ code }) => code === "20") });
  await importAgencies(system, AgencyFile.parse(seed("agencies.json")), "20");
  await importHolidays(system, HolidayTable.parse(seed("holidays.json")));
  const { offerings } = OfferingFile.parse(seed("offerings.json"));
  for (const code of Object.values(codes)) {
    const definition = ProcedureDefinition.parse(seed(`procedures/${code}.json`));
    await publishProcedure(system, definition, new Date("2026-01-01T00:00:00Z"));
    const plan = offerings.find((offering) => offering.code === code);
    if (plan) await offerProcedure(system, plan, definition.channels, "2026-01-01");
  }
  const accounts = new Map<Who, string>();
  for (const who of people)
    accounts.set(who, (await createOfficer(system, { ...demoOfficers[who], password: DEMO_PASSWORD })).accountId);
  const agencyId = async (of: keyof typeof demoAgencies): Promise<string> =>
    (await app.db.agency.findUniqueOrThrow({ where: { identifier: demoAgencies[of] } })).id;
  const officer = async (who: Who, at = app.system().now): Promise<Context<Officer>> => {
    const account = await app.db.account.findUniqueOrThrow({
      where: { username: demoOfficers[who].username },
      include: { postings: true },
    });
    return {
      ...app.system(at),
      actor: { kind: "officer", accountId: account.id, name: account.displayName, postings: account.postings },
    };
  };
  const browsers = new Map<Who, Promise<Client>>();
  const as = (who: Who): Promise<Client> => {
    const browser = browsers.get(who) ?? app.signIn(demoOfficers[who].username, DEMO_PASSWORD);
    browsers.set(who, browser);
    return browser;
  };
  const version = async (code: string) => {
    const found = await findCurrentVersion(app.system(), code);
    if (!found) throw new Error(`no version of ${code}`);
    return found;
  };
  return { ...app, accounts, agencyId, officer, as, version };
}

const place = { provinceCode: "20", communeCode: "05977", communeName: "phường Đông Kinh" };
export const answersFor = (definition: ProcedureDefinition, number = 1) =>
  sampleAnswers(definition, { today: isoDay(new Date()), ...place, number });

/** The answers as a clerk's browser would send them. */
export function typedAnswers(definition: ProcedureDefinition, number = 1): Record<string, string> {
  const answers = answersFor(definition, number);
  const fields = definition.form.pages.flatMap((page) => page.fields);
  const typed = fields.map((field) => typeOf(field).type.submit(answers[field.id], field.id, typeOf(field).settings));
  return Object.fromEntries(
    Object.entries(Object.assign({}, ...typed)).filter((pair): pair is [string, string] => typeof pair[1] === "string"),
  );
}

let registered = 0;
/** A paper dossier taken in at a desk, by its action: accepted, at its first step. */
export async function register(
  world: World,
  code: string,
  desk: Who,
  agency: keyof typeof demoAgencies,
  caseId: string | null = null,
) {
  const version = await world.version(code);
  registered++;
  return registerDossier(await world.officer(desk), {
    procedureVersionId: version.id,
    agencyId: await world.agencyId(agency),
    caseId,
    channel: "counter",
    returnMethod: "counter",
    answers: answersFor(version.definition, registered),
    applicant: {
      kind: "person",
      fullName: "Hoàng Thị Nhàn",
      personalId: "020190000077",
      phone: "0912345678",
      address: "Khối 3, phường Đông Kinh",
    },
    owner: null,
    papers: [],
    attachments: [],
    formKey: crypto.randomUUID(),
  });
}

/** A dossier filed online and waiting at the desk. */
export async function submitted(world: World, code: string, agency: keyof typeof demoAgencies) {
  const version = await world.version(code);
  const agencyId = await world.agencyId(agency);
  const citizen = await world.db.account.upsert({
    where: { username: "0987654321" },
    create: { username: "0987654321", kind: "citizen", displayName: "Lý Thị Mẩy" },
    update: {},
  });
  const { id: draftId } = await world.db.draft.create({
    data: { accountId: citizen.id, procedureId: version.procedureId, procedureVersionId: version.id, agencyId },
  });
  const ctx: Context<Citizen> = {
    ...world.system(),
    actor: { kind: "citizen", accountId: citizen.id, name: citizen.displayName },
  };
  const { dossierId: id, reference } = await submitDossier(ctx, {
    draftId,
    draftVersion: 0,
    procedureVersionId: version.id,
    agencyId,
    caseId: null,
    returnMethod: "counter",
    answers: answersFor(version.definition),
    applicant: { kind: "person", fullName: "Lý Thị Mẩy", phone: "0987654321" },
    owner: null,
  });
  return { id, reference };
}

/** The name of an outcome's button at the dossier's lead step. */
export async function buttonOf(world: World, code: string, stepId: string, outcomeId: string): Promise<string> {
  const { definition } = await world.version(code);
  return findStep(definition.workflow, stepId)?.outcomes.find(({ id }) => id === outcomeId)?.name.vi ?? "";
}

export const pdf = {
  name: "Kết quả.pdf",
  type: "application/pdf",
  content: "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
};

/** What the browser would send of the form that carries this act. */
export const hiddenOf = (page: Page, action: string): Record<string, string> => {
  const form = page
    .all("form")
    .find((one) => one.attrs.some(({ name, value }) => name === "action" && value.endsWith(action)));
  if (!form) throw new Error(`the page has no form to ${action}`);
  const hidden = page
    .within(form)
    .all("input")
    .filter((input) => input.attrs.some(({ name, value }) => name === "type" && value === "hidden"));
  const at = (input: (typeof hidden)[number], name: string) =>
    input.attrs.find((one) => one.name === name)?.value ?? "";
  return Object.fromEntries(hidden.map((input) => [at(input, "name"), at(input, "value")]));
};
