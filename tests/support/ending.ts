/**
 * What a test file started ends with it, wherever it was started: vitest's own `afterAll` is not heard in the middle of a
 * test or of another hook, and processes and databases that nobody ended would be left behind.
 */
import { afterAll } from "vitest";

type End = () => unknown;

/** One list for all modules of a worker, which keeps them from file to file. */
const ends: End[] = [];

/** Has something ended after the last test of the file; what began last ends first. */
export const atEnd = (end: End): void => void ends.push(end);

/** For the set-up of each file, which comes before whatever the file does. */
export function endWithFile(): void {
  afterAll(async () => {
    const faults: unknown[] = [];
    for (const end of ends.splice(0).reverse()) {
      try {
        await end();
      } catch (error) {
        faults.push(error);
      }
    }
    if (faults.length > 0) throw new AggregateError(faults, "not everything came to its end");
  }, 60_000);
}
