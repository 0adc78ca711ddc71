// The limits that a register is measured against: the same columns by COPY through gzip, and the same cells from memory as
// a sheet's XML through deflate. Node built-ins, pg's driver and its COPY.
import { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createDeflateRaw, createGzip } from "node:zlib";
import { to as copyTo } from "pg-copy-streams";

const LINES = `SELECT d.code, v.definition->'name'->>'vi' AS procedure, '01' AS copies, p."fullName", concat_ws(', ', p.address, p.phone) AS address,
    a.name, d."acceptedAt"::text AS accepted, d."dueAt"::text AS due, d."finishedAt"::date::text AS finished, d."deliveredAt"::date::text AS delivered,
    d."returnMethod"::text AS method, d.status::text AS status
  FROM dossiers d JOIN agencies a ON a.id = d."competentAgencyId" JOIN procedure_versions v ON v.id = d."procedureVersionId"
    JOIN dossier_parties p ON p."dossierId" = d.id AND p.role = 'applicant'
  WHERE d."acceptedAt" IS NOT NULL ORDER BY d."acceptedAt", d.id`;

const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() });

/** @param {() => Promise<unknown>} work @returns {Promise<number>} seconds */
async function timed(work) {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

/** @type {Record<string, (client: import("pg").Client) => Promise<number>>} */
const LIMITS = {
  csv: (client) =>
    timed(() =>
      pipeline(
        client.query(copyTo(`COPY (${LINES}) TO STDOUT WITH (FORMAT csv, HEADER)`)),
        createGzip({ level: constants.Z_BEST_SPEED }),
        nowhere(),
      ),
    ),
  xlsx: async (client) => {
    const { rows } = await client.query({ text: LINES, rowMode: "array" });
    const sheet = function* () {
      for (const row of rows)
        yield `<row>${row.map((/** @type {string | null} */ text) => `<c t="inlineStr"><is><t>${(text ?? "").replace(/&/g, "&amp;").replace(/</g, "&lt;")}</t></is></c>`).join("")}</row>`;
    };
    return timed(() => pipeline(Readable.from(sheet()), createDeflateRaw(), nowhere()));
  },
};

/**
 * @param {import("pg").Client} client of the database with the register's lines @param {string} format
 * @returns {Promise<number | null>} seconds; null: this format has no limit
 */
export const timeLimit = async (client, format) => (await LIMITS[format]?.(client)) ?? null;
