/**
 * Scanning: whether malware is in what people hand in. A file is *pending* until the scanner looked through it, then
 * *clean* or *infected*; *failed* when it could not be looked through, and asked for again, more and more seldom. Filing
 * never waits for it; nobody has a file before it is clean (`#platform/scanning.ts` opens them).
 */
export { scanningJobs, scanWaiting } from "./actions.ts";
export { scanningBanner } from "./pages.ts";
export { findScanning, type Scanning } from "./queries.ts";
