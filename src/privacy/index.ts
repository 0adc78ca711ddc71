/**
 * Privacy: what people may ask about their own data (an *archive* of everything, a *correction*, the end of their
 * account), and *retention*: how long finished dossiers keep what they say of people. A rule names procedure, status,
 * months and act; what falls due is announced two weeks ahead, then carried out at night and reported.
 */
export { privacyJobs } from "./actions.ts";
