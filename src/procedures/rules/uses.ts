import { fold } from "#platform/format.ts";
import { allFields, type ProcedureDefinition } from "../definition.ts";

/** What a procedure uses: a question, a paper, or a step with who acts at which agency. */
export type Use = {
  what: "field" | "paper" | "step";
  /** Its id; of a step, the role that acts. */
  key: string;
  /** Of a question its type, of a step its agency as the definition says it, as JSON. */
  kind: string;
  /** What it is called there. */
  name: string;
};

type Made = Pick<ProcedureDefinition, "form" | "requirements" | "workflow">;

/** Everything that a definition uses, in its order. */
export const usesOf = (definition: Made): Use[] => [
  ...allFields(definition).map(({ id, type, label }): Use => ({ what: "field", key: id, kind: type, name: label.vi })),
  ...definition.requirements.map(({ id, name }): Use => ({ what: "paper", key: id, kind: "", name: name.vi })),
  ...definition.workflow.steps.map(
    ({ role, agency, name }): Use => ({ what: "step", key: role, kind: JSON.stringify(agency), name: name.vi }),
  ),
];

/** As they are kept: numbered, with the words by which they are found. */
export const keptUses = (definition: Made) =>
  usesOf(definition).map((use, at) => ({ ...use, at, folded: fold(use.name) }));
