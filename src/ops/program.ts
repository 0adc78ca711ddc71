import { type Config, ConfigError, readConfig } from "#config.ts";
import { now } from "#platform/clock.ts";
import { type Context, type System, systemContext } from "#platform/context.ts";
import { createDb, createPool } from "#platform/db.ts";
import { openStore } from "#platform/store.ts";

/**
 * Runs one command of the command line against the database of the environment, and ends with its exit code; a wrong
 * configuration is told in words.
 */
export async function runProgram(
  name: string,
  work: (ctx: Context<System>, config: Config) => Promise<number>,
): Promise<void> {
  let config: Config;
  try {
    config = readConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
    return;
  }
  const pool = createPool(config.databaseUrl, 2);
  const db = createDb(pool);
  try {
    const surroundings = {
      db,
      files: await openStore(config),
      publicUrl: config.publicUrl ?? `http://localhost:${config.port}`,
    };
    process.exitCode = await work(systemContext(surroundings, now(), name), config);
  } finally {
    await db.$disconnect();
    await pool.end();
  }
}
