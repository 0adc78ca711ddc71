// What `npm test` counts: written as JSON where TEST_REPORT says when vitest is done.
import { readFileSync, writeFileSync } from "node:fs";

const MOST_SAID = 300;

/** The first words of an error, on one line. */
const wordsOf = (/** @type {{ name?: string, message?: string }} */ { name = "Error", message = "" }) =>
  `${name}: ${message}`.replace(/\s+/g, " ").slice(0, MOST_SAID);

/** Vitest makes one and tells it. */
export default class TestReport {
  /**
   * @param {readonly import("vitest/node").TestModule[]} modules
   * @param {readonly { name?: string, message?: string }[]} unhandled
   */
  onTestRunEnd(modules, unhandled) {
    const tests = modules.flatMap((one) => [...one.children.allTests()]);
    const failed = tests.filter((test) => test.result().state === "failed");
    const suites = modules.flatMap((one) => [one, ...one.children.allSuites()]);
    const reasons = [
      ...failed.map((test) => {
        const [error] = test.result().errors ?? [];
        return `${test.module.relativeModuleId}: ${test.fullName}: ${wordsOf(error ?? {})}`;
      }),
      // What went wrong before, after or around the tests of a file belongs to no test.
      ...suites.flatMap((suite) =>
        suite
          .errors()
          .map(
            (error) =>
              `${"module" in suite ? suite.module.relativeModuleId : suite.relativeModuleId}: ${wordsOf(error)}`,
          ),
      ),
      ...unhandled.map((error) => `unhandled: ${wordsOf(error)}`),
    ];
    const count = (/** @type {string} */ state) => tests.filter((test) => test.result().state === state).length;
    const report = process.env["TEST_REPORT"];
    if (report) writeFileSync(report, JSON.stringify({ passed: count("passed"), skipped: count("skipped"), reasons }));
  }
}

/** What was found when the tests were over. @param {string} report its path @param {readonly string[]} more */
export function addReasons(report, more) {
  const kept = JSON.parse(readFileSync(report, "utf8"));
  writeFileSync(report, JSON.stringify({ ...kept, reasons: [...kept.reasons, ...more] }));
}
