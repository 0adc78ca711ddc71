/** A row of a repeated group: its id stays through edits and supplements. */
export type Row = { id: string; values: Record<string, unknown> };
export const rowsOf = (answer: unknown): Row[] =>
  Array.isArray(answer)
    ? answer.filter(
        (row): row is Row =>
          typeof row === "object" &&
          row !== null &&
          typeof row.id === "string" &&
          typeof row.values === "object" &&
          row.values !== null,
      )
    : [];
