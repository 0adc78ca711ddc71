import { z } from "zod";
import { type Placed, TURNS, type Turn } from "./rules.ts";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const isId = (text: unknown): text is string => typeof text === "string" && UUID.test(text);

/** Words to look for in digitised papers. */
export const SearchQuery = z.object({
  q: z
    .string()
    .transform((typed) => typed.normalize("NFC").replace(/\s+/g, " ").trim().slice(0, 100))
    .catch("")
    .default(""),
});

const MOST_PLACED = 2000;
const PAGE = /^paper-([0-9a-f-]{36})\.(\d{1,4})$/;

/**
 * Which page goes where: fields `paper-{scan}.{page}`, `turn-...` and `order-...`. What names no paper of this dossier
 * stays where it is.
 */
export function readPlaced(body: unknown, papers: ReadonlySet<string>): Placed[] {
  const values = (body ?? {}) as Record<string, unknown>;
  return Object.entries(values)
    .slice(0, MOST_PLACED)
    .flatMap(([name, paper]) => {
      const [, scanId = "", page = ""] = PAGE.exec(name) ?? [];
      if (!isId(scanId) || typeof paper !== "string" || !papers.has(paper)) return [];
      const turn = TURNS.find((one) => String(one) === values[`turn-${scanId}.${page}`]) ?? (0 as Turn);
      const order = Number.parseInt(String(values[`order-${scanId}.${page}`] ?? ""), 10);
      return [{ scanId, page: Number(page), turn, paper, order: Number.isFinite(order) ? order : 0 }];
    });
}

/** One of the ids that a page offered. */
export const readOne = (body: unknown, name: string): string | null => {
  const value = ((body ?? {}) as Record<string, unknown>)[name];
  return typeof value === "string" && value.length <= 80 ? value : null;
};
