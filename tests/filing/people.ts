import { Readable } from "node:stream";
import { createCitizen, createOfficer } from "#accounts/index.ts";
import { advanceStep, recordResult } from "#dossiers/index.ts";
import type { Context, Officer } from "#platform/context.ts";
import { findVersion } from "#procedures/index.ts";
import { loadFoundation } from "../../src/ops/foundation.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import type { Client, Page, Upload, Value } from "../support/client.ts";

export const BIRTH = "1.001193";
export const PASSWORD = "con trâu đi trước";
const PROVINCE = "20";

/** A portal with the procedures of the seed, and two citizens who declare the same personal id. */
export async function startPortal(config: Parameters<typeof startTestApp>[0] = {}) {
  const portal = await startTestApp(config);
  await loadFoundation(portal.system(), PROVINCE);
  const open = async (phone: string, fullName: string): Promise<Client> => {
    const made = await createCitizen(portal.system(), {
      fullName,
      phone,
      password: PASSWORD,
      personalId: "020190000101",
      birthDate: "1990-03-27",
    });
    if ("taken" in made) throw new Error(`${phone} is taken`);
    return portal.signIn(phone, PASSWORD);
  };
  return { portal, lan: await open("0912000101", "Nguyễn Thị Lan"), other: await open("0912000102", "Trần Văn Khác") };
}

export const PDF: Upload = {
  name: "Giấy chứng sinh.pdf",
  type: "application/pdf",
  content: Buffer.from("%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"),
};

/** The first commune of the installation's own province, as the address controls offer it. */
export async function home(portal: TestApp): Promise<{ commune: string; agencyId: string }> {
  const unit = await portal.db.administrativeUnit.findFirstOrThrow({
    where: { parentCode: PROVINCE },
    orderBy: { code: "asc" },
  });
  const agency = await portal.db.agency.findFirstOrThrow({ where: { kind: "commune_committee", unitCode: unit.code } });
  return { commune: unit.code, agencyId: agency.id };
}

const address = (name: string, commune: string, line?: string): Record<string, Value> => ({
  [`${name}.province`]: PROVINCE,
  [`${name}.commune`]: commune,
  ...(line === undefined ? {} : { [`${name}.line`]: line }),
});
const date = (name: string, day: string, month: string, year: string): Record<string, Value> => ({
  [`${name}.day`]: day,
  [`${name}.month`]: month,
  [`${name}.year`]: year,
});

/** What somebody types to register a birth, page by page, by the names of the controls. */
export const birthPages = (commune: string): Record<string, Record<string, Value>> => ({
  "nguoi-nop": {
    fullName: "Nguyễn Thị Lan",
    personalId: "020190000101",
    ...date("birthDate", "27", "3", "1990"),
    phone: "0912 000 101",
    ...address("address", commune, "12 đường Trần Đăng Ninh"),
    actingFor: "self",
    returnMethod: "counter",
  },
  tre: {
    relation: "mother",
    childSituation: "usual",
    birthProofKind: "certificate",
    childName: "Nguyễn Minh An",
    ...date("childBirthDate", "2", "11", "2026"),
    childGender: "female",
    childEthnicity: "02",
    childNationality: "VN",
  },
  "nguoi-me": {
    motherName: "Nguyễn Thị Lan",
    ...date("motherBirthDate", "27", "3", "1990"),
    motherEthnicity: "02",
    motherNationality: "VN",
    motherPersonalId: "020190000101",
    ...address("motherResidence", commune, "12 đường Trần Đăng Ninh"),
    fatherDeclared: "no",
  },
  "cam-doan": {
    birthFacility: "Bệnh viện Đa khoa tỉnh",
    ...address("birthPlace", commune, "Khối 1"),
    ...address("hometown", commune),
    wantsCopies: "yes",
    copyCount: "2",
    declaration: "yes",
  },
  "giay-to": { "tep.birthProof": PDF },
});

export const pageOf = (path: string): string => path.split("?")[0]?.split("/").at(-1) ?? "";

/** Keeps only the controls that the page shows, as a person would see them. */
const fitting = (page: Page, values: Record<string, Value>): Record<string, Value> => {
  const shown = new Set(page.controls().map((control) => control.attrs.find(({ name }) => name === "name")?.value));
  const strange = Object.keys(values).filter((name) => !shown.has(name));
  if (strange.length > 0)
    throw new Error(`the page has no control ${strange.join(", ")}; it has ${[...shown].join(", ")}`);
  return values;
};

