import { beforeAll, expect, test } from "vitest";
import { DEMO_PASSWORD } from "#dev/demo.ts";
import { isoDay } from "#platform/format.ts";
import { callNext, openCounter } from "#queue/index.ts";
import { callOrder } from "#queue/rules.ts";
import type { TestApp } from "../support/app.ts";
import { Client } from "../support/client.ts";
import { type Process, sameAt, startProcesses } from "../support/processes.ts";
import { follow } from "../support/stream.ts";
import { anotherClerk, type Hall, makeHall, openPortal, take } from "./hall.ts";

const COUNTERS = 20;
const TICKETS = 50;
type Board = { html: string; call: { key: string; say: string } | null };

let app: TestApp;
let hall: Hall;
let processes: Process[];
let clerks: Client[];

beforeAll(async () => {
  app = await openPortal();
  hall = await makeHall(app, "mot-buoi-sang", COUNTERS, 2);
  processes = await startProcesses(2, app);
  const names = await Promise.all(
    Array.from({ length: COUNTERS }, async (_, i) => {
      await anotherClerk(app, i);
      return `quay.${i}`;
    }),
  );
  clerks = await Promise.all(
    names.map(async (name, i) => {
      const clerk = await app.signIn(name, DEMO_PASSWORD);
      const opened = await clerk.post("/mot-cua/quay/mo", { counter: hall.counters[i] ?? "" });
      expect(opened.text).toContain(`Đã mở quầy ${i + 1}`);
      return clerk;
    }),
  );
}, 90_000);

/** Calls the next until nobody waits, at one process after the other; a process that is gone is asked no more. */
async function callAll(clerk: Client, from: number, onCall: () => void): Promise<void> {
  for (let tried = from; ; tried++) {
    const { base } = processes[tried % processes.length] as Process;
    const at = sameAt(base, clerk);
    try {
      const panel = await at.get("/mot-cua/quay");
      const answer = await panel.submit(/Gọi số tiếp theo/);
      if (answer.text.includes("Không có ai chờ")) return;
      onCall();
    } catch (error) {
      // The process was killed while it answered: whether it had called is seen on the panel.
      if (!(error instanceof TypeError)) throw error;
    }
  }
}

test("twenty counters call fifty numbers at once at two processes, one of which is killed: none twice, none lost, priority as configured, every board agrees", {
  timeout: 60_000,
}, async () => {
  const [first, second] = processes as [Process, Process];
  const kinds = ["", "", "elderly", "", "child"];
  await Promise.all(
    Array.from({ length: TICKETS }, (_, i) =>
      take(new Client((i % 2 ? first : second).base), hall, "A", kinds[i % kinds.length]),
    ),
  );
  const day = isoDay(new Date());
  const taken = await app.db.queueTicket.findMany({ where: { hallId: hall.id, day } });
  expect(taken.map(({ number }) => number).sort()).toEqual(
    Array.from({ length: TICKETS }, (_, i) => `A${String(i + 1).padStart(3, "0")}`),
  );

  const path = `/xep-hang/${hall.slug}/bang/truc-tiep`;
  const boards = [follow<Board>(new Client(first.base), path)];
  const lost = follow<Board>(new Client(second.base), path);
  await lost.until(({ html }) => html.includes("Chưa gọi số nào"));

  let calls = 0;
  let restarted: Promise<Process[]> | undefined;
  await Promise.all(
    clerks.map((clerk, i) =>
      callAll(clerk, i, () => {
        calls++;
        if (calls !== 15) return;
        second.child.kill("SIGKILL");
        processes.splice(1, 1);
        restarted = startProcesses(1, app);
      }),
    ),
  );
  const [third] = (await restarted) ?? [];
  if (!third) throw new Error("no process was started again");

  const events = await app.db.queueTicketEvent.findMany({
    where: { hallId: hall.id, day },
    orderBy: { number: "asc" },
  });
  expect(events.map(({ number }) => number)).toEqual(events.map((_, i) => i + 1));
  const called = events.filter(({ type }) => type === "called").map(({ ticketId }) => ticketId);
  const wanted = callOrder(taken, { inRow: 0, mostInRow: 2, now: new Date() }).map(({ id }) => id);
  expect(called).toEqual(wanted);
  expect(await app.db.queueTicket.count({ where: { hallId: hall.id, state: { notIn: ["served", "called"] } } })).toBe(
    0,
  );

  const last = taken.find(({ id }) => id === called.at(-1))?.number ?? "";
  boards.push(follow<Board>(new Client(third.base), path));
  const shown = await Promise.all(boards.map((board) => board.until(({ html }) => html.includes(`>${last}<`))));
  expect(new Set(shown.map(({ call }) => call?.key)).size).toBe(1);
  expect(lost.sent.length).toBeGreaterThan(0);
  // Boards of both processes hear of what is done at the other from now on.
  const closing = await sameAt(third.base, clerks[0] as Client).get("/mot-cua/quay");
  await take(new Client(third.base), hall, "B");
  await closing.client.get("/mot-cua/quay");
  await Promise.all(boards.map((board) => board.until(({ html }) => /Chứng thực<\/span> <b>1<\/b>/.test(html))));
});

test("of two who call at once, the later on the board is who was given the later number, whatever their clocks say", async () => {
  const small = await makeHall(app, "hai-quay", 2);
  const client = app.client();
  for (const prefix of ["A", "A"]) await take(client, small, prefix);
  const [one, other] = await Promise.all([anotherClerk(app, 31), anotherClerk(app, 32)]);
  for (const [i, clerk] of [one, other].entries()) await openCounter(clerk, small.counters[i] ?? "");
  const later = { ...one, now: new Date(other.now.getTime() + 900) };
  expect([await callNext(later, null), await callNext(other, null)]).toEqual([
    { did: "called", number: "A001" },
    { did: "called", number: "A002" },
  ]);
  const { text } = await client.get(`/xep-hang/${small.slug}/bang`);
  expect([...new Set(text.match(/A00\d/g))]).toEqual(["A002", "A001"]);
});
