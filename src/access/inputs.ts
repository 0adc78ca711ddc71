import { z } from "zod";

export const PersonQuery = z.object({ nguoi: z.string().trim().max(200).default("") });
