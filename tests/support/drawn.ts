import fc from "fast-check";

/**
 * Drawn examples are the same ones every time, so that a run says the same of the same code; `SEED=N` draws others, and
 * `SEED=$RANDOM` in a loop looks for what no run has met yet.
 */
fc.configureGlobal({ seed: Number(process.env["SEED"] ?? 20_261_122) });

export default fc;
