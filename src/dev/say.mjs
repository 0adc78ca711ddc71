// What the commands say at the terminal: Vietnamese, then English, in one sentence each. Node built-ins only.

/** Something that only the person at the keyboard can put right; the message says how. */
export class Hint extends Error {
  /**
   * @param {string} vi
   * @param {string} en
   */
  constructor(vi, en) {
    super(`${vi}\n${en}`);
  }
}

/**
 * @param {string} vi
 * @param {string} en
 */
export const say = (vi, en) => process.stdout.write(`• ${vi} / ${en}\n`);

/**
 * Runs a command's main function: a hint is printed as it is, a bug with its stack; both end with exit code 1.
 * @param {() => Promise<void>} main
 */
export async function command(main) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(error instanceof Hint ? `\n${error.message}\n` : `\n${/** @type {Error} */ (error).stack}\n`);
    process.exitCode = 1;
  }
}
