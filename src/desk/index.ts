/**
 * The desk: where officers work. The *worklist* says what waits for whom, the *dossier page* carries one dossier along,
 * the *counter* registers the paper of somebody who stands there. Nothing is decided here: the dossiers room decides.
 */
export { paths } from "./paths.ts";
