/**
 * What the benchmark's portal holds: people of its own, and ten thousand dossiers in believable states, a few hundred of
 * them open at each of ten agencies. Rows go in by the thousand as JSON, since the actions would take minutes.
 */
import { createHash, randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type pg from "pg";
import { createCitizen, createOfficer } from "#accounts/index.ts";
import { randomCode } from "#platform/codes.ts";
import { systemContext } from "#platform/context.ts";
import { createDb, createPool } from "#platform/db.ts";
import { createDiskStore } from "#platform/files-disk.ts";
import { fold } from "#platform/format.ts";
import { ProcedureDefinition } from "#procedures/index.ts";
import { findStep, type Step } from "#workflow/index.ts";
import { readPlan, sampleOf } from "../journey/plan.ts";
import { sampleAnswers, sampleName, samplePersonalId } from "../sample-answers.ts";

/** Enough for a full page of every list at the town's agencies; a quick run needs no more. */
export const DOSSIERS = { whole: 10_000, quick: 4000 };
const AGENCIES = 10;
const CITIZENS = 499;
const HOUR = 3_600_000;

export type Town = {
  password: string;
  /** Usernames. */
  citizen: string;
  desk: string;
  specialist: string;
  agency: { id: string; name: string };
  /** Procedures that people file online at the agency and that need at least one paper, by code. */
  online: Filed[];
  /** One of them that needs none. */
  plain: Filed;
};

export type Filed = { code: string; definition: ProcedureDefinition };

type Row = Record<string, unknown>;
type Tables = Record<string, Row[]>;
type Version = { id: string; procedureId: string; code: string; definition: ProcedureDefinition };
type Agency = { id: string; identifier: string; name: string };

/** One statement for a thousand rows of a table: columns that the rows do not name keep their defaults. */
async function insertAll(pool: pg.Pool, table: string, rows: readonly Row[]): Promise<void> {
  const names = Object.keys(rows[0] ?? {})
    .map((name) => `"${name}"`)
    .join(", ");
  for (let at = 0; at < rows.length; at += 1000)
    await pool.query(
      `INSERT INTO ${table} (${names}) SELECT ${names} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`,
      [JSON.stringify(rows.slice(at, at + 1000))],
    );
}

/** The lead's steps from the first to the last, straight ahead. */
function straightPath({ workflow }: ProcedureDefinition): Step[] {
  const path: Step[] = [];
  for (let step = findStep(workflow, workflow.start); step && path.length < 20; ) {
    path.push(step);
    const next = step.outcomes.find(({ kind, consult, to }) => kind === "forward" && !consult && to)?.to;
    step = next ? findStep(workflow, next) : undefined;
  }
  return path;
}

/** How far the i-th dossier is: out of a hundred, five wait at the desk, twenty-five are worked on, seven wait for their owner. */
function stateOf(i: number, path: readonly Step[]): { status: string; done: number } {
  const at = i % 100;
  if (at < 5) return { status: "submitted", done: 0 };
  if (at < 30) {
    const done = i % path.length;
    return { status: path[done]?.status ?? "processing", done };
  }
  if (at < 37) return { status: "completed", done: path.length };
  if (at < 40) return { status: "declined", done: 0 };
  if (at < 43) return { status: "refused", done: Math.max(1, path.length - 1) };
  return { status: "delivered", done: path.length };
}

type Making = {
  versions: readonly Version[];
  agencies: readonly Agency[];
  citizens: readonly string[];
  now: number;
};

function makeDossier(i: number, { versions, agencies, citizens, now }: Making, tables: Tables): void {
  const put = (table: string, row: Row): void => {
    tables[table] ??= [];
    tables[table].push(row);
  };
  const version = versions[i % versions.length] as Version;
  const agency = agencies[Math.floor(i / 100) % agencies.length] as Agency;
  const path = straightPath(version.definition);
  const { status, done } = stateOf(i, path);
  const isOpen = i % 100 < 30;
  const id = randomUUID();
  const submitted = now - (isOpen ? 1 + (i % 20) : 25 + (i % 300)) * 24 * HOUR - (i % 480) * 60_000;
  const at = (hours: number) => new Date(submitted + hours * HOUR).toISOString();
  const isAccepted = !["submitted", "declined"].includes(status);
  const isOver = !isOpen;
  const applicantId = citizens[i % citizens.length] as string;
  const dueAt = isAccepted ? at(24 * (3 + (i % 15))) : null;
  put("dossiers", {
    id,
    reference: randomCode(60),
    code: isAccepted
      ? `${agency.identifier}-${at(1).slice(2, 10).replaceAll("-", "")}-${String(i).padStart(5, "0")}`
      : null,
    procedureId: version.procedureId,
    procedureVersionId: version.id,
    receivingAgencyId: agency.id,
    competentAgencyId: agency.id,
    caseId: version.definition.cases[0]?.id ?? null,
    channel: i % 3 === 0 ? "counter" : "online",
    returnMethod: version.definition.returnMethods[0] ?? "counter",
    applicantAccountId: i % 3 === 0 ? null : applicantId,
    status,
    version: isAccepted ? done + 1 : 0,
    lastEventSeq: isAccepted ? done + 2 : 1,
    lastEventHash: createHash("sha256").update(id).digest("hex"),
    submittedAt: at(0),
    enteredAt: at(0),
    receivedAt: isAccepted ? at(1) : null,
    acceptedAt: isAccepted ? at(1) : null,
    clockStartedAt: isAccepted ? at(1) : null,
    dueAt,
    originalDueAt: dueAt,
    finishedAt: isOver ? at(40) : null,
    deliveredAt: status === "delivered" ? at(60) : null,
  });
  const fullName = sampleName(i);
  const person = {
    dossierId: id,
    kind: "person",
    fullName,
    searchName: fold(fullName),
    personalId: samplePersonalId("female", 1990, i),
  };
  for (const role of ["applicant", "owner"])
    put("dossier_parties", {
      id: randomUUID(),
      role,
      ...person,
      phone: `09${String(10_000_000 + i)}`,
      address: "Khối 3",
    });
  put("answer_revisions", {
    id: randomUUID(),
    dossierId: id,
    number: 1,
    answers: sampleAnswers(version.definition, sampleOf(readPlanOnce(), i % 50)),
    at: at(0),
    byId: applicantId,
  });
  for (const fee of version.definition.fees.slice(0, 1))
    put("fee_lines", {
      id: randomUUID(),
      dossierId: id,
      feeId: fee.id,
      name: fee.name.vi,
      amount: fee.amount ?? 0,
      quantity: 1,
    });
  put("attachments", {
    id: randomUUID(),
    dossierId: id,
    requirementId: version.definition.requirements[0]?.id ?? "paper",
    kind: "paper",
    name: "Giấy tờ.pdf",
    size: 120_000,
    mediaType: "application/pdf",
    sha256: createHash("sha256").update(id).digest("hex"),
    storageKey: id.replaceAll("-", ""),
    scanState: "none",
    createdAt: at(0),
  });
  makeHistory({ id, status, done, path, agencyId: agency.id, isOver, isAccepted, applicantId, at }, put);
}

type History = {
  id: string;
  status: string;
  done: number;
  path: readonly Step[];
  agencyId: string;
  isOver: boolean;
  isAccepted: boolean;
  applicantId: string;
  at: (hours: number) => string;
};

function makeHistory(
  { id, status, done, path, agencyId, isOver, isAccepted, applicantId, at }: History,
  put: (table: string, row: Row) => void,
): void {
  let seq = 0;
  const event = (type: string, hours: number, standing: string, payload: Row = {}) =>
    put("dossier_events", {
      id: randomUUID(),
      dossierId: id,
      seq: ++seq,
      type,
      at: at(hours),
      actorKind: seq === 1 ? "citizen" : "officer",
      actorId: applicantId,
      agencyId,
      status: standing,
      payload,
      prevHash: "",
      hash: createHash("sha256").update(`${id}${seq}`).digest("hex"),
    });
  event("dossier.submitted", 0, "submitted");
  if (status === "declined") event("dossier.declined", 2, status);
  if (!isAccepted) return;
  event("dossier.accepted", 1, path[0]?.status ?? "processing");
  for (const [i, step] of path.slice(0, isOver ? done : done + 1).entries()) {
    const isClosed = i < done;
    const outcome = step.outcomes[0]?.id ?? null;
    put("step_runs", {
      id: randomUUID(),
      dossierId: id,
      stepId: step.id,
      lead: true,
      role: step.role,
      agencyId,
      openedAt: at(1 + i * 5),
      dueAt: at(24 + i * 24),
      closedAt: isClosed ? at(6 + i * 5) : null,
      outcome: isClosed ? outcome : null,
      version: isClosed ? 1 : 0,
    });
    if (isClosed) event("step.advanced", 6 + i * 5, step.status, { stepId: step.id, outcomeId: outcome });
  }
}

let plan: ReturnType<typeof readPlan> | undefined;
const readPlanOnce = () => {
  plan ??= readPlan();
  return plan;
};

/** Communes, and the versions of what they take in and decide themselves. */
export async function findPlaces(pool: pg.Pool): Promise<{ agencies: Agency[]; versions: Version[] }> {
  const { commune } = readPlanOnce();
  const { rows: agencies } = await pool.query<Agency>(
    `SELECT id, identifier, name FROM agencies WHERE kind = 'commune_committee' AND "unitCode" IS NOT NULL
     ORDER BY "unitCode" <> $1, "unitCode" LIMIT $2`,
    [commune.code, AGENCIES],
  );
  // What the agencies both take in and decide: then every step stands at one of them.
  const { rows } = await pool.query<{
    id: string;
    procedureId: string;
    code: string;
    definition: unknown;
  }>(
    `SELECT v.id, v."procedureId", p.code, v.definition FROM procedure_versions v JOIN procedures p ON p.id = v."procedureId"
     WHERE EXISTS (SELECT FROM offerings o WHERE o."procedureId" = p.id AND o."agencyId" = $1 AND 'online' = ANY(o.channels)
                   AND o."competentAgencyId" IS NOT DISTINCT FROM o."agencyId" OR o."procedureId" = p.id AND o."agencyId" = $1 AND o."competentAgencyId" IS NULL)
     ORDER BY p.code`,
    [agencies[0]?.id],
  );
  const versions = rows.map(({ definition, ...row }) => ({
    ...row,
    definition: ProcedureDefinition.parse(definition),
  }));
  const isAtHome = ({ definition }: Version) =>
    straightPath(definition).every(({ agency }) => agency === "receiving" || agency === "competent");
  return { agencies, versions: versions.filter(isAtHome) };
}

/** More dossiers that wait at the town's own desk, for whoever takes many in. @returns their ids */
export async function addWaiting(owner: pg.Pool, count: number): Promise<string[]> {
  const { agencies, versions } = await findPlaces(owner);
  const { rows } = await owner.query<{ id: string }>(`SELECT id FROM accounts WHERE kind = 'citizen'`);
  const making = { agencies, versions, citizens: rows.map(({ id }) => id), now: Date.now() };
  const { rows: known } = await owner.query<{ count: number }>("SELECT count(*)::int AS count FROM dossiers");
  const first = Math.ceil((known[0]?.count ?? 0) / (AGENCIES * 100)) * AGENCIES * 100;
  const tables: Tables = {};
  // The first five of a thousand are the first agency's, and wait.
  for (let i = 0; i < count; i++) makeDossier(first + Math.floor(i / 5) * AGENCIES * 100 + (i % 5), making, tables);
  for (const [table, all] of Object.entries(tables)) await insertAll(owner, table, all);
  return (tables["dossiers"] ?? []).map(({ id }) => String(id));
}

/** Puts the papers of one citizen's dossiers where the store has them. */
async function layFiles(owner: pg.Pool, accountId: string, root: string): Promise<void> {
  const { rows } = await owner.query<{ key: string; size: number }>(
    `SELECT a."storageKey" AS key, a.size FROM attachments a JOIN dossiers d ON d.id = a."dossierId" WHERE d."applicantAccountId" = $1`,
    [accountId],
  );
  for (const { key, size } of rows) {
    const file = join(root, key.slice(0, 2), key.slice(2, 4), key);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, Buffer.alloc(size, "0"));
  }
}

