/**
 * Dossiers that are no secret to an officer: those that nobody restricted, and those of which they were named a reader,
 * whatever the places and duties of others. Stands beside every question that reads dossiers for an officer
 * (`src/dossiers/queries/restricted.ts` has it in SQL).
 */
export const openToWhere = ({ accountId }: { accountId: string }) => ({
  OR: [{ restricted: false }, { readers: { some: { accountId } } }],
});
