import { expect, test } from "vitest";
import { passwordFault } from "#accounts/rules.ts";
import { createDemoPeople, DEMO_PASSWORD, demoCitizens, demoOfficers } from "#dev/demo.ts";
import { loadFoundation } from "#ops/foundation.ts";
import { listAgencies, resolveAgency } from "#organizations/index.ts";
import { findCompetentAgencyId, findCurrentVersion } from "#procedures/index.ts";
import { checkPassword } from "../../src/accounts/actions.ts";
import { findSignedIn } from "../../src/accounts/queries.ts";
import { startTestApp } from "../support/app.ts";

const portal = await startTestApp();
const ctx = portal.system();

test("the cast works at agencies and in units of the reference data, and can sign in", {
  timeout: 60_000,
}, async () => {
  await loadFoundation(ctx, "20");
  const unitsBefore = await portal.db.unit.count();
  await createDemoPeople(ctx);
  expect(await portal.db.unit.count()).toBe(unitsBefore);
  expect(await portal.db.account.count({ where: { kind: "citizen" } })).toBe(Object.keys(demoCitizens).length);
  const desk = await checkPassword(ctx, demoOfficers.dongKinhDesk.username, DEMO_PASSWORD);
  expect((await findSignedIn(ctx, desk?.id ?? ""))?.agencyName).toBe("UBND phường Đông Kinh");
  for (const { phone, fullName } of Object.values(demoCitizens))
    expect(passwordFault(DEMO_PASSWORD, [phone, fullName])).toBeNull();
});

test("for every procedure that comes with the portal, each step has somebody at the ward of the cast", async () => {
  const agencies = await listAgencies(ctx);
  const ward = agencies.find(({ identifier }) => identifier === "H37.05977");
  const postings = await portal.db.posting.findMany({ select: { agencyId: true, role: true } });
  const procedures = await portal.db.procedure.findMany({
    select: { id: true, code: true, offerings: { select: { agencyId: true } } },
  });
  expect(procedures.length).toBe(12);
  const missing: string[] = [];
  for (const { code, offerings } of procedures) {
    const version = await findCurrentVersion(ctx, code);
    const receiving = offerings.find(({ agencyId }) => agencyId === ward?.id) ?? offerings[0];
    if (!version || !receiving) {
      missing.push(`${code}: no version or offering`);
      continue;
    }
    const competent = await findCompetentAgencyId(ctx, code, receiving.agencyId);
    for (const step of version.definition.workflow.steps) {
      const agency = await resolveAgency(ctx, step.agency, receiving.agencyId, competent);
      if (!postings.some(({ agencyId, role }) => agencyId === agency?.id && role === step.role))
        missing.push(`${code} ${step.id}: ${step.role} at ${agency?.name}`);
    }
  }
  expect(missing).toEqual([]);
});
