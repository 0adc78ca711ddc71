import { afterAll, expect, test } from "vitest";
import { loadDossiers } from "#dev/generate/load.ts";
import { randomFrom } from "#dev/generate/make.ts";
import { measureWork } from "#dev/generate/measure.ts";
import { findHands, findPlaces, findSerials } from "#dev/generate/places.ts";
import { isFinished, STATUSES } from "#dossiers/rules.ts";
import { systemContext } from "#platform/context.ts";
import { createDb, createPool } from "#platform/db.ts";
import type { FileStore } from "#platform/files.ts";
import { provinceDatabase } from "../support/province.ts";

/**
 * A small table is read whole because that is quicker, which says nothing of a large one. Told to do so only where no index
 * can answer, the database says of any size what it lacks.
 */
const DOSSIERS = 4000;
const AVOIDING = "options=-c%20enable_seqscan%3Doff";

const { url, ownerUrl } = await provinceDatabase();
const owner = createPool(ownerUrl, 2);
const pool = createPool(`${url}${url.includes("?") ? "&" : "?"}${AVOIDING}`, 2);
const db = createDb(pool);
afterAll(async () => {
  await db.$disconnect();
  await Promise.all([pool.end(), owner.end()]);
});
const now = new Date("2026-11-23T02:00:00Z");
const ctx = systemContext({ db, files: {} as FileStore, publicUrl: "" }, now, "test");

test("no list, count or search of an officer reads a large table from end to end", async () => {
  const places = await findPlaces(ctx, owner);
  const hands = await findHands(owner, places);
  const making = { places, hands, random: randomFrom(20), serials: await findSerials(owner) };
  await loadDossiers(owner, making, { from: 0, to: DOSSIERS, now: now.getTime(), say: () => {} });
  expect((await pool.query("SHOW enable_seqscan")).rows).toEqual([{ enable_seqscan: "off" }]);
  const asked = await measureWork(ctx, pool);
  expect(asked.length).toBeGreaterThan(15);
  expect(asked.filter(({ scans }) => scans.length > 0).map(({ name, scans }) => `${name}: ${scans}`)).toEqual([]);
}, 60_000);

test("the index of an agency's archive knows every status in which a dossier is closed", async () => {
  const { rows } = await owner.query<{ predicate: string }>(
    "SELECT pg_get_expr(indpred, indrelid) AS predicate FROM pg_index WHERE indexrelid = 'dossiers_closed'::regclass",
  );
  const closed = STATUSES.filter((status) => isFinished(status) && status !== "completed");
  expect(closed.filter((status) => !rows[0]?.predicate.includes(`'${status}'`))).toEqual([]);
});
