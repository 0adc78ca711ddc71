/** What must be true after everything: nothing that was acknowledged is lost, nothing happened twice. */
import { createHash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type pg from "pg";
import { isFinished } from "#dossiers/rules.ts";
import { countJobs, OVERTAKEN } from "#platform/jobs.ts";
import { reactions } from "#reactions.ts";
import { asSystem, type Place } from "./cast.ts";
import type { Ledger } from "./work.ts";

export type Finding = { what: string; checked: number; lost: string[]; twice: string[] };

const DRAIN_MS = 120_000;

/** Waits until no job is due or under way. @returns jobs that are left, or given up */
export async function drainJobs(owner: pg.Pool): Promise<string[]> {
  const until = performance.now() + DRAIN_MS;
  for (;;) {
    // A job whose try failed with the database is due again some seconds later: nobody has to wait for that here.
    await owner.query(
      `UPDATE graphile_worker._private_jobs SET run_at = now() WHERE locked_at IS NULL AND attempts > 0 AND attempts < max_attempts AND run_at > now()`,
    );
    const { rows } = await owner.query<{ name: string; state: string }>(
      `SELECT t.identifier AS name, CASE WHEN j.attempts >= j.max_attempts THEN 'given up' WHEN j.locked_at IS NOT NULL THEN 'in the hands of ' || j.locked_by ELSE 'waiting' END || coalesce(' (' || left(j.last_error, 160) || ')', '') AS state
       FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
       WHERE (j.run_at <= now() OR j.attempts >= j.max_attempts) AND NOT (${OVERTAKEN})`,
    );
    const { waiting } = await countJobs(owner);
    const left = rows.map(({ name, state }) => `${name}: ${state}`);
    if (waiting === 0 && rows.every(({ state }) => state.startsWith("given up"))) return left;
    if (performance.now() > until) return left;
    await wait(300);
  }
}

async function hashOf(source: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of source) hash.update(chunk);
  return hash.digest("hex");
}

/** Each acknowledged filing stands once, with the papers that were sent with it, byte for byte, and its event. */
async function auditFilings(place: Place, owner: pg.Pool, { filed }: Ledger): Promise<Finding> {
  const lost: string[] = [];
  const twice: string[] = [];
  const { rows } = await owner.query<{ reference: string; draftId: string; id: string; events: number }>(
    `SELECT d.reference, d."draftId"::text AS "draftId", d.id,
       (SELECT count(*)::int FROM dossier_events e WHERE e."dossierId" = d.id AND e.type = 'dossier.submitted') AS events
     FROM dossiers d`,
  );
  const { rows: files } = await owner.query<{ dossierId: string; sha256: string; storageKey: string }>(
    `SELECT "dossierId", sha256, "storageKey" FROM attachments WHERE "dossierId" IS NOT NULL`,
  );
  const known = new Map(rows.map((row) => [row.reference, row]));
  await asSystem(place, async (ctx) => {
    for (const { reference, draftId, files: sent } of filed) {
      const row = known.get(reference);
      if (!row) {
        lost.push(`${reference}: the dossier`);
        continue;
      }
      if (row.draftId !== draftId) lost.push(`${reference}: made from another draft`);
      if (row.events !== 1) (row.events === 0 ? lost : twice).push(`${reference}: event of filing`);
      const own = files.filter(({ dossierId }) => dossierId === row.id);
      for (const sha256 of sent) {
        const kept = own.filter((file) => file.sha256 === sha256);
        if (kept.length > 1) twice.push(`${reference}: a paper`);
        const [first] = kept;
        const bytes = first ? await ctx.files.open(first.storageKey).then(hashOf, () => "") : "";
        if (bytes !== sha256) lost.push(`${reference}: a paper${first ? "'s bytes" : ""}`);
      }
    }
  });
  const drafts = rows.map(({ draftId }) => draftId);
  for (const draftId of drafts.filter((one, i) => one !== null && drafts.indexOf(one) !== i))
    twice.push(`draft ${draftId}: filed`);
  return { what: "acknowledged filings, with papers and event", checked: filed.length, lost, twice };
}

/** Each acknowledged acceptance keeps its code; codes of a desk and day run from 1 without a gap. */
async function auditCodes(owner: pg.Pool, { accepted }: Ledger): Promise<Finding> {
  const lost: string[] = [];
  const twice: string[] = [];
  const { rows } = await owner.query<{ reference: string; code: string | null; events: number }>(
    `SELECT d.reference, d.code, (SELECT count(*)::int FROM dossier_events e WHERE e."dossierId" = d.id AND e.type = 'dossier.accepted') AS events
     FROM dossiers d`,
  );
  for (const [reference, code] of accepted) {
    const row = rows.find((one) => one.reference === reference);
    if (row?.code !== code) lost.push(`${reference}: its code ${code}`);
    if (row && row.events !== 1) (row.events === 0 ? lost : twice).push(`${reference}: event of acceptance`);
  }
  const series = new Map<string, number[]>();
  for (const { code } of rows) {
    const [, head = "", serial = ""] = /^(.*)-(\d+)$/.exec(code ?? "") ?? [];
    if (head) series.set(head, [...(series.get(head) ?? []), Number(serial)]);
  }
  for (const [head, serials] of series) {
    for (let i = 1; i <= Math.max(...serials); i++) if (!serials.includes(i)) lost.push(`${head}-${i}: never given`);
    if (new Set(serials).size !== serials.length) twice.push(`${head}: a code`);
  }
  return { what: "acceptances, codes without gaps", checked: rows.filter(({ code }) => code).length, lost, twice };
}