/** Fills the portal's database. @param dataDir for the file store that actions ask for */
export async function makeTown(
  { ownerUrl, appUrl, dataDir }: { ownerUrl: string; appUrl: string; dataDir: string },
  dossiers: number,
): Promise<Town> {
  const owner = createPool(ownerUrl, 2);
  const pool = createPool(appUrl, 2);
  const db = createDb(pool);
  const now = Date.now();
  const system = systemContext(
    { db, files: createDiskStore(join(dataDir, "files")), publicUrl: "" },
    new Date(now),
    "bench",
  );
  const password = "con đường đo tốc độ";
  try {
    const { agencies, versions } = await findPlaces(owner);
    const [agency] = agencies;
    if (!agency || versions.length === 0) throw new Error("the seed has no agency or no procedure for the benchmark");
    const citizen = await createCitizen(system, {
      fullName: "Nguyễn Thị Đo",
      phone: "0900000000",
      password,
      communeCode: readPlanOnce().commune.code,
    });
    if ("taken" in citizen) throw new Error("the benchmark's citizen is there already");
    for (const role of ["desk", "specialist"] as const)
      await createOfficer(system, {
        username: `do.${role}`,
        displayName: `Cán bộ ${role}`,
        password,
        postings: [{ agency: agency.identifier, role }],
      });
    const others = Array.from({ length: CITIZENS }, (_, i) => ({
      id: randomUUID(),
      kind: "citizen",
      username: `08${String(i).padStart(8, "0")}`,
      displayName: sampleName(i),
      language: "vi",
      mustChangePassword: false,
      createdAt: new Date(now).toISOString(),
    }));
    await insertAll(owner, "accounts", others);
    const tables: Tables = {};
    const citizens = [citizen.accountId, ...others.map(({ id }) => id)];
    for (let i = 0; i < dossiers; i++) makeDossier(i, { versions, agencies, citizens, now }, tables);
    for (const [table, rows] of Object.entries(tables)) await insertAll(owner, table, rows);
    await layFiles(owner, citizen.accountId, join(dataDir, "files"));
    await owner.query("VACUUM ANALYZE");
    const online = versions.filter(({ definition }) => definition.requirements.some(({ required }) => required));
    const plain = versions.find(({ definition }) => !definition.requirements.some(({ required }) => required));
    if (!plain) throw new Error("every procedure of the seed needs a paper");
    return { password, citizen: "0900000000", desk: "do.desk", specialist: "do.specialist", agency, online, plain };
  } finally {
    await db.$disconnect();
    await Promise.all([pool.end(), owner.end()]);
  }
}
