import { join } from "node:path";
import { defineConfig } from "vitest/config";

const root = join(import.meta.dirname, "..");

const pure = ["tests/architecture.test.ts", "tests/**/rules.test.ts", "tests/**/rules/*.test.ts"];

export default defineConfig({
  root,
  cacheDir: join(root, ".cache/vitest"),
  resolve: { conditions: ["source"] },
  ssr: { resolve: { conditions: ["source"] } },
  test: {
    // The clock of the machine says nothing about Việt Nam: a test that needs its zone finds it missing here.
    env: { TZ: "UTC", NODE_ENV: "test" },
    // Speed is measured elsewhere: here only what never ends fails, also on a machine that does much else.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    projects: [
      // Without a database: these answer at once.
      { extends: true, test: { name: "rules", include: pure } },
      {
        extends: true,
        test: {
          name: "portal",
          include: ["tests/**/*.test.ts"],
          exclude: pure,
          globalSetup: [join(root, "tests/support/server.ts")],
          setupFiles: [join(root, "tests/support/set-up.ts")],
          // What a process remembers, it remembers by database, and each file has its own: the modules may stay.
          isolate: false,
        },
      },
    ],
  },
});
