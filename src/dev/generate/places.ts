import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { Context, System } from "#platform/context.ts";
import { findCurrentVersion, type ProcedureDefinition } from "#procedures/index.ts";
import { findStep, type Step } from "#workflow/index.ts";
import { sampleName } from "../sample-answers.ts";
import type { Hands, Place } from "./make.ts";

/** Officers who hold each role at each agency where steps stand. */
const HOLDERS = 3;

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

type Offered = { code: string; receivingId: string; identifier: string; competentId: string };

/** Every procedure at every agency that takes it in, where all its steps stand there or at who decides. */
export async function findPlaces(ctx: Context<System>, owner: pg.Pool): Promise<Place[]> {
  const { rows } = await owner.query<Offered>(
    `SELECT p.code, o."agencyId" AS "receivingId", g.identifier, coalesce(o."competentAgencyId", o."agencyId") AS "competentId"
     FROM offerings o JOIN procedures p ON p.id = o."procedureId" JOIN agencies g ON g.id = o."agencyId" WHERE o."validTo" IS NULL
     ORDER BY md5(g.identifier), p.code`,
  );
  const places: Place[] = [];
  for (const { code, receivingId, identifier, competentId } of rows) {
    const version = await findCurrentVersion(ctx, code);
    const path = version ? straightPath(version.definition) : [];
    if (!version || !path.every(({ agency }) => agency === "receiving" || agency === "competent")) continue;
    places.push({
      procedureId: version.procedureId,
      versionId: version.id,
      receiving: { id: receivingId, identifier },
      competentId,
      path: path.map(({ id, role, status, agency, outcomes }) => ({
        id,
        role,
        status,
        outcome: outcomes[0]?.id ?? null,
        atReceiving: agency === "receiving",
      })),
    });
  }
  return places;
}

/** Three officers in each role where steps stand, made where they are missing; nobody can sign in as them. */
export async function findHands(owner: pg.Pool, places: readonly Place[]): Promise<Hands> {
  const wanted = new Set(
    places.flatMap(({ receiving, competentId, path }) =>
      path.map(({ role, atReceiving }) => `${atReceiving ? receiving.id : competentId} ${role}`),
    ),
  );
  let number = 0;
  for (const key of wanted) {
    const [agencyId, role] = key.split(" ");
    for (let i = 0; i < HOLDERS; i++) {
      const username = `mau.${agencyId?.slice(-12)}.${role}.${i}`;
      const added = await owner.query<{ id: string }>(
        `INSERT INTO accounts (id, kind, username, "displayName") VALUES ($1, 'officer', $2, $3) ON CONFLICT DO NOTHING RETURNING id`,
        [randomUUID(), username, sampleName(++number)],
      );
      const [account] = added.rows;
      if (account)
        await owner.query(`INSERT INTO postings (id, "accountId", "agencyId", role) VALUES ($1, $2, $3, $4)`, [
          randomUUID(),
          account.id,
          agencyId,
          role,
        ]);
    }
  }
  const { rows } = await owner.query<{ key: string; accountId: string; unitId: string | null }>(
    `SELECT "agencyId" || ' ' || role AS key, "accountId", "unitId" FROM postings ORDER BY "accountId"`,
  );
  const hands = new Map<string, { accountId: string; unitId: string | null }[]>();
  for (const { key, ...person } of rows) {
    const people = hands.get(key);
    if (people) people.push(person);
    else hands.set(key, [person]);
  }
  return hands;
}

/** The last serial of each agency's day among the codes that are there. */
export async function findSerials(owner: pg.Pool): Promise<Map<string, number>> {
  const { rows } = await owner.query<{ key: string; serial: number }>(
    `SELECT regexp_replace(code, '-\\d+$', '') AS key, max(substring(code FROM '\\d+$')::int) AS serial
     FROM dossiers WHERE code IS NOT NULL GROUP BY 1`,
  );
  return new Map(rows.map(({ key, serial }) => [key, serial]));
}
