/** A hall at an agency, with a day of tickets for every few hundred dossiers behind it and some people who wait today. */
import type pg from "pg";
import { randomCode } from "#platform/codes.ts";
import type { Context, System } from "#platform/context.ts";
import { isoDay } from "#platform/format.ts";

const DOSSIERS_A_DAY = 600;
const TICKETS_A_DAY = 60;
const WAITING = 20;

export type GeneratedHall = { slug: string; ticket: string };

/** What a hall consists of, made once: one queue, one counter, at which the officer sits. */
async function openHall({ db, now }: Context<System>, agencyId: string, officerId: string) {
  const slug = `do-${agencyId.slice(-6)}`;
  const known = await db.queueHall.findUnique({ where: { slug }, include: { queues: true } });
  if (known) return known;
  const hall = await db.queueHall.create({
    data: {
      agencyId,
      slug,
      name: "Sảnh đo",
      hours: "any",
      createdAt: now,
      queues: { create: { prefix: "A", name: "Hàng đo" } },
    },
    include: { queues: true },
  });
  const queueIds = hall.queues.map(({ id }) => id);
  await db.queueCounter.create({ data: { hallId: hall.id, agencyId, number: 1, queueIds, officerId, openedAt: now } });
  return hall;
}

/** Fills the hall for as many days as dossiers ask for. Run again, it adds what is missing. */
export async function fillHall(
  ctx: Context<System>,
  owner: pg.Pool,
  { agencyId, officerId }: { agencyId: string; officerId: string },
): Promise<GeneratedHall> {
  const { id, slug, queues } = await openHall(ctx, agencyId, officerId);
  const { rows } = await owner.query<{ days: number }>(
    "SELECT ceil(count(*) / $1::numeric)::int AS days FROM dossiers",
    [DOSSIERS_A_DAY],
  );
  await owner.query(
    `WITH made AS (
       INSERT INTO queue_tickets (id, code, "hallId", "queueId", day, serial, number, state, "takenAt", "orderAt", "calledAt", "endedAt")
       SELECT gen_random_uuid(), md5($1 || ago || '-' || n), $1::uuid, $2::uuid, to_char(at, 'YYYY-MM-DD'), n, 'A' || lpad(n::text, 3, '0'),
         CASE WHEN ago = 0 THEN 'waiting' ELSE 'served' END, at, at,
         CASE WHEN ago > 0 THEN at + interval '9 minutes' END, CASE WHEN ago > 0 THEN at + interval '17 minutes' END
       FROM generate_series(0, $4::int) ago, generate_series(1, CASE WHEN ago = 0 THEN $6::int ELSE $5::int END) n,
         LATERAL (SELECT $3::date - ago + interval '1 hour' + n * interval '5 minutes' AS at) t
       ON CONFLICT DO NOTHING RETURNING id, day, serial, "takenAt")
     INSERT INTO queue_ticket_events ("hallId", day, number, "ticketId", type, at, "queueId")
     SELECT $1::uuid, day, serial, id, 'taken', "takenAt", $2::uuid FROM made`,
    [id, queues[0]?.id, isoDay(ctx.now), rows[0]?.days ?? 1, TICKETS_A_DAY, WAITING],
  );
  await owner.query(
    `INSERT INTO queue_hall_days ("hallId", day, events) SELECT "hallId", day, max(number) FROM queue_ticket_events WHERE "hallId" = $1 GROUP BY 1, 2
     ON CONFLICT ("hallId", day) DO UPDATE SET events = excluded.events`,
    [id],
  );
  await owner.query(
    `INSERT INTO queue_days ("queueId", day, serial) SELECT "queueId", day, max(serial) FROM queue_tickets WHERE "hallId" = $1 GROUP BY 1, 2
     ON CONFLICT ("queueId", day) DO UPDATE SET serial = excluded.serial`,
    [id],
  );
  await owner.query("VACUUM (ANALYZE) queue_tickets, queue_ticket_events, queue_days, queue_hall_days");
  const code = randomCode();
  const { id: last } = await ctx.db.queueTicket.findFirstOrThrow({ where: { hallId: id, state: "waiting" } });
  await ctx.db.queueTicket.update({ where: { id: last }, data: { code } });
  return { slug, ticket: code };
}
