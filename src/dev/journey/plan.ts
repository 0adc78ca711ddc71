import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { root } from "#platform/root.ts";
import { ProcedureDefinition } from "#procedures/index.ts";
import { type demoCitizens, demoOfficers } from "../demo.ts";
import type { Sample } from "../sample-answers.ts";

const SEED = join(root, "prisma/seed");
const readSeed = (name: string): unknown => JSON.parse(readFileSync(join(SEED, name), "utf8"));

const citizen = z.enum(["new", "lan", "pao", "mui", "nam"] satisfies ("new" | keyof typeof demoCitizens)[]);
const officer = z.enum(Object.keys(demoOfficers) as [keyof typeof demoOfficers]);
const Plan = z.object({
  province: z.string(),
  /** Where everything is filed. */
  commune: z.object({ code: z.string(), name: z.string() }),
  desk: officer,
  /** Works at an agency that has nothing to do with these dossiers. */
  foreignDesk: officer,
  online: z.array(
    z.object({
      shape: z.string(),
      code: z.string(),
      search: z.string(),
      citizen,
      /** The longest that filing it may take a person, and on how many pages, where that is promised. */
      short: z.object({ seconds: z.number(), pages: z.number() }).optional(),
    }),
  ),
  counter: z.object({ code: z.string(), search: z.string(), citizen }),
});
export type Plan = z.infer<typeof Plan>;
export type Filing = Plan["online"][number];

/** Which procedures are walked, and by whom: procedures are data, so their codes stand in the seed. */
export const readPlan = (): Plan => Plan.parse(readSeed("journey.json"));

export const definitionOf = (code: string): ProcedureDefinition =>
  ProcedureDefinition.parse(readSeed(`procedures/${code}.json`));

/** Another journey on the same database is another person with other names. */
export const sampleOf = ({ province, commune }: Plan, number: number): Sample => ({
  today: new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10),
  provinceCode: province,
  communeCode: commune.code,
  communeName: commune.name,
  number,
});
