/** More files than this for one paper are a mistake, or should be one PDF. */
export const MOST_FILES_A_PAPER = 20;
/** Of a whole dossier, or of one answer to a request for completion. */
export const MOST_FILES = 100;

/** What files stand beside until it is sent: a draft, or the answer to a request for completion. */
export type Beside = { draftId: string } | { supplementId: string };
