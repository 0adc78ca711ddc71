/**
 * Dossiers that are no secret to an officer: those that nobody restricted, and those of which they were named a reader,
 * whatever the places and duties of others. Stands beside every question that reads dossiers for an officer
 * (`src/dossiers/queries/restricted.ts` has it in SQL).
 */
export const openToWhere = ({ accountId }: { accountId: string }) => ({
  OR: [{ restricted: false }, { readers: { some: { accountId } } }],
});

/** What tells whether a dossier that stands in a list for another reason is open to its reader; read by `isOpenTo`. */
export const openToSelect = ({ accountId }: { accountId: string }) => ({
  restricted: true,
  readers: { where: { accountId }, select: { accountId: true } },
});

/** Whether a dossier read with `openToSelect` is no secret to that officer. */
export const isOpenTo = ({ restricted, readers }: { restricted: boolean; readers: readonly unknown[] }): boolean =>
  !restricted || readers.length > 0;
