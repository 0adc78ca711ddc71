/**
 * Fills a new installation: the reference data it stands on and, where DEMO is on, the cast of people with their
 * dossiers. Run again, it changes only what changed. `npm run seed`, and `npm start` on the first start.
 */
import { loadFoundation } from "./foundation.ts";
import { runProgram } from "./program.ts";

await runProgram("seed", async (ctx, config) => {
  const report = await loadFoundation(ctx, config.province);
  process.stdout.write(
    `Dữ liệu nền / reference data: ${report.units} đơn vị hành chính, ${report.agencies} cơ quan, ${report.procedures} thủ tục\n`,
  );
  if (config.demo) {
    const { createDemoPeople } = await import("#dev/demo.ts");
    const { createDemoDossiers } = await import("#dev/demo-dossiers.ts");
    if (!(await ctx.db.setting.findUnique({ where: { key: "demo" } }))) await createDemoPeople(ctx);
    const count = await createDemoDossiers(ctx, config.province);
    const { createDemoHall } = await import("#dev/demo-hall.ts");
    const isNewHall = await createDemoHall(ctx);
    const { createDemoCounter } = await import("#dev/demo-counter.ts");
    await createDemoCounter(ctx);
    process.stdout.write(`Dữ liệu dùng thử / demo: ${count} hồ sơ${isNewHall ? ", 1 sảnh" : ""}\n`);
  }
  return 0;
});
