/**
 * `npm run restore -- DIR` brings a backup into an empty, migrated database and the configured store of files, then proves
 * it: every chain of history, every nightly root, every file's sum.
 */
import { verifyFiles } from "#documents/index.ts";
import { verifyHistory, verifyRoots } from "#dossiers/index.ts";
import { RestoreError, restoreBackup } from "./backup/restore.ts";
import { runProgram } from "./program.ts";

await runProgram("restore", async (ctx, config) => {
  const folder = process.argv[2];
  if (!folder || !config.backupKey) {
    process.stderr.write(
      "npm run restore -- THƯ-MỤC, với BACKUP_KEY lúc sao lưu / with the BACKUP_KEY of the backup\n",
    );
    return 2;
  }
  try {
    const { takenAt, tables, rows, files, gone } = await restoreBackup(
      { ownerUrl: config.ownerUrl, files: ctx.files },
      folder,
      config.backupKey,
    );
    process.stdout.write(
      `${takenAt}: ${tables} bảng / tables, ${rows} dòng / rows, ${files} tệp / files, ${gone} bỏ qua / left out\n`,
    );
  } catch (error) {
    if (!(error instanceof RestoreError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
  const history = await verifyHistory(ctx);
  const roots = await verifyRoots(ctx, new Map());
  const stored = await verifyFiles(ctx, ({ of, id, why }) => process.stderr.write(`${of} ${id}: ${why}\n`));
  process.stdout.write(
    `${history.dossiers} hồ sơ / dossiers, ${history.breaks.length + roots.breaks.length} đứt gãy / broken; ${stored.files} tệp / files, ${stored.broken} hỏng / broken\n`,
  );
  return history.breaks.length + roots.breaks.length + stored.broken > 0 ? 1 : 0;
});
