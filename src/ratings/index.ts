/**
 * Ratings: how applicants found the handling of their dossier, once there is a result. A rating has a *level* (1 to 3) for
 * each *question*, stands once per dossier and may be changed for seven days; its *comment* stands apart. Agencies and the
 * public read *figures*, never of fewer than five; those who lead an agency read comments, without names.
 */
export { findRating, findSatisfaction, type GivenRating } from "./queries.ts";
export * from "./rules.ts";
