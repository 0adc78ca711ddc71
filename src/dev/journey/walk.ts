import type { Page } from "../browse/client.ts";

/** What stopped the journey: where it was, and what was there instead. */
export class Unlike extends Error {
  constructor(what: string, seen: string, path = "") {
    super(`${what}\n  at: ${path || "-"}\n  seen: ${seen}`);
  }
}

const sayPage = (page: Page): string => {
  const errors = page.errors().map(({ text, field }) => `${field}: ${text}`);
  return [`${page.status}`, page.all("h1").length > 0 ? page.heading : page.text.slice(0, 200), ...errors].join(" | ");
};

/** A page that must be so; otherwise the journey ends here, with the page's address and what stood on it. */
export function must(holds: boolean, what: string, page: Page, seen = ""): void {
  if (!holds) throw new Unlike(what, seen || sayPage(page), page.path);
}

export const mustBe = (page: Page, status: number, what: string): Page => {
  must(page.status === status, `${what}: ${status} expected`, page);
  return page;
};

let count = 0;

/** One step of the journey: printed with the time it took, by its name where it fails. */
export async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  try {
    const done = await work();
    count++;
    process.stdout.write(`  ${(performance.now() - started).toFixed(0).padStart(6)} ms  ${name}\n`);
    return done;
  } catch (error) {
    process.stdout.write(`  ${(performance.now() - started).toFixed(0).padStart(6)} ms  ${name}: NOT SO\n`);
    throw error instanceof Unlike ? error : new Error(`${name}: ${(error as Error).message}`, { cause: error });
  }
}

export const stepCount = (): number => count;
