import { findAgency } from "#organizations/index.ts";
import type { Admin, Context, System } from "#platform/context.ts";
import { inTransaction, isUniqueViolation } from "#platform/db.ts";
import { tellChange } from "#platform/live.ts";
import { notFound } from "#platform/refusal.ts";
import type { CounterSetup, HallSetup, NewHall, QueueSetup } from "../inputs.ts";
import { topicOf } from "./day.ts";

type Setter = Context<Admin | System>;
/** `taken`: what the form gave belongs to another one already. */
export type Saved = { id: string } | { taken: true };

async function unlessTaken(save: () => Promise<string>): Promise<Saved> {
  try {
    return { id: await save() };
  } catch (error) {
    if (isUniqueViolation(error)) return { taken: true };
    throw error;
  }
}

/** Sets up a hall of an agency. @throws Refusal 404 there is no such agency */
export async function createHall(ctx: Setter, hall: NewHall): Promise<Saved> {
  await findAgency(ctx, hall.agencyId);
  return unlessTaken(async () => (await ctx.db.queueHall.create({ data: { ...hall, createdAt: ctx.now } })).id);
}

/** Changes a hall. @throws Refusal 404 there is none */
export async function saveHall(ctx: Setter, id: string, hall: HallSetup): Promise<void> {
  const { count } = await ctx.db.queueHall.updateMany({ where: { id }, data: hall });
  if (count === 0) throw notFound();
  await tellChange(ctx.db, topicOf(id));
}

/** Adds a queue to a hall, or changes one of it; numbers given before keep their prefix. @throws Refusal 404 */
export async function saveQueue(ctx: Setter, hallId: string, { id, ...queue }: QueueSetup): Promise<Saved> {
  return unlessTaken(() =>
    inTransaction(ctx, async (tx) => {
      if ((await tx.queueHall.count({ where: { id: hallId } })) === 0) throw notFound();
      await tellChange(tx, topicOf(hallId));
      if (id === null) {
        const position = await tx.queue.count({ where: { hallId } });
        return (await tx.queue.create({ data: { ...queue, hallId, position } })).id;
      }
      const { count } = await tx.queue.updateMany({ where: { id, hallId }, data: queue });
      if (count === 0) throw notFound();
      return id;
    }),
  );
}

/** Adds a counter to a hall, or changes one of it. @throws Refusal 404 no such hall, counter, agency or queue */
export async function saveCounter(ctx: Setter, hallId: string, { id, ...counter }: CounterSetup): Promise<Saved> {
  await findAgency(ctx, counter.agencyId);
  return unlessTaken(() =>
    inTransaction(ctx, async (tx) => {
      if ((await tx.queueHall.count({ where: { id: hallId } })) === 0) throw notFound();
      const known = await tx.queue.count({ where: { hallId, id: { in: counter.queueIds } } });
      if (known !== new Set(counter.queueIds).size) throw notFound();
      await tellChange(tx, topicOf(hallId));
      if (id === null) return (await tx.queueCounter.create({ data: { ...counter, hallId } })).id;
      const { count } = await tx.queueCounter.updateMany({ where: { id, hallId }, data: counter });
      if (count === 0) throw notFound();
      return id;
    }),
  );
}
