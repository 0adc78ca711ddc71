/** Dossiers taken in at the desk, beside the limits of that. */
import type pg from "pg";
import type { Client } from "../browse/client.ts";
import type { Bursting, Shot } from "./at-once.ts";
import { type Act, actOf, atLimit, hiddenIn, LEAST, timed } from "./doing.ts";
import { cookieOf } from "./pages.ts";
import { addWaiting } from "./town.ts";

type Taking = { desk: Client; bare: Client };
const dossierAt = (id: string): string => `/mot-cua/ho-so/${id}`;

const acceptanceOf = async (desk: Client, id: string): Promise<{ path: string; fields: URLSearchParams }> => ({
  path: `${dossierAt(id)}/tiep-nhan`,
  fields: hiddenIn(await desk.get(dossierAt(id)), "/tiep-nhan"),
});

async function acceptOne(desk: Client, id: string): Promise<number> {
  const { path, fields } = await acceptanceOf(desk, id);
  const { ms, answer } = await timed("acceptance", () => desk.once("POST", path, fields));
  if (answer.status !== 303) throw new Error(`acceptance: ${answer.status}`);
  return ms;
}

/** So many dossiers for the limit to accept. */
async function stock(bare: Client, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await atLimit(bare, "POST", "/write/submit");
}

/** Dossiers that wait at the desk accepted one after the other. @returns that, and the same with others at once */
export async function measureAcceptance(
  { desk, bare }: Taking,
  owner: pg.Pool,
  times: number,
): Promise<{ acts: Act[]; burst: Bursting }> {
  const accepted: number[] = [];
  const limits: number[] = [];
  await stock(bare, times);
  for (const id of await addWaiting(owner, times)) {
    accepted.push(await acceptOne(desk, id));
    limits.push(await atLimit(bare, "POST", "/write/accept"));
  }
  const prepare = async (acts: number): Promise<Shot[]> => {
    await stock(bare, acts);
    const shots: Shot[] = [];
    for (const id of await addWaiting(owner, acts))
      shots.push({ ...(await acceptanceOf(desk, id)), cookie: cookieOf(desk), leadsTo: new RegExp(id) });
    return shots;
  };
  return {
    acts: [actOf("acceptance", accepted, { beside: limits, least: LEAST.accepted })],
    burst: {
      name: "acceptance",
      least: LEAST.accepted,
      prepare,
      limit: { path: "/write/accept", leadsTo: /^\/one\// },
    },
  };
}

/**
 * The same with the receipt slip asked for right after, at a portal whose jobs rest: whoever asks has it drawn. Half of
 * them only warm both up.
 */
export async function measureReceipts({ desk, bare }: Taking, owner: pg.Pool, times: number): Promise<Act> {
  const found: number[] = [];
  const limits: number[] = [];
  await stock(bare, times * 2);
  for (const [i, id] of (await addWaiting(owner, times * 2)).entries()) {
    const accepted = await acceptOne(desk, id);
    const receipt = (await desk.get(dossierAt(id))).link(/In giấy tiếp nhận/);
    const { ms, answer } = await timed("receipt", () => desk.once("GET", receipt));
    if (answer.headers.get("content-type") !== "application/pdf") throw new Error(`receipt: ${answer.status}`);
    const limit = (await atLimit(bare, "POST", "/write/accept")) + (await atLimit(bare, "GET", "/write/slip"));
    if (i < times) continue;
    found.push(accepted + ms);
    limits.push(limit);
  }
  return actOf("acceptance and its receipt slip in hand", found, { beside: limits, least: LEAST.receipt });
}
