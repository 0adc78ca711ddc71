import { Secret, TOTP } from "otpauth";
import type { Client, Page } from "./client.ts";

/** What an authenticator shows for this secret. @param later periods of thirty seconds from now */
export const numberOf = (secret: string, later = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + later * 30_000 });

/** Adds an authenticator to the account that is signed in. @returns its secret, and the page that comes after */
export async function addAuthenticator(browser: Client): Promise<{ secret: string; done: Page }> {
  const page = await browser.get("/bao-mat/ung-dung");
  const secret = (/translate="no">([A-Z2-7 ]+)</.exec(page.html)?.[1] ?? "").replaceAll(" ", "");
  const done = await page.submit("Xác nhận", { "6 chữ số trong ứng dụng": numberOf(secret) });
  return { secret, done };
}
