/** Acts with sixteen in flight, as on a busy morning: so many a second, beside their limits, in rounds turn about. */
import { Agent, type IncomingMessage, request } from "node:http";
import { median } from "./reading.ts";

/** Requests in flight. */
export const AT_ONCE = 16;

export type Burst = {
  name: string;
  rps: number;
  bareRps: number;
  ratio: number;
  low: number;
  high: number;
  /** Null: nothing is wanted of it. */
  least: number | null;
};

/** One act: a form sent. `leadsTo`: where whoever succeeded is led. */
export type Shot = { path: string; cookie?: string; fields?: URLSearchParams; leadsTo: RegExp };

/** Fetch would cost the machine more than the quicker of the two servers does. */
const send = (agent: Agent, base: string, { path, cookie = "", fields }: Shot): Promise<IncomingMessage> =>
  new Promise((done, fail) => {
    const body = fields?.toString() ?? "";
    const headers = {
      origin: base,
      "sec-fetch-site": "same-origin",
      "content-type": "application/x-www-form-urlencoded",
      "content-length": Buffer.byteLength(body),
      ...(cookie ? { cookie } : {}),
    };
    const sent = request(new URL(path, base), { agent, method: "POST", headers }, (answer) => {
      answer.resume();
      answer.on("end", () => done(answer));
      answer.on("error", fail);
    });
    sent.on("error", fail);
    sent.end(body);
  });

/** @returns acts a second */
async function fire(base: string, shots: readonly Shot[]): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const left = [...shots];
  const began = performance.now();
  try {
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let shot = left.pop(); shot; shot = left.pop()) {
          const { statusCode, headers } = await send(agent, new URL(base).origin, shot);
          if (!shot.leadsTo.test(headers.location ?? ""))
            throw new Error(`${shot.path} with others at once: ${statusCode} ${headers.location}`);
        }
      }),
    );
  } finally {
    agent.destroy();
  }
  return (shots.length * 1000) / (performance.now() - began);
}

export type Bursting = {
  name: string;
  least: number | null;
  /** The acts of one round. */
  prepare: (acts: number) => Promise<readonly Shot[]>;
  /** The same at its limit. */
  limit: Shot;
};

/** @param rest waits until nothing of the round before is still worked on */
export async function measureBurst(
  { name, least, prepare, limit }: Bursting,
  at: { portal: string; bare: string },
  { rounds, acts }: { rounds: number; acts: number },
  rest: () => Promise<void>,
): Promise<Burst> {
  const found: { rps: number; bareRps: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const shots = await prepare(acts);
    await rest();
    const bareRps = await fire(
      at.bare,
      Array.from({ length: acts }, () => limit),
    );
    found.push({ rps: await fire(at.portal, shots), bareRps });
  }
  await rest();
  const ratios = found.map(({ rps, bareRps }) => rps / bareRps);
  return {
    name,
    rps: median(found.map(({ rps }) => rps)),
    bareRps: median(found.map(({ bareRps }) => bareRps)),
    ratio: median(ratios),
    low: Math.min(...ratios),
    high: Math.max(...ratios),
    least,
  };
}
