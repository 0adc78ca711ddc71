/** `npm run verify:history`: checks every dossier's chain of events and names the first break of each broken one. */
import { verifyHistory } from "#dossiers/index.ts";
import { runProgram } from "./program.ts";

await runProgram("verify:history", async (ctx) => {
  const { dossiers, events, breaks } = await verifyHistory(ctx);
  process.stdout.write(`${dossiers} dossiers, ${events} events, ${breaks.length} broken\n`);
  for (const { reference, dossierId, seq, why } of breaks)
    process.stderr.write(
      `${reference} (${dossierId}): row ${seq} ${why === "altered" ? "was altered, moved or removed" : "is missing at the end"}\n`,
    );
  return breaks.length > 0 ? 1 : 0;
});
