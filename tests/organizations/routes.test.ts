import { describe, expect, test } from "vitest";
import { loadFoundation } from "#ops/foundation.ts";
import { startTestApp } from "../support/app.ts";

const portal = await startTestApp();
await loadFoundation(portal.system(), "20");

describe("the communes of a province, for scripts", () => {
  test("are public, kept by the browser for a day, and the same as the address controls offer", async () => {
    const answer = await fetch(`${portal.base}/don-vi-hanh-chinh/20`);
    expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "public, max-age=86400"]);
    const communes = (await answer.json()) as { value: string; text: string }[];
    expect(communes).toHaveLength(await portal.db.administrativeUnit.count({ where: { parentCode: "20" } }));
    expect(communes).toContainEqual({ value: "05986", text: "Phường Tam Thanh" });
    expect(Object.keys(communes[0] ?? {})).toEqual(["value", "text"]);
    expect(answer.headers.get("set-cookie")).toBeNull();
  });

  test.each(["abroad", "99", "05986", "x%00", "__proto__"])("%s is no province", async (code) => {
    const answer = await fetch(`${portal.base}/don-vi-hanh-chinh/${code}`);
    expect([400, 404]).toContain(answer.status);
    expect(answer.headers.get("cache-control") ?? "").not.toContain("public");
  });
});
