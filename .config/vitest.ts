import { join } from "node:path";
import { defineConfig } from "vitest/config";

const root = join(import.meta.dirname, "..");

export default defineConfig({
  root,
  cacheDir: join(root, ".cache/vitest"),
  resolve: { conditions: ["source"] },
  ssr: { resolve: { conditions: ["source"] } },
  test: {
    include: ["tests/**/*.test.ts"],
    globalSetup: [join(root, "tests/support/server.ts")],
    // The clock of the machine says nothing about Việt Nam: a test that needs its zone finds it missing here.
    env: { TZ: "UTC", NODE_ENV: "test" },
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
