/**
 * The workflow: what happens to a dossier after acceptance, as data in a procedure version. A *step* is work of one role at
 * one agency; an *outcome* is what its officer can do with it; a *run* is one opening of a step. One open run is the
 * *lead* and gives the dossier its legal status; *branches* are consulted beside it. The engine decides, others write.
 */
export * from "./definition.ts";
export * from "./rules.ts";
export * from "./shapes.ts";
