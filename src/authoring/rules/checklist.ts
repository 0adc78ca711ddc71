import { type AgencyPlace, resolveAgency } from "#workflow/rules.ts";
import { problemsOf } from "./problems.ts";
import type { Proven } from "./proofs.ts";
import type { Section, Sketch } from "./sketch.ts";
import type { Reception } from "./staffing.ts";

/** `wrong` keeps it from being published; `ask` is vouched for by who publishes; `fine` is checked by the portal itself. */
export type CheckItem = {
  key:
    | "problems"
    | "papers"
    | "noPapers"
    | "fees"
    | "noFees"
    | "unknownFees"
    | "limits"
    | "noLimits"
    | "previewed"
    | "notPreviewed"
    | "tried"
    | "simulated"
    | "processSame"
    | "notSimulated"
    | "staffed"
    | "unstaffed"
    | "nobody"
    | "notOffered";
  state: "fine" | "ask" | "wrong";
  section: Section | null;
  params: Readonly<Record<string, string | number>>;
};

export type Staffing = {
  receptions: readonly (Reception & { name: string })[];
  isOffered: boolean;
  agencies: readonly AgencyPlace[];
  isHeld: (agencyId: string, role: string) => boolean;
};

/** Receiving agencies at which a dossier would lie with nobody at some step. */
export const unstaffed = ({ workflow }: Sketch, { receptions, agencies, isHeld }: Staffing): string[] =>
  receptions
    .filter((reception) =>
      workflow.steps.some(({ agency, role }) => {
        const found = resolveAgency(agency, reception, agencies);
        return found === undefined || !isHeld(found, role);
      }),
    )
    .map(({ name }) => name);

const MOST_NAMED = 5;
const named = (names: readonly string[]): string =>
  names.length > MOST_NAMED ? `${names.slice(0, MOST_NAMED).join("; ")}…` : names.join("; ");

function staffItem(sketch: Sketch, staffing: Staffing): CheckItem {
  const section = "workflow" as const;
  if (!staffing.isOffered) return { key: "notOffered", state: "ask", section: null, params: {} };
  const missing = unstaffed(sketch, staffing);
  const params = { count: missing.length, total: staffing.receptions.length, names: named(missing) };
  if (missing.length === 0) return { key: "staffed", state: "fine", section, params };
  return missing.length === staffing.receptions.length
    ? { key: "nobody", state: "wrong", section, params }
    : { key: "unstaffed", state: "ask", section, params };
}

const PROCESS = { tried: "tried", simulated: "simulated", same: "processSame" } as const;

/** What must be in order before a manuscript is published, and what its publisher must have done. */
export function checklistOf(sketch: Sketch, staffing: Staffing, { unseenPages, process }: Proven): CheckItem[] {
  const problems = problemsOf(sketch).length;
  const unknown = sketch.fees.filter(({ amount }) => amount === null).map(({ name }) => name.vi);
  return [
    { key: "problems", state: problems > 0 ? "wrong" : "fine", section: null, params: { count: problems } },
    sketch.requirements.length > 0
      ? { key: "papers", state: "fine", section: "requirements", params: { count: sketch.requirements.length } }
      : { key: "noPapers", state: "ask", section: "requirements", params: {} },
    sketch.fees.length === 0
      ? { key: "noFees", state: "wrong", section: "terms", params: {} }
      : unknown.length > 0
        ? { key: "unknownFees", state: "ask", section: "terms", params: { names: named(unknown) } }
        : { key: "fees", state: "fine", section: "terms", params: { count: sketch.fees.length } },
    sketch.timeLimits.length > 0
      ? { key: "limits", state: "fine", section: "terms", params: {} }
      : { key: "noLimits", state: "wrong", section: "terms", params: {} },
    unseenPages.length === 0
      ? { key: "previewed", state: "fine", section: "form", params: {} }
      : { key: "notPreviewed", state: "wrong", section: "form", params: { names: named(unseenPages) } },
    process
      ? { key: PROCESS[process], state: "fine", section: "workflow", params: {} }
      : { key: "notSimulated", state: "wrong", section: "workflow", params: {} },
    staffItem(sketch, staffing),
  ];
}
