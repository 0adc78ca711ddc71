import { v7 } from "uuid";
import { Prisma, type Tx } from "./db.ts";

/** The tables whose rows are written together, and what a row of each says. A row without an id gets one. */
export type Rows = {
  answer_revisions: Prisma.AnswerRevisionCreateManyInput;
  attachments: Prisma.AttachmentCreateManyInput;
  consents: Prisma.ConsentCreateManyInput;
  dossier_events: Prisma.DossierEventCreateManyInput;
  dossier_parties: Prisma.DossierPartyCreateManyInput;
  dossiers: Prisma.DossierCreateManyInput;
  fee_lines: Prisma.FeeLineCreateManyInput;
  issued_papers: Prisma.IssuedPaperCreateManyInput;
  step_runs: Prisma.StepRunCreateManyInput;
};

/** Rows as PostgreSQL reads them: money without loss, text that is no whole character as the sign for one. */
const asJson = (rows: unknown): string =>
  JSON.stringify(rows, (_key, value: unknown) =>
    typeof value === "bigint" ? value.toString() : typeof value === "string" ? value.toWellFormed() : value,
  );

const named = (name: string): string => `"${name}"`;

/**
 * Rows of one table as a part of a statement; each column that one of them names is written in all of them.
 * @param onlyAfter the name of a part that must have written something, else this writes nothing
 */
export function insertion<T extends keyof Rows>(table: T, rows: readonly Rows[T][], onlyAfter?: string): Prisma.Sql {
  const full = rows.map((row): Record<string, unknown> => ({ id: v7(), ...row }));
  const columns = new Set(full.flatMap((row) => Object.keys(row)));
  const list = Prisma.raw([...columns].map(named).join(", "));
  const into = Prisma.raw(named(table));
  const where = onlyAfter ? Prisma.raw(`WHERE EXISTS (SELECT FROM ${named(onlyAfter)})`) : Prisma.empty;
  return Prisma.sql`
    INSERT INTO ${into} (${list}) SELECT ${list} FROM json_populate_recordset(NULL::${into}, ${asJson(full)}::json) ${where}`;
}

/** New values for the row of a table that `where` finds, as a part of a statement. */
export function replacement<T extends keyof Rows>(table: T, values: Partial<Rows[T]>, where: Prisma.Sql): Prisma.Sql {
  const columns = Object.keys(values);
  const into = Prisma.raw(named(table));
  return Prisma.sql`
    UPDATE ${into} AS old SET ${Prisma.raw(columns.map((key) => `${named(key)} = new.${named(key)}`).join(", "))}
    FROM json_populate_record(NULL::${into}, ${asJson(values)}::json) AS new WHERE ${where}`;
}

/**
 * Writes what belongs together as one statement, which is prepared once: of an act's time most goes into each
 * statement, little into each row. What one part writes another does not see; keys between them are checked at its end.
 * @param parts by names of their own; undefined ones are left out
 * @param jobs what is put into the queue with them (`job`)
 * @returns how many rows each part wrote
 */
export async function writeTogether<Name extends string>(
  tx: Tx,
  parts: Readonly<Record<Name, Prisma.Sql | undefined>>,
  jobs: readonly Prisma.Sql[] = [],
): Promise<Record<Name, number>> {
  const written = (Object.entries(parts) as [Name, Prisma.Sql | undefined][]).flatMap(([name, part]) =>
    part ? [{ name: Prisma.raw(named(name)), part }] : [],
  );
  const [counts] = await tx.$queryRaw<Record<Name, number>[]>(Prisma.sql`
    WITH ${Prisma.join(written.map(({ name, part }) => Prisma.sql`${name} AS (${part} RETURNING 1)`))}
    SELECT ${Prisma.join([
      ...written.map(({ name }) => Prisma.sql`(SELECT count(*)::int FROM ${name}) AS ${name}`),
      ...jobs,
    ])}`);
  if (!counts) throw new Error("a statement that counts told nothing");
  return counts;
}
