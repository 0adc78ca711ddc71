import { beforeAll, describe, expect, test } from "vitest";
import { beginDraft, fillDraft, typedAnswers, typedApplicant } from "#dev/browse/fill.ts";
import { attribute } from "#dev/browse/html.ts";
import { DEMO_PASSWORD, demoCitizens, demoOfficers } from "#dev/demo.ts";
import { sampleAnswers } from "#dev/sample-answers.ts";
import { systemContext } from "#platform/context.ts";
import type { FileStore } from "#platform/files.ts";
import { findCurrentVersion, type LoadedVersion } from "#procedures/index.ts";
import { withClient } from "../../src/dev/database.mjs";
import { createDossier } from "../../src/dossiers/actions/create.ts";
import { Client } from "../support/client.ts";
import type { TestDatabase } from "../support/database.ts";
import { type Process, sameAt, startProcesses } from "../support/processes.ts";
import { agencyIdOf, provinceDatabase } from "../support/province.ts";

const BIRTH = "1.001193";
const sample = { today: "2026-11-22", provinceCode: "20", communeCode: "05977", communeName: "phường Đông Kinh" };

let database: TestDatabase;
let processes: Process[];
let version: LoadedVersion;

const system = () =>
  systemContext(
    { db: database.db, files: {} as FileStore, publicUrl: "https://dichvucong.example" },
    new Date(),
    "test",
  );

beforeAll(async () => {
  database = await provinceDatabase();
  processes = await startProcesses(2, database);
  const found = await findCurrentVersion(system(), BIRTH);
  if (!found) throw new Error("the seed lacks the registration of births");
  version = found;
}, 90_000);

const baseOf = (i: number): string => processes[i % processes.length]?.base ?? "";

async function signIn(base: string, username: string): Promise<Client> {
  const client = new Client(base);
  const page = await client.post("/dang-nhap", { username, password: DEMO_PASSWORD });
  expect([username, page.status, page.path.startsWith("/dang-nhap")]).toEqual([username, 200, false]);
  return client;
}

/** Dossiers that wait at a desk. @returns their ids */
async function waiting(count: number, agencyId: string): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 0; number < count; number++)
    ids.push(
      await database.db.$transaction(async (tx) => {
        const { id } = await createDossier(system(), tx, {
          version,
          draftId: null,
          agencyId,
          competentAgencyId: agencyId,
          caseId: null,
          channel: "online",
          returnMethod: "counter",
          applicantAccountId: null,
          linkCodeHash: null,
          answers: sampleAnswers(version.definition, { ...sample, number }),
          applicant: { kind: "person", fullName: "Lý Thị Mẩy" },
          owner: null,
          submittedAt: new Date(),
        } as Parameters<typeof createDossier>[2]);
        return id;
      }),
    );
  return ids;
}

/** From now on these dossiers fail at the very end of the transaction that accepts them. */
const doom = (ids: readonly string[]) =>
  withClient(database.ownerUrl, async (client) => {
    await client.query(`CREATE TABLE doomed AS SELECT unnest($1::uuid[]) AS id`, [ids]);
    await client.query("GRANT SELECT ON doomed TO app");
    await client.query(`CREATE FUNCTION fail_if_doomed() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF EXISTS (SELECT FROM doomed WHERE id = NEW.id) AND NEW.code IS NOT NULL THEN RAISE EXCEPTION 'doomed'; END IF; RETURN NULL; END $$`);
    await client.query(
      `CREATE CONSTRAINT TRIGGER doom AFTER UPDATE ON dossiers DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail_if_doomed()`,
    );
  });
const spare = () => withClient(database.ownerUrl, (client) => client.query("DROP TRIGGER doom ON dossiers"));

const serialOf = (code: string | null): number => Number(code?.split("-").at(-1));

describe("two processes on one database", () => {
  test("200 acceptances with 20 rollbacks among them give consecutive codes", { timeout: 120_000 }, async () => {
    const agencyId = await agencyIdOf(database, "dongKinh");
    const ids = await waiting(220, agencyId);
    const doomed = ids.filter((_, i) => i % 11 === 5);
    await doom(doomed);
    const desk = await signIn(baseOf(0), demoOfficers.dongKinhDesk.username);
    const desks = processes.map(({ base }) => sameAt(base, desk));
    const statuses = new Map<string, number>();
    const queue = ids.map((id, i) => ({ id, desk: desks[i % desks.length] as Client }));
    const clerk = async () => {
      for (let next = queue.shift(); next; next = queue.shift())
        statuses.set(
          next.id,
          (await next.desk.once("POST", `/mot-cua/ho-so/${next.id}/tiep-nhan`, new URLSearchParams({ version: "0" })))
            .status,
        );
    };
    await Promise.all(Array.from({ length: 8 }, clerk));
    expect(ids.filter((id) => statuses.get(id) !== 303).sort()).toEqual([...doomed].sort());
    const codes = async () =>
      (
        await database.db.dossier.findMany({
          where: { receivingAgencyId: agencyId, code: { not: null } },
          select: { code: true },
        })
      )
        .map(({ code }) => serialOf(code))
        .sort((a, b) => a - b);
    expect(await codes()).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));

    // What was rolled back left nothing behind: the same dossiers are simply accepted next.
    await spare();
    for (const id of doomed)
      await (desks[0] as Client).once("POST", `/mot-cua/ho-so/${id}/tiep-nhan`, new URLSearchParams({ version: "0" }));
    expect(await codes()).toEqual(Array.from({ length: 220 }, (_, i) => i + 1));
  });

  test("20 submits of one draft, while one process is killed, give one dossier and one reference", {
    timeout: 60_000,
  }, async () => {
    const lan = await signIn(baseOf(1), demoCitizens.lan.phone);
    const first = await beginDraft(await lan.get(`/thu-tuc/${BIRTH}/nop-ho-so`), "Đông Kinh");
    const check = await fillDraft(first, { ...typedAnswers(version.definition, sample), ...typedApplicant(sample) });
    const form = check.all("form").find((one) => attribute(one, "action")?.endsWith("/kiem-tra"));
    if (!form) throw new Error("the check page has no form to submit");
    const fields = new URLSearchParams(
      check
        .within(form)
        .all("input")
        .map((input): [string, string] => [attribute(input, "name") ?? "", attribute(input, "value") ?? "on"]),
    );
    const [doomed, lasting] = processes as [Process, Process];
    const send = async (base: string): Promise<string> => {
      const answer = await sameAt(base, lan).once("POST", check.path, fields);
      return `${answer.status} ${answer.headers.get("location")}`;
    };
    const answers = Array.from({ length: 20 }, (_, i) =>
      // Whoever gets no answer presses again, and reaches the process that is left.
      i % 2 === 0 ? send(doomed.base).catch(() => send(lasting.base)) : send(lasting.base),
    );
    setTimeout(() => doomed.child.kill("SIGKILL"), 15);
    const told = new Set(await Promise.all(answers));
    expect([...told]).toEqual([expect.stringMatching(/^303 \/ca-nhan\/ho-so\/[A-Z0-9]{14}/)]);
    expect(doomed.child.signalCode).toBe("SIGKILL");
    const draftId = /ban-nhap\/([^/]+)/.exec(check.path)?.[1] ?? "";
    const filed = await database.db.dossier.findMany({ where: { draftId } });
    expect(filed.map(({ reference }) => [...told][0]?.includes(reference))).toEqual([true]);
    expect(await database.db.draft.count({ where: { id: draftId } })).toBe(0);
  });
});
