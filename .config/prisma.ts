import { join } from "node:path";
import { defineConfig } from "prisma/config";

const root = join(import.meta.dirname, "..");

export default defineConfig({
  schema: join(root, "prisma/schema"),
  migrations: { path: join(root, "prisma/migrations") },
  datasource: {
    url: process.env["DATABASE_OWNER_URL"] ?? process.env["DATABASE_URL"] ?? "postgresql://unset@127.0.0.1:1/unset",
  },
});
