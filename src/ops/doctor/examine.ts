import type pg from "pg";
import type { Config } from "#config.ts";
import type { Context } from "#platform/context.ts";
import type { Finding } from "./check.ts";
import { checkDatabase } from "./database.ts";
import {
  checkConfiguration,
  checkFolder,
  checkMail,
  checkScanBox,
  checkScanner,
  checkSecrets,
  checkStore,
  checkTextReader,
} from "./machine.ts";

/** Looks at everything that the portal stands on. Nothing is changed; a small file is stored and removed. */
export async function examine(ctx: Context, pool: pg.Pool, config: Config, now: () => Date): Promise<Finding[]> {
  return [
    ...checkConfiguration(config),
    ...(await checkSecrets(config)),
    ...(await checkFolder(config)),
    ...(await checkDatabase(ctx, pool, config, now)),
    await checkStore(ctx.files, config),
    await checkScanner(config),
    await checkMail(config),
    ...(await checkScanBox(config)),
    await checkTextReader(),
  ];
}
