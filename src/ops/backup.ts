/**
 * `npm run backup -- DIR` writes the database as it stands and every file that it names into an empty folder, sealed with
 * BACKUP_KEY (docs: README, "Backup"). Nobody waits for it. Exit code 1: a file is missing or altered; the rest is there.
 */
import { takeBackup } from "./backup/take.ts";
import { runProgram } from "./program.ts";

await runProgram("backup", async (ctx, config) => {
  const folder = process.argv[2];
  if (!folder || !config.backupKey) {
    process.stderr.write(
      "npm run backup -- THƯ-MỤC, với BACKUP_KEY ít nhất 20 ký tự / with BACKUP_KEY of at least 20 characters\n",
    );
    return 2;
  }
  const { ownerUrl, backupKey } = config;
  const { tables, rows, files, bytes, broken } = await takeBackup(
    { ownerUrl, files: ctx.files, now: ctx.now },
    folder,
    backupKey,
  );
  process.stdout.write(
    `${tables} bảng / tables, ${rows} dòng / rows, ${files} tệp / files (${Math.round(bytes / 1024 / 1024)} MB)\n`,
  );
  for (const line of broken) process.stderr.write(`${line}\n`);
  return broken.length > 0 ? 1 : 0;
});
