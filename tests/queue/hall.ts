import { randomUUID } from "node:crypto";
import { instantAt } from "#calendar/index.ts";
import { DEMO_PASSWORD, demoOfficers } from "#dev/demo.ts";
import type { Context, Officer } from "#platform/context.ts";
import { startTestApp, type TestApp, type TestAppOptions } from "../support/app.ts";
import type { Client } from "../support/client.ts";
import { agencyIdOf, provinceDatabase } from "../support/province.ts";

export type Hall = { id: string; slug: string; queues: Record<string, string>; counters: string[] };

/** A hall of Đông Kinh with two queues and some counters; the first calls from both, the last only from B. */
export async function makeHall(app: TestApp, slug: string, counters: number, mostInRow = 3): Promise<Hall> {
  const agencyId = await agencyIdOf(app, "dongKinh");
  const { id } = await app.db.queueHall.create({
    data: { agencyId, slug, name: `Sảnh ${slug}`, hours: "any", mostInRow, createdAt: new Date() },
  });
  const queues: Record<string, string> = {};
  for (const [prefix, name, sectors] of [
    ["A", "Hộ tịch", ["Hộ tịch"]],
    ["B", "Chứng thực", ["Chứng thực"]],
  ] as const)
    queues[prefix] = (
      await app.db.queue.create({ data: { hallId: id, prefix, name, sectors: [...sectors], minutes: 6 } })
    ).id;
  const made: string[] = [];
  for (let number = 1; number <= counters; number++)
    made.push((await app.db.queueCounter.create({ data: { hallId: id, agencyId, number, queueIds: [] } })).id);
  return { id, slug, queues, counters: made };
}

/** Three people each half hour at Đông Kinh, by the working calendar; who comes takes a number of queue A. @returns its id */
export async function makePlan(app: TestApp, hall: Hall, more: object = {}): Promise<string> {
  const plan = await app.db.appointmentPlan.create({
    data: {
      agencyId: await agencyIdOf(app, "dongKinh"),
      name: "Hộ tịch theo lịch hẹn",
      hallId: hall.id,
      queueId: hall.queues["A"] ?? null,
      sectors: ["Hộ tịch"],
      slotMinutes: 30,
      capacity: 3,
      daysAhead: 30,
      leadMinutes: 0,
      createdAt: new Date(),
      ...more,
    },
  });
  return plan.id;
}

export const openPortal = async (options: TestAppOptions = {}): Promise<TestApp> =>
  startTestApp({ database: await provinceDatabase(), ...options });

/** Another clerk of Đông Kinh's desk, with everybody's password. */
export async function anotherClerk(app: TestApp, number: number): Promise<Context<Officer>> {
  const { passwordHash } = await app.db.account.findUniqueOrThrow({
    where: { username: demoOfficers.dongKinhDesk.username },
  });
  const agencyId = await agencyIdOf(app, "dongKinh");
  const account = await app.db.account.create({
    data: {
      id: randomUUID(),
      kind: "officer",
      username: `quay.${number}`,
      displayName: `Cán bộ quầy ${number}`,
      passwordHash,
      postings: { create: { agencyId, role: "desk" } },
    },
    include: { postings: true },
  });
  return {
    ...app.system(),
    actor: { kind: "officer", accountId: account.id, name: account.displayName, postings: account.postings },
  };
}

export const signIn = (app: TestApp, who: keyof typeof demoOfficers): Promise<Client> =>
  app.signIn(demoOfficers[who].username, DEMO_PASSWORD);

/** Takes a number at the machine, as somebody who touches it. */
export async function take(client: Client, hall: Hall, prefix: string, priority = ""): Promise<string> {
  const answer = await client.post(`/xep-hang/${hall.slug}/lay-so`, { queue: hall.queues[prefix] ?? "", priority });
  const code = /\/so\/([A-Z0-9]+)\/phieu/.exec(answer.path)?.[1];
  if (!code) throw new Error(`no number: ${answer.status} ${answer.path}`);
  return code;
}

/** On a day that is past wherever the tests run, so that it is never mixed up with today. */
export const at = (time: string, day = "2026-11-16"): Date => instantAt(day, time);
