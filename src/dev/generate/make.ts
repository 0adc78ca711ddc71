/**
 * Believable dossiers without actions, by the thousand: most long delivered, a few weeks of open work
 * at every agency, their histories chained as the portal chains them. The same number makes the same set.
 */
import { randomBytes } from "node:crypto";
import { hashEvent } from "#dossiers/index.ts";
import { randomCode } from "#platform/codes.ts";
import { fold, isoDay } from "#platform/format.ts";
import { samplePersonalId } from "../sample-answers.ts";
import { drawName } from "./names.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Work that began within so many days may still be open. */
const OPEN_DAYS = 21;

export type Place = {
  procedureId: string;
  versionId: string;
  receiving: { id: string; identifier: string };
  competentId: string;
  /** The lead's steps, straight ahead. */
  path: readonly { id: string; role: string; status: string; outcome: string | null; atReceiving: boolean }[];
};
/** Who holds a role at an agency, by "agency role", with the unit. */
export type Hands = ReadonlyMap<string, readonly { accountId: string; unitId: string | null }[]>;
export type Row = readonly (string | number | boolean | Date | null)[];

export const TABLES = {
  accounts: "id,kind,username,displayName,createdAt",
  dossiers:
    "id,reference,code,procedureId,procedureVersionId,receivingAgencyId,competentAgencyId,applicantAccountId,channel,returnMethod,status,version,lastEventSeq,lastEventHash,submittedAt,receivedAt,enteredAt,acceptedAt,clockStartedAt,dueAt,originalDueAt,finishedAt,deliveredAt,pausedAt,waitingSince",
  dossier_parties: "id,dossierId,role,kind,fullName,searchName,personalId,phone,communeCode,address",
  answer_revisions: "id,dossierId,number,answers,at",
  step_runs:
    "id,dossierId,stepId,lead,role,agencyId,unitId,assigneeId,openedAt,dueAt,closedAt,closedById,outcome,pausedAt,version",
  dossier_events: "id,dossierId,seq,type,at,actorKind,actorId,agencyId,stepRunId,status,payload,prevHash,hash",
} as const;
export type Table = keyof typeof TABLES;

/** The same every time, and even enough (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

let drawn = "";
/** Twenty random hexadecimal digits, drawn by the thousand: a draw for each id would be a quarter of the work. */
function twenty(): string {
  if (drawn.length < 20) drawn = randomBytes(10_000).toString("hex");
  const rest = drawn.slice(0, 20);
  drawn = drawn.slice(20);
  return rest;
}

