/** What a statement costs the database, as the portal has it asked: prepared under a name, or read and planned each time. */
import pg from "pg";

export type Statement = { text: string; values: readonly unknown[]; isNamed: boolean };
type Plan = { "Node Type": string; "Relation Name"?: string; Plans?: Plan[] };
type Explained = { Plan: Plan; "Planning Time": number; "Execution Time": number };

/** After five runs the database chooses whether it goes on with one plan for all values. */
const SETTLED = 6;
const literal = (value: unknown): string => {
  if (value === null || value === undefined) return "NULL";
  if (value instanceof Date) return pg.escapeLiteral(value.toISOString());
  return pg.escapeLiteral(
    Array.isArray(value) ? `{${value.map((one) => JSON.stringify(one)).join(",")}}` : String(value),
  );
};

const scansIn = (plan: Plan, large: readonly string[]): string[] => [
  ...(plan["Node Type"].includes("Seq Scan") && large.includes(plan["Relation Name"] ?? "")
    ? [plan["Relation Name"] ?? ""]
    : []),
  ...(plan.Plans ?? []).flatMap((one) => scansIn(one, large)),
];

/**
 * Explains statements on one connection, where a named one is prepared when it first comes.
 * @param large tables of which it tells when they are read from end to end
 * @returns ms of planning (where the portal's is planned, too) and running
 */
export function openExplainer(client: pg.ClientBase, large: readonly string[]) {
  const names = new Map<string, string>();

  async function nameOf({ text, values }: Statement): Promise<string> {
    const known = names.get(text);
    if (known) return known;
    const name = `asked_${names.size}`;
    names.set(text, name);
    await client.query(`PREPARE ${name} AS ${text}`);
    for (let i = 0; i < SETTLED; i++) await client.query(executed(name, values));
    return name;
  }
  const executed = (name: string, values: readonly unknown[]): string =>
    `EXECUTE ${name}${values.length > 0 ? `(${values.map(literal).join(", ")})` : ""}`;

  return async (statement: Statement): Promise<{ ms: number; scans: string[] }> => {
    const { text, values, isNamed } = statement;
    const how = "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON)";
    const { rows } = isNamed
      ? await client.query<{ "QUERY PLAN": Explained[] }>(`${how} ${executed(await nameOf(statement), values)}`)
      : await client.query<{ "QUERY PLAN": Explained[] }>(`${how} ${text}`, [...values]);
    const runs = rows.flatMap((row) => row["QUERY PLAN"]);
    return {
      ms: runs.reduce((ms, run) => ms + run["Planning Time"] + run["Execution Time"], 0),
      scans: runs.flatMap((run) => scansIn(run.Plan, large)),
    };
  };
}
