/**
 * The limits that acts are measured against: the rows that such an act leaves, copied from one of the portal's and written
 * by plain pg into tables of the same columns and indexes, with nothing looked at and nobody asked who they are.
 */
import { createHash, randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Express } from "express";
import multer from "multer";
import type pg from "pg";
import { drawPaper } from "../../documents/printing/papers.ts";
import { samplePaper } from "../../documents/printing/samples.ts";

/** What a submission writes. */
const WRITTEN = [
  "dossiers",
  "dossier_parties",
  "answer_revisions",
  "fee_lines",
  "dossier_events",
  "attachments",
] as const;
const TABLES = [...WRITTEN, "step_runs", "code_counters"];

const SLIP = samplePaper(
  { title: "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", basis: "", symbol: "BARE" },
  "receipt_slip",
);

type Row = Record<string, unknown>;
type Copy = Record<(typeof WRITTEN)[number], Row[]>;

/** The tables of the limits, beside the portal's own. */
export async function makeBareTables(owner: pg.Pool): Promise<void> {
  await owner.query("CREATE SCHEMA bare");
  for (const table of TABLES) await owner.query(`CREATE TABLE bare.${table} (LIKE public.${table} INCLUDING ALL)`);
  await owner.query("GRANT USAGE ON SCHEMA bare TO app");
  await owner.query("GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA bare TO app");
}

/** The newest dossier that somebody filed, with papers or without. */
async function readCopy(pool: pg.Pool, hasPapers: boolean): Promise<Copy> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM dossiers d WHERE status = 'submitted' AND "draftId" IS NOT NULL
       AND EXISTS (SELECT FROM attachments a WHERE a."dossierId" = d.id) = $1 ORDER BY "submittedAt" DESC LIMIT 1`,
    [hasPapers],
  );
  const id = rows[0]?.id;
  if (!id) throw new Error("nobody filed anything yet");
  const copy = {} as Copy;
  for (const table of WRITTEN) {
    const key = table === "dossiers" ? "id" : '"dossierId"';
    const { rows: found } = await pool.query<{ row: Row }>(
      `SELECT to_jsonb(t) AS row FROM ${table} t WHERE ${key} = $1`,
      [id],
    );
    copy[table] = found.map(({ row }) => row);
  }
  return copy;
}

const SUBMIT = {
  name: "bare_submit",
  text: `WITH ${WRITTEN.map(
    (table, i) =>
      `i${i} AS (INSERT INTO bare.${table} SELECT * FROM jsonb_populate_recordset(NULL::bare.${table}, $${i + 1}::jsonb))`,
  ).join(", ")} SELECT 1`,
};

type Stored = { name: string; sha256: string; size: number };

/** Streams each file to the disk and knows its sha-256 when it is there. */
const storing = (folder: string): multer.StorageEngine => ({
  _handleFile(_req, file, done) {
    const hash = createHash("sha256");
    let size = 0;
    const name = randomUUID();
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, next) {
        hash.update(chunk);
        size += chunk.length;
        next(null, chunk);
      },
    });
    pipeline(file.stream, counted, createWriteStream(join(folder, name))).then(
      () => done(null, { filename: name, size, path: hash.digest("hex") }),
      done,
    );
  },
  _removeFile: (_req, _file, done) => done(null),
});

/** Adds the limits of acts to the bare server. @param folder where its files go */
export function addWrites(app: Express, pool: pg.Pool, folder: string): void {
  const copies = new Map<boolean, Promise<Copy>>();
  const waiting: string[] = [];
  /** Files that came and are not filed with anything yet. */
  const taken = new Map<string, readonly Stored[]>();

  const submit = async (files: readonly Stored[]): Promise<string> => {
    const hasPapers = files.length > 0;
    const copy = copies.get(hasPapers) ?? readCopy(pool, hasPapers);
    copies.set(hasPapers, copy);
    const known = await copy;
    const id = randomUUID();
    const [dossier] = known.dossiers;
    const [attachment] = known.attachments;
    const own = (row: Row): Row => ({ ...row, ...(row["id"] ? { id: randomUUID() } : {}), dossierId: id });
    const rows: Copy = {
      ...(Object.fromEntries(WRITTEN.map((table) => [table, known[table].map(own)])) as Copy),
      dossiers: [{ ...dossier, id, reference: randomUUID(), code: null, draftId: randomUUID() }],
      attachments: files.map(({ name, sha256, size }) => ({
        ...own(attachment ?? {}),
        storageKey: name,
        sha256,
        size,
      })),
    };
    await pool.query({ ...SUBMIT, values: WRITTEN.map((table) => JSON.stringify(rows[table])) });
    waiting.push(id);
    return id;
  };

  app.post("/write/files", multer({ storage: storing(folder) }).any(), (req, res) => {
    const files = (req.files ?? []) as Express.Multer.File[];
    const key = randomUUID();
    taken.set(
      key,
      files.map(({ filename, path, size }) => ({ name: filename, sha256: path, size })),
    );
    res.redirect(303, `/write/submit/${key}`);
  });

  app.post("/write/submit{/:key}", async (req, res) => {
    const { key = "" } = req.params;
    const files = taken.get(key) ?? [];
    taken.delete(key);
    res.redirect(303, `/one/${await submit(files)}/0`);
  });

  app.post("/write/accept", async (_req, res) => {
    const id = waiting.pop() ?? (await submit([]));
    const client = await pool.connect();
    try {
      await client.query("BEGIN");
      const { rows } = await client.query<{ value: number; at: Date }>({
        name: "bare_count",
        text: `INSERT INTO bare.code_counters SELECT "receivingAgencyId", to_char(now(), 'YYMMDD'), 1 FROM bare.dossiers WHERE id = $1
               ON CONFLICT ("agencyId", day) DO UPDATE SET value = bare.code_counters.value + 1 RETURNING value, now() AS at`,
        values: [id],
      });
      await client.query({
        name: "bare_accept",
        text: `WITH d AS (UPDATE bare.dossiers SET code = $2, status = 'processing', "acceptedAt" = now(), "dueAt" = now(), version = version + 1
                 WHERE id = $1 AND version = 0 RETURNING id, "receivingAgencyId"),
               s AS (INSERT INTO bare.step_runs (id, "dossierId", "stepId", lead, role, "agencyId", "openedAt")
                 SELECT $3, id, 'first', true, 'specialist', "receivingAgencyId", now() FROM d)
               INSERT INTO bare.dossier_events (id, "dossierId", seq, type, at, "actorKind", status, payload, "prevHash", hash)
                 SELECT $4, id, 2, 'dossier.accepted', now(), 'officer', 'processing', '{}', '', '' FROM d`,
        values: [id, `BARE-${rows[0]?.value}`, randomUUID(), randomUUID()],
      });
      await client.query("COMMIT");
    } finally {
      client.release();
    }
    res.redirect(303, `/one/${id}/0`);
  });

  app.get("/write/slip", async (_req, res) => {
    res.type("pdf").send(await drawPaper(SLIP, "0".repeat(64)));
  });
}
