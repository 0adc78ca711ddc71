/** What everybody sees: the halls, the machine, the board, one's own number. */
import { type Request, type Response, Router } from "express";
import { findAgency, findDirectory } from "#organizations/index.ts";
import { isWellFormedCode, readCode } from "#platform/codes.ts";
import { sendFile } from "#platform/downloads.ts";
import { readForm } from "#platform/form.ts";
import { isoDay } from "#platform/format.ts";
import { kioskIn } from "#platform/kiosk.ts";
import { addressOf, limitOf } from "#platform/limits.ts";
import { qrSvg } from "#platform/qr.ts";
import { notFound, Refusal } from "#platform/refusal.ts";
import { redirect, render, renderPart, useHallLayout } from "#platform/render.ts";
import { leaveQueue, takeTicket } from "../actions/take.ts";
import { TakeInput } from "../inputs.ts";
import { printSlip } from "../pages/slip-paper.ts";
import type { Reader } from "../pages/words.ts";
import {
  type BoardNews,
  boardPage,
  boardPart,
  callOf,
  hallsPage,
  kioskPage,
  oldTicketPart,
  slipPage,
  ticketPage,
  ticketPart,
} from "../pages.ts";
import { paths } from "../paths.ts";
import { findHall, findHallState, findTicket, type HallState, listHalls, type Ticket } from "../queries.ts";
import type { TicketPriority } from "../rules.ts";
import { followHall, readerOf } from "./speech.ts";

export const publicRoutes = Router();

/** A machine gives a number every few seconds at most; who takes them for sport is stopped. */
const TICKETS = { name: "tickets-from", points: 30, seconds: 60 };

const stateOf = async (req: Request<{ hall: string }>): Promise<HallState> =>
  findHallState(req.ctx, (await findHall(req.ctx, req.params.hall)).id);

publicRoutes.get(paths.halls, async (req, res) => {
  const [halls, { agencyOf }] = await Promise.all([listHalls(req.ctx), findDirectory(req.ctx)]);
  render(
    res,
    "queue/halls",
    hallsPage(halls, (id) => agencyOf(id)?.name ?? "", readerOf(req, res)),
  );
});

publicRoutes.get("/xep-hang/:hall/lay-so", async (req, res) => {
  const state = await stateOf(req);
  useHallLayout(res);
  const prints = req.query["in"] === "1";
  const isShared = kioskIn(req.headers.cookie) !== null;
  render(
    res,
    "queue/kiosk",
    kioskPage(state, { wrong: req.query["loi"], prints, isShared }, readerOf(req as Request, res)),
  );
});

publicRoutes.post("/xep-hang/:hall/lay-so", async (req, res) => {
  const hall = await findHall(req.ctx, req.params.hall);
  const seconds = await limitOf(req as Request, TICKETS).count(addressOf(req as Request));
  if (seconds > 0) throw new Refusal("platform.refused.tooManyRequests", 429, { seconds });
  const input = readForm(TakeInput, req);
  if (!input.ok || input.data.queue === null) return redirect(res, paths.kioskAfter(req.params.hall, "chon-viec"));
  const { queue: queueId, priority } = input.data;
  const { code } = await takeTicket(req.ctx, { hallId: hall.id, queueId, priority: priority as TicketPriority | null });
  redirect(res, `${paths.slip(code)}${input.data.in ? "?in=1" : ""}`);
});

publicRoutes.get("/xep-hang/:hall/bang", async (req, res) => {
  const state = await stateOf(req);
  useHallLayout(res);
  render(res, "queue/board", boardPage(state, readerOf(req as Request, res)));
});

publicRoutes.get("/xep-hang/:hall/bang/truc-tiep", async (req, res) => {
  const hall = await findHall(req.ctx, req.params.hall);
  const reader = readerOf(req as Request, res);
  const { language } = reader;
  followHall(req as Request, res, hall.id, (state): BoardNews => {
    // Written once for all boards of a language.
    const known = written.get(state)?.[language];
    if (known) return known;
    const news = { html: renderPart(res, "queue/_board", boardPart(state, reader)), call: callOf(state, reader) };
    written.set(state, { ...written.get(state), [language]: news });
    return news;
  });
});
const written = new WeakMap<HallState, Partial<Record<string, BoardNews>>>();

