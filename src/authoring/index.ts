/**
 * Authoring: how administrators write a procedure. A *manuscript* is a definition being written: incomplete, changed step
 * by step, each step kept and able to be gone back to. Its *sketch* has the shape of a definition; its *problems* are what
 * keeps it from being published. Published, it becomes a version (#procedures) and is closed.
 */
export { authoringJobs } from "./actions/trials.ts";
export {
  type Beginning,
  beginManuscript,
  type Changed,
  changeManuscript,
  type Did,
  discardManuscript,
} from "./actions.ts";
export { findManuscript, findSketchAt, listChanges, type Manuscript } from "./queries.ts";
export * from "./rules.ts";