/** Begins a draft of a birth registration. @returns its first page */
export async function begin(client: Client, agencyId: string): Promise<Page> {
  const start = await client.get(`/thu-tuc/${BIRTH}/nop-ho-so`);
  const next = await start.submit("Bắt đầu kê khai", { agency: agencyId });
  if (next.status >= 400) throw new Error(`${next.status} ${JSON.stringify(next.errors())}`);
  return next;
}

/**
 * Fills every page in the order in which the portal asks for them.
 * @param more what is typed beside or instead, by page
 * @returns the check page
 */
export async function fillAll(
  first: Page,
  commune: string,
  more: Record<string, Record<string, Value>> = {},
): Promise<Page> {
  const usual = birthPages(commune);
  const slugs = [...new Set([...Object.keys(usual), ...Object.keys(more)])];
  const answers = Object.fromEntries(slugs.map((slug) => [slug, { ...usual[slug], ...more[slug] }]));
  let page = first;
  for (let asked = 0; asked < 20 && pageOf(page.path) !== "kiem-tra"; asked++) {
    const values = answers[pageOf(page.path)];
    if (!values) throw new Error(`nobody knows what to answer on ${page.path}: ${page.heading}`);
    const next = await page.submit("Lưu và tiếp tục", fitting(page, values));
    if (next.status >= 400) throw new Error(`${page.path}: ${next.status} ${JSON.stringify(next.errors())}`);
    page = next;
  }
  return page;
}

export const draftIdOf = (page: Page): string => /ban-nhap\/([^/?]+)/.exec(page.path)?.[1] ?? "";

/** An officer of the agency who holds every role there, as happens in a small commune. */
export async function officerOf(
  portal: TestApp,
  agencyId: string,
  username: string,
): Promise<(at?: Date) => Context<Officer>> {
  const agency = await portal.db.agency.findUniqueOrThrow({ where: { id: agencyId }, include: { units: true } });
  const roles = ["desk", "specialist", "leader", "clerk"];
  const { accountId } = await createOfficer(portal.system(), {
    username,
    displayName: "Hoàng Thị Yến",
    password: null,
    postings: roles.map((role) => ({ agency: agency.identifier, role })),
  });
  const postings = roles.map((role) => ({ agencyId, unitId: null, role }));
  return (at = new Date()) => ({
    ...portal.system(at),
    actor: { kind: "officer", accountId, name: "Hoàng Thị Yến", postings },
  });
}

/** Typed beside the rest by who files in the name of somebody else. */
export const BY_AUTHORIZATION: Record<string, Record<string, Value>> = {
  "nguoi-nop": { actingFor: "other" },
  "nguoi-duoc-nop-thay": {
    principalRelationship: "other",
    principalName: "Nguyễn Văn Ủy",
    principalPersonalId: "020060000111",
    "principalBirthDate.year": "1960",
  },
  "giay-to": { "tep.proxyPaper": PDF },
};

/** Files a birth registration. @returns its reference */
export async function file(
  client: Client,
  agencyId: string,
  commune: string,
  more: Record<string, Record<string, Value>> = {},
): Promise<string> {
  const check = await fillAll(await begin(client, agencyId), commune, more);
  const filed = await check.submit("Nộp hồ sơ");
  return /ho-so\/([^?]+)/.exec(filed.path)?.[1] ?? "";
}

/** Takes every open leading step forward with its first outcome, until none is left. */
export async function finish(portal: TestApp, officer: () => Context<Officer>, dossierId: string): Promise<void> {
  for (let done = 0; done < 10; done++) {
    const run = await portal.db.stepRun.findFirst({ where: { dossierId, closedAt: null, lead: true } });
    if (!run) return;
    const { procedureVersionId } = await portal.db.dossier.findUniqueOrThrow({ where: { id: dossierId } });
    const { definition } = await findVersion(portal.system(), procedureVersionId);
    const step = definition.workflow.steps.find(({ id }) => id === run.stepId);
    if (step?.needs?.includes("result")) {
      const staged = await portal.files.stage(Readable.from([PDF.content]), 1_000_000);
      await recordResult(officer(), {
        dossierId,
        title: "Giấy khai sinh",
        number: "12/2026",
        issuedOn: "2026-11-23",
        signerName: "Nông Văn Dền",
        file: staged ? { staged, name: "Giấy khai sinh.pdf", mediaType: "application/pdf" } : null,
      });
    }
    await advanceStep(officer(), {
      stepRunId: run.id,
      version: run.version,
      outcomeId: step?.outcomes[0]?.id ?? "",
      note: null,
    });
  }
}