type Own = { state: HallState; ticket: Ticket };

/** The number of the address, with its hall as it is now; `old`: of an earlier day. @throws Refusal 404 */
async function ownTicket(req: Request<{ code: string }>): Promise<Own | { old: { number: string; day: string } }> {
  const code = readCode(req.params.code);
  if (!isWellFormedCode(code)) throw notFound();
  const found = await findTicket(req.ctx, code);
  if (found.day !== isoDay(req.ctx.now)) return { old: found };
  const state = await findHallState(req.ctx, found.hallId);
  const ticket = state.tickets.find(({ id }) => id === found.id);
  if (!ticket) throw notFound();
  return { state, ticket };
}

publicRoutes.get("/xep-hang/so/:code", async (req, res) => {
  const own = await ownTicket(req);
  useHallLayout(res);
  const reader = readerOf(req as Request, res);
  if ("old" in own) {
    const part = oldTicketPart(own.old, reader);
    const last = { title: "", items: [] };
    return render(res, "queue/ticket", { title: part.title, place: "", live: "", liveText: "", lost: "", part, last });
  }
  render(res, "queue/ticket", ticketPage(own.state, own.ticket, reader));
});

publicRoutes.get("/xep-hang/so/:code/truc-tiep", async (req, res) => {
  const own = await ownTicket(req);
  if ("old" in own) throw notFound();
  followTicket(req as Request, res, own.state.id, own.ticket.id, readerOf(req as Request, res));
});

/** Apart from where the hall was read: a whole hall for each of hundreds of phones is not kept in memory. */
const followTicket = (req: Request, res: Response, hallId: string, id: string, reader: Reader): void =>
  followHall(req, res, hallId, (state) => {
    const ticket = state.tickets.find((one) => one.id === id);
    // Its day is over: what the phone shows stays.
    if (!ticket) return null;
    return { html: renderPart(res, "queue/_ticket", ticketPart(state, ticket, reader)), state: ticket.state };
  });

publicRoutes.post("/xep-hang/so/:code/bo", async (req, res) => {
  const code = readCode(req.params.code);
  if (!isWellFormedCode(code)) throw notFound();
  await leaveQueue(req.ctx, code);
  redirect(res, paths.ticket(code));
});

const addressOfTicket = (req: Request, code: string): string => `${req.ctx.publicUrl}${paths.ticket(code)}`;

publicRoutes.get("/xep-hang/so/:code/phieu", async (req, res) => {
  const own = await ownTicket(req);
  if ("old" in own) return redirect(res, paths.ticket(readCode(req.params.code)));
  const { state, ticket } = own;
  useHallLayout(res);
  const svg = await qrSvg(addressOfTicket(req as Request, ticket.code));
  const agency = (await findAgency(req.ctx, state.agencyId)).name;
  const qr = `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
  const prints = req.query["in"] === "1";
  render(res, "queue/slip", slipPage(state, ticket, { agency, qr, prints }, readerOf(req as Request, res)));
});

publicRoutes.get("/xep-hang/so/:code/phieu.pdf", async (req, res) => {
  const own = await ownTicket(req);
  if ("old" in own) throw notFound();
  const { state, ticket } = own;
  const agency = (await findAgency(req.ctx, state.agencyId)).name;
  const page = slipPage(state, ticket, { agency, qr: "", prints: false }, readerOf(req as Request, res));
  const bytes = await printSlip(page, { url: addressOfTicket(req as Request, ticket.code), at: ticket.takenAt });
  await sendFile(res, bytes.stream, {
    name: `${ticket.number}.pdf`,
    mediaType: "application/pdf",
    size: bytes.size,
    disposition: "inline",
  });
});
