import { z } from "zod";

/** `?q=` and `?trang=`; what does not fit is as if it had not been given. */
export const ListQuery = z.object({
  q: z
    .string()
    .max(200)
    .default("")
    .transform((text) => text.normalize("NFC").trim()),
  trang: z.coerce.number().int().min(1).max(10_000).default(1),
});
