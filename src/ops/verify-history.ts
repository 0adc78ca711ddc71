/**
 * `npm run verify:history` checks every dossier's chain of events and every nightly root, and names the first break of
 * each. `-- FILE` compares the roots with those of an export (npm run export:history), which nobody here can alter.
 */
import { readFileSync } from "node:fs";
import { verifyHistory, verifyRoots } from "#dossiers/index.ts";
import { runProgram } from "./program.ts";

/** The roots of an export, by number. */
function readExport(file: string | undefined): Map<number, string> {
  if (!file) return new Map();
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return new Map(
    lines.flatMap((line): [number, string][] => {
      const { number, root } = JSON.parse(line) as { number?: number; root?: string };
      return number !== undefined && root !== undefined ? [[number, root]] : [];
    }),
  );
}

await runProgram("verify:history", async (ctx) => {
  const exported = readExport(process.argv[2]);
  const { dossiers, events, breaks } = await verifyHistory(ctx);
  process.stdout.write(`${dossiers} dossiers, ${events} events, ${breaks.length} broken\n`);
  for (const { reference, dossierId, seq, why } of breaks)
    process.stderr.write(
      `${reference} (${dossierId}): row ${seq} ${why === "altered" ? "was altered, moved or removed" : "is missing at the end"}\n`,
    );
  const checked = await verifyRoots(ctx, exported);
  process.stdout.write(`${checked.roots} nightly roots, ${checked.breaks.length} broken\n`);
  for (const found of checked.breaks)
    process.stderr.write(
      found.why === "root"
        ? `root ${found.number} (${found.day}): is not what it was made from, or not what was exported\n`
        : `root ${found.number} (${found.day}): row ${found.seq} of ${found.dossierId} is not the one that it took in\n`,
    );
  return breaks.length + checked.breaks.length > 0 ? 1 : 0;
});
