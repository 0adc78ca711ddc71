/**
 * Accounts: who may sign in, and what they say of themselves. An *account* is not a person: a personal id that somebody
 * declares is never a key to what was filed under it (D10). A *citizen* signs in by phone number; an *officer* by a work
 * name and works where their *postings* say; an *admin* keeps the installation. Accounts opened by somebody else wait for
 * an *activation link*, valid once and for 24 hours.
 */

export { closeAccount } from "./actions/closing.ts";
export { clearFactors } from "./actions/factors.ts";
export { disableIdleOfficers } from "./actions/idle.ts";
export { endSessionsOf } from "./actions/sessions.ts";
export {
  createAdmin,
  createCitizen,
  createOfficer,
  type NewCitizen,
  type NewOfficer,
  newActivation,
  newOneTimePassword,
  offerFirstAdmin,
} from "./actions.ts";
export { accountJobs } from "./delivery.ts";
export { readSignedIn, signOut } from "./passport.ts";
export { findProfile, findSignedIn, ownerOfSession, type Profile, type SignedIn } from "./queries.ts";
export { requireProof } from "./routes/proof.ts";
