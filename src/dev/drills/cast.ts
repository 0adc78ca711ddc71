/** Who takes part in a drill: citizens with drafts to file, a desk, and an officer of every step, all at one commune. */
import { join } from "node:path";
import type pg from "pg";
import { createCitizen, createOfficer } from "#accounts/index.ts";
import { now } from "#platform/clock.ts";
import { type Context, type System, systemContext } from "#platform/context.ts";
import { createDb, createPool } from "#platform/db.ts";
import { createDiskStore } from "#platform/files-disk.ts";
import type { ProcedureDefinition } from "#procedures/index.ts";
import { findPlaces } from "../bench/town.ts";
import { Client } from "../browse/client.ts";
import { beginDraft, fillDraft, neededFiles, type Typed, typedAnswers, typedApplicant } from "../browse/fill.ts";
import { readPlan, sampleOf } from "../journey/plan.ts";
import { sampleName } from "../sample-answers.ts";

/** Where a drill's portal stands. */
export type Place = { ownerUrl: string; appUrl: string; dataDir: string };

export type Cast = {
  /** Each with the draft that all of their filings are copies of, its first page, and what was typed there. */
  citizens: { client: Client; draftId: string; path: string; typed: Typed }[];
  desk: Client;
  officer: Client;
  definition: ProcedureDefinition;
  /** The control of the papers page that takes files. */
  paper: string;
};

const PASSWORD = "con đường qua cơn bão";
const CITIZENS = 4;

/** As the drill itself looks at the portal's data. */
export async function asSystem<T>({ appUrl, dataDir }: Place, work: (ctx: Context<System>) => Promise<T>): Promise<T> {
  const pool = createPool(appUrl, 2);
  const db = createDb(pool);
  try {
    const files = createDiskStore(join(dataDir, "files"));
    return await work(systemContext({ db, files, publicUrl: "" }, now(), "drill"));
  } finally {
    await db.$disconnect();
    await pool.end();
  }
}

export async function signIn(base: string, username: string): Promise<Client> {
  const client = new Client(base);
  const page = await client.post("/dang-nhap", { username, password: PASSWORD });
  if (page.status >= 400 || page.path.startsWith("/dang-nhap"))
    throw new Error(`${username} cannot sign in: ${page.status} ${page.text.slice(0, 200)}`);
  return client;
}

const phoneOf = (i: number): string => `08${String(i).padStart(8, "0")}`;

/** Opens the accounts, signs everybody in, and fills in one draft for each citizen, page by page. */
export async function gatherCast(place: Place, base: string, owner: pg.Pool): Promise<Cast> {
  const { agencies, versions } = await findPlaces(owner);
  const [agency] = agencies;
  const version = versions.find(({ definition }) => definition.requirements.some(({ required }) => required));
  if (!agency || !version) throw new Error("the seed has no commune or no procedure that asks for papers");
  const { definition } = version;
  const plan = readPlan();
  await asSystem(place, async (ctx) => {
    for (let i = 0; i < CITIZENS; i++)
      await createCitizen(ctx, {
        fullName: sampleName(i),
        phone: phoneOf(i),
        email: `nguoi.dan.${i}@example.vn`,
        password: PASSWORD,
        communeCode: plan.commune.code,
      });
    // Mails go to addresses that a code came back from.
    await ctx.db.account.updateMany({ where: { kind: "citizen" }, data: { emailProvenAt: ctx.now } });
    const roles = [...new Set(definition.workflow.steps.map(({ role }) => role))];
    for (const [username, held] of [
      ["dien.tap.motcua", ["desk"]],
      ["dien.tap.xuly", roles],
    ] as const)
      await createOfficer(ctx, {
        username,
        displayName: `Cán bộ ${username}`,
        password: PASSWORD,
        postings: held.map((role) => ({ agency: agency.identifier, role })),
      });
  });
  const citizens: Cast["citizens"] = [];
  let paper = "";
  for (let i = 0; i < CITIZENS; i++) {
    const client = await signIn(base, phoneOf(i));
    const sample = sampleOf(plan, i);
    const first = await beginDraft(
      await client.get(`/thu-tuc/${version.code}/nop-ho-so`),
      plan.commune.name.replace(/^\S+ /, ""),
    );
    const check = await fillDraft(first, { ...typedAnswers(definition, sample), ...typedApplicant(sample) });
    const draftId = /ban-nhap\/([^/]+)/.exec(check.path)?.[1] ?? "";
    [paper = ""] = neededFiles(await client.get(check.path.replace("kiem-tra", "giay-to")));
    citizens.push({ client, draftId, path: first.path, typed: typedApplicant(sample) });
  }
  return {
    citizens,
    desk: await signIn(base, "dien.tap.motcua"),
    officer: await signIn(base, "dien.tap.xuly"),
    definition,
    paper,
  };
}

/** Copies a draft as it was filled in, without its papers, so many times. @returns the copies' ids */
export async function copyDraft(owner: pg.Pool, draftId: string, times: number): Promise<string[]> {
  const { rows: columns } = await owner.query<{ names: string }>(
    `SELECT string_agg(format('%I', column_name), ', ') AS names FROM information_schema.columns
     WHERE table_name = 'drafts' AND column_name <> 'id' AND table_schema = 'public'`,
  );
  const { rows } = await owner.query<{ id: string }>(
    `INSERT INTO drafts (id, ${columns[0]?.names}) SELECT gen_random_uuid(), ${columns[0]?.names}
     FROM drafts, generate_series(1, $2) WHERE id = $1 RETURNING id`,
    [draftId, times],
  );
  return rows.map(({ id }) => id);
}
