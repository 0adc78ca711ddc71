import { type Calendar, computeDueDate, type DueExplanation, findCalendar } from "#calendar/index.ts";
import { type KnownAgency, listAgencies } from "#organizations/index.ts";
import type { Admin, Context } from "#platform/context.ts";
import { timeLimitFor } from "#procedures/index.ts";
import { resolveAgency } from "#workflow/index.ts";
import { type Play, playProcess, type Sketch } from "../rules.ts";
import { findHolders, type KnownReception } from "./staffing.ts";

export type Asked = {
  reception: KnownReception;
  caseId: string | null;
  channel: "online" | "counter" | "post";
  startedAt: Date;
  choices: ReadonlyMap<number, string>;
};
export type PlayedProcess = {
  play: Play;
  /** When the whole is due; null: no limit is known for the case and channel. */
  due: { dueAt: Date; explanation: DueExplanation } | null;
  startedAt: Date;
  agencyName: (id: string) => string;
  namesOf: (agencyId: string, role: string) => readonly string[];
};

/**
 * Plays a made-up dossier through a workflow without faults, by the calendar in force and the people of today; nothing is
 * written. Each agency counts in its own days and office hours, as with a real dossier.
 */
export async function findPlay(
  ctx: Context<Admin>,
  sketch: Sketch,
  { reception, caseId, channel, startedAt, choices }: Asked,
): Promise<PlayedProcess> {
  const agencies = await listAgencies(ctx);
  const places = new Map<string, { agency: KnownAgency; calendar: Calendar } | null>();
  for (const step of sketch.workflow.steps) {
    const id = resolveAgency(step.agency, reception, agencies);
    const agency = [reception.receiving, reception.competent, ...agencies].find((one) => one.id === id);
    places.set(step.id, agency ? { agency, calendar: await findCalendar(ctx, agency) } : null);
  }
  const play = playProcess(sketch.workflow, {
    startedAt,
    choices,
    workplaceOf: ({ id }) => {
      const place = places.get(id);
      return place ? { agencyId: place.agency.id, calendar: place.calendar } : null;
    },
  });
  const limit = timeLimitFor(sketch, { caseId, channel });
  const calendar = await findCalendar(ctx, reception.receiving);
  const used = [...new Set(play.visits.flatMap(({ agencyId }) => agencyId ?? []))];
  const named = new Map([...places.values()].flatMap((place) => (place ? [[place.agency.id, place.agency.name]] : [])));
  return {
    play,
    due: limit ? computeDueDate(startedAt, limit.term, calendar, sketch.counting) : null,
    startedAt,
    agencyName: (id) => named.get(id) ?? "",
    namesOf: await findHolders(ctx, used),
  };
}
