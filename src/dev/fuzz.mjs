// npm run fuzz: ten thousand ill-meant requests over all routes. FUZZ=N for another number, SEED=N for others.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "./project.mjs";

const child = spawn(
  process.execPath,
  [join(root, "node_modules/vitest/vitest.mjs"), "run", "--config", ".config/vitest.ts", "tests/security/fuzz.test.ts"],
  { cwd: root, stdio: "inherit", env: { ...process.env, FUZZ: process.env["FUZZ"] ?? "10000" } },
);
child.on("close", (code) => process.exit(code ?? 1));
