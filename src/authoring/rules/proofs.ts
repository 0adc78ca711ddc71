import { canonicalJson, sha256 } from "#platform/canonical.ts";
import type { Sketch } from "./sketch.ts";

/** What somebody really did with a manuscript before publishing it. */
export type ProofKind = "previewed" | "simulated" | "tried";
export type Proof = { kind: ProofKind; subject: string; sha256: string };

/** The same for the same content, whatever the order of its keys: the database keeps none. */
const hashOf = (value: unknown): string => sha256(canonicalJson(JSON.parse(JSON.stringify(value ?? null))));

const CONTENT = {
  /** One page of the form. */
  previewed: ({ form }: Sketch, subject: string) => form.pages.find(({ id }) => id === subject),
  simulated: ({ workflow, cases, timeLimits, counting, channels }: Sketch) => ({
    workflow,
    cases,
    timeLimits,
    counting,
    channels,
  }),
  tried: (sketch: Sketch) => sketch,
} as const satisfies Record<ProofKind, (sketch: Sketch, subject: string) => unknown>;

/** What a proof of this kind is a proof of, as it stands in a manuscript. */
export const contentHash = (sketch: Sketch, kind: ProofKind, subject = ""): string =>
  hashOf(CONTENT[kind](sketch, subject));

export type Proven = {
  /** Names of the pages of the form that nobody has tried as they are now. */
  unseenPages: readonly string[];
  /** How the process was tried; `same`: it is the published one; null: not at all. */
  process: "tried" | "simulated" | "same" | null;
};

/**
 * What of a manuscript was really tried. What stands word for word in the newest published version needs no proof, and a
 * finished trial went through everything.
 */
export function provenOf(sketch: Sketch, newest: Sketch | null, proofs: readonly Proof[]): Proven {
  const has = (kind: ProofKind, subject = "") => {
    const hash = contentHash(sketch, kind, subject);
    return proofs.some((proof) => proof.kind === kind && proof.subject === subject && proof.sha256 === hash);
  };
  const isSame = (kind: ProofKind, subject = "") =>
    newest !== null && contentHash(newest, kind, subject) === contentHash(sketch, kind, subject);
  const isTried = has("tried");
  return {
    unseenPages: isTried
      ? []
      : sketch.form.pages
          .filter(({ id }) => !isSame("previewed", id) && !has("previewed", id))
          .map(({ title }) => title.vi),
    process: isTried ? "tried" : has("simulated") ? "simulated" : isSame("simulated") ? "same" : null,
  };
}
