import { z } from "zod";
import type { Order } from "../rules.ts";

const month = z
  .string()
  .regex(/^20\d{2}-(0[1-9]|1[0-2])$/)
  .optional()
  .catch(undefined);

/** How orders are called in addresses. */
export const ORDER_WORDS = {
  overdue: "qua-han",
  name: "ten",
  received: "tiep-nhan",
  open: "dang-giai-quyet",
  resolved: "da-giai-quyet",
  onTime: "dung-han",
  late: "tre-han",
} as const satisfies Record<Order, string>;
const orders = new Map(Object.entries(ORDER_WORDS).map(([order, word]) => [word as string, order as Order]));

/** From which month to which, both included, and in which order. */
export const OverviewQuery = z.object({
  tu: month,
  den: month,
  xep: z
    .string()
    .transform((word) => orders.get(word))
    .optional()
    .catch(undefined),
});