/** An id that begins with its instant, as the database's own do: rows of one time lie together. */
function idAt(ms: number): string {
  const hex = Math.floor(ms).toString(16).padStart(12, "0");
  const rest = twenty();
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${rest.slice(0, 3)}-8${rest.slice(3, 6)}-${rest.slice(6, 18)}`;
}

export type Making = {
  places: readonly Place[];
  hands: Hands;
  random: () => number;
  serials: Map<string, number>;
  /** The account that files online now. */
  citizen?: string;
};

/** Dossiers, on whatever way, until somebody new files online. */
const FILED_BY_ONE = 6;

/** How it ended, of a hundred that are over. */
function endingOf(dice: number, age: number): string {
  if (dice < 0.02) return "declined";
  if (dice < 0.045) return "refused";
  if (dice < 0.06) return "withdrawn";
  if (dice < 0.065) return "stopped";
  return age < 40 * DAY && dice < 0.2 ? "completed" : "delivered";
}

/** Writes one dossier filed at an instant, with everything that belongs to it, into its tables. */
export function makeDossier(
  making: Making,
  number: number,
  filed: number,
  now: number,
  put: (table: Table, row: Row) => void,
): void {
  const { places, hands, random, serials } = making;
  // Few places have much to do and many have little.
  const place = places[Math.floor(random() ** 2 * places.length)] as Place;
  const { receiving, path } = place;
  const id = idAt(filed);
  const age = now - filed;
  const days = 3 + Math.floor(random() * 15);
  const isAccepted = random() > 0.02 && age > 2 * HOUR;
  const accepted = filed + Math.min(age / 2, (0.5 + random() * 6) * HOUR);
  const isOpen = !isAccepted ? age < DAY : age < OPEN_DAYS * DAY && random() > age / (OPEN_DAYS * DAY);
  const waits = isOpen && isAccepted && random() < 0.07;
  const ending = isOpen ? null : isAccepted ? endingOf(random() * 0.98 + 0.02, age) : "declined";
  const done = isOpen
    ? isAccepted
      ? Math.floor(random() * path.length)
      : 0
    : ending === "delivered" || ending === "completed"
      ? path.length
      : Math.min(1, path.length);
  const spent = isOpen
    ? age - (accepted - filed)
    : Math.min(age - (accepted - filed) - 1, days * DAY * (0.3 + random() * 0.8));
  const at = (share: number): Date => new Date(Math.round(accepted + spent * share));
  const finished = ending === null ? null : isAccepted ? at(0.95) : new Date(accepted);
  const status =
    ending ?? (isAccepted ? (waits ? "awaiting_supplement" : (path[done]?.status ?? "processing")) : "submitted");
  const pausedAt = waits ? at(0.97) : null;

  let seq = 0;
  let prevHash = "";
  const event = (
    type: string,
    when: Date,
    standing: string,
    actor: string | null,
    agencyId: string | null,
    stepRunId: string | null,
    payload: object,
  ) => {
    const sealed = {
      dossierId: id,
      seq: ++seq,
      type,
      at: when,
      actorKind: actor ? "officer" : "system",
      actorId: actor,
      agencyId,
      stepRunId,
      status: standing,
      payload,
      prevHash,
    };
    const hash = hashEvent(sealed);
    put("dossier_events", [
      idAt(filed),
      id,
      seq,
      type,
      when,
      sealed.actorKind,
      actor,
      agencyId,
      stepRunId,
      standing,
      JSON.stringify(payload),
      prevHash,
      hash,
    ]);
    prevHash = hash;
  };
  const somebody = (agencyId: string, role: string) => {
    const people = hands.get(`${agencyId} ${role}`) ?? [];
    return people[Math.floor(random() * people.length)];
  };
  const desk = somebody(receiving.id, "desk")?.accountId ?? null;
  event("dossier.submitted", new Date(filed), "submitted", null, receiving.id, null, {});
  let code: string | null = null;
  if (isAccepted) {
    const key = `${receiving.identifier}-${isoDay(new Date(accepted)).slice(2).replaceAll("-", "")}`;
    const serial = (serials.get(key) ?? 0) + 1;
    serials.set(key, serial);
    code = `${key}-${String(serial).padStart(4, "0")}`;
    event("dossier.accepted", new Date(accepted), path[0]?.status ?? "processing", desk, receiving.id, null, { code });
  }
  for (const [i, step] of (isAccepted ? path : []).slice(0, isOpen ? done + 1 : Math.max(done, 1)).entries()) {
    const isClosed = i < done || !isOpen;
    const agencyId = step.atReceiving ? receiving.id : place.competentId;
    const holder = somebody(agencyId, step.role);
    const has = isClosed || random() < 0.7;
    const run = idAt(filed);
    const closed = isClosed ? at((0.9 * (i + 1)) / path.length) : null;
    const opened = i === 0 ? new Date(accepted) : at((0.9 * i) / path.length);
    put("step_runs", [
      run,
      id,
      step.id,
      true,
      step.role,
      agencyId,
      holder?.unitId ?? null,
      has ? (holder?.accountId ?? null) : null,
      opened,
      new Date(opened.getTime() + (days * DAY) / path.length),
      closed,
      isClosed ? (holder?.accountId ?? null) : null,
      isClosed ? step.outcome : null,
      isClosed ? null : pausedAt,
      isClosed ? 1 : 0,
    ]);
    if (isClosed && i < done && !(i === path.length - 1))
      event(
        "step.advanced",
        closed as Date,
        path[i + 1]?.status ?? "processing",
        holder?.accountId ?? null,
        agencyId,
        run,
        { stepId: step.id, outcomeId: step.outcome },
      );
  }
  if (waits) event("dossier.supplement_requested", pausedAt as Date, status, desk, receiving.id, null, {});
  if (ending && finished) {
    const first = ending === "delivered" ? "completed" : ending;
    event(`dossier.${first}`, finished, first, desk, receiving.id, null, {});
    if (ending === "delivered") event("dossier.delivered", at(1), "delivered", desk, receiving.id, null, {});
  }
  const submitted = new Date(filed);
  const acceptedAt = isAccepted ? new Date(accepted) : null;
  const dueAt = isAccepted ? new Date(accepted + days * DAY) : null;
  const channel = ["online", "online", "counter", "post"][Math.floor(random() * 3.2)] ?? "online";
  const fullName = drawName(random);
  if (!making.citizen || number % FILED_BY_ONE === 0) {
    making.citizen = idAt(filed);
    put("accounts", [making.citizen, "citizen", `07${String(number).padStart(8, "0")}`, fullName, submitted]);
  }
  put("dossiers", [
    id,
    randomCode(60),
    code,
    place.procedureId,
    place.versionId,
    receiving.id,
    place.competentId,
    channel === "online" ? making.citizen : null,
    channel,
    "counter",
    status,
    seq,
    seq,
    prevHash,
    submitted,
    acceptedAt,
    submitted,
    acceptedAt,
    acceptedAt,
    dueAt,
    dueAt,
    finished,
    ending === "delivered" ? at(1) : null,
    pausedAt,
    pausedAt,
  ]);
  const who = Math.floor(random() * 900_000);
  for (const role of ["applicant", "owner"])
    put("dossier_parties", [
      idAt(filed),
      id,
      role,
      "person",
      fullName,
      fold(fullName),
      samplePersonalId("female", 1950 + (who % 55), who),
      `09${String(10_000_000 + who)}`,
      null,
      `Thôn ${1 + (number % 12)}`,
    ]);
  put("answer_revisions", [idAt(filed), id, 1, JSON.stringify({ fullName }), submitted]);
}
