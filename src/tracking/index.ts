/**
 * Looking a dossier up without sign-in. By its *code*, which can be guessed, only the code and how far it is, in five
 * *bands*; by its *reference*, which only the applicant was given, also the status and the due date (domain.md 1.3).
 */
export { paths } from "./paths.ts";