/** One open lead step while the dossier is worked on, none before and after. */
async function auditSteps(owner: pg.Pool): Promise<Finding> {
  const { rows } = await owner.query<{ reference: string; status: string; open: number }>(
    `SELECT d.reference, d.status::text, (SELECT count(*)::int FROM step_runs r WHERE r."dossierId" = d.id AND r.lead AND r."closedAt" IS NULL) AS open
     FROM dossiers d`,
  );
  const lost: string[] = [];
  const twice: string[] = [];
  for (const { reference, status, open } of rows) {
    const isWaiting = status === "submitted" || status === "intake_supplement";
    const wanted = isWaiting || isFinished(status as Parameters<typeof isFinished>[0]) ? 0 : 1;
    if (open < wanted) lost.push(`${reference}: ${status} without a step`);
    if (open > wanted) twice.push(`${reference}: ${status} with ${open} open steps`);
  }
  return { what: "dossiers at exactly one step, or none", checked: rows.length, lost, twice };
}

/** Each event told once to whom it concerns: to the applicant, and of a filing to the desk. */
async function auditNotices(owner: pg.Pool): Promise<Finding> {
  const pairs = Object.entries(reactions).flatMap(([type, all]) =>
    all.filter(({ tell }) => tell === "applicant" || tell === "desk").map(({ tell, of }) => ({ type, tell, of })),
  );
  const { rows } = await owner.query<{ reference: string; kind: string; found: number }>(
    `WITH told AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS r(type text, tell text, "of" text)),
     wanted AS (
       SELECT d.reference, e.id, t."of" AS kind, d."applicantAccountId" AS who FROM dossier_events e
         JOIN dossiers d ON d.id = e."dossierId" JOIN told t ON t.type = e.type AND t.tell = 'applicant' WHERE d."applicantAccountId" IS NOT NULL
       UNION ALL
       SELECT d.reference, e.id, t."of", p."accountId" FROM dossier_events e
         JOIN dossiers d ON d.id = e."dossierId" JOIN told t ON t.type = e.type AND t.tell = 'desk'
         JOIN postings p ON p."agencyId" = d."receivingAgencyId" AND p.role = 'desk' WHERE p."accountId" <> e."actorId")
     SELECT w.reference, w.kind, (SELECT count(*)::int FROM notifications n WHERE n."causeId" = w.id AND n."accountId" = w.who AND n.kind = w.kind) AS found
     FROM wanted w`,
    [JSON.stringify(pairs)],
  );
  return {
    what: "notices, once per event, person and kind",
    checked: rows.length,
    lost: rows.filter(({ found }) => found === 0).map(({ reference, kind }) => `${reference}: ${kind}`),
    twice: rows.filter(({ found }) => found > 1).map(({ reference, kind }) => `${reference}: ${kind}`),
  };
}

/** Each mail that is noted as sent came at least once. */
async function auditMails(owner: pg.Pool, mails: ReadonlyMap<string, number>): Promise<Finding & { again: number }> {
  const { rows } = await owner.query<{ id: string; mail: string }>(`SELECT id, mail::text FROM notifications`);
  const cameAs = new Map([...mails].map(([id, times]) => [/[0-9a-f]{8}-[0-9a-f-]{27}/.exec(id)?.[0] ?? id, times]));
  const sent = rows.filter(({ mail }) => mail === "sent");
  return {
    what: "mails that are noted as sent",
    checked: sent.length,
    lost: [
      ...(rows.length > 0 && sent.length === 0 ? ["of all notices none was mailed"] : []),
      ...sent.filter(({ id }) => !cameAs.has(id)).map(({ id }) => `mail ${id} never came`),
      ...rows.filter(({ mail }) => mail === "waiting").map(({ id }) => `mail ${id} was never sent`),
    ],
    twice: [],
    again: [...mails.values()].filter((times) => times > 1).length,
  };
}

export type Audit = { findings: Finding[]; mailsAgain: number };

/** Looks at everything; the queue is to be empty before. */
export async function audit(
  place: Place,
  owner: pg.Pool,
  ledger: Ledger,
  mails: ReadonlyMap<string, number>,
): Promise<Audit> {
  const left = await drainJobs(owner);
  const jobs: Finding = { what: "jobs left behind", checked: left.length, lost: left, twice: [] };
  const people: Finding = {
    what: "people who could not go on",
    checked: ledger.stuck.length,
    lost: ledger.stuck,
    twice: [],
  };
  const posted = await auditMails(owner, mails);
  return {
    findings: [
      await auditFilings(place, owner, ledger),
      await auditCodes(owner, ledger),
      await auditSteps(owner),
      await auditNotices(owner),
      posted,
      jobs,
      people,
    ],
    mailsAgain: posted.again,
  };
}

const MOST_NAMED = 8;

/** The audit as a table, what was found named below it. */
export function tellAudit({ findings, mailsAgain }: Audit): string {
  const rows = findings.map(
    ({ what, checked, lost, twice }) => `| ${what} | ${checked} | ${lost.length} | ${twice.length} |`,
  );
  const named = findings.flatMap(({ what, lost, twice }) => [
    ...lost.slice(0, MOST_NAMED).map((one) => `  lost (${what}): ${one}`),
    ...twice.slice(0, MOST_NAMED).map((one) => `  twice (${what}): ${one}`),
  ]);
  return [
    "| audit | checked | lost | duplicated |",
    "|---|---:|---:|---:|",
    ...rows,
    "",
    `mails that came more than once (same Message-ID): ${mailsAgain}`,
    ...named,
  ].join("\n");
}

export const totals = ({ findings }: Audit): { lost: number; twice: number } => ({
  lost: findings.reduce((sum, { lost }) => sum + lost.length, 0),
  twice: findings.reduce((sum, { twice }) => sum + twice.length, 0),
});
