/** Where Prisma looks for the seed; what it does stands in src/ops/seed.ts, so that production has it without tsx. */
import "#ops/seed.ts";
