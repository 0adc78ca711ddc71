export * from "./rules/problems.ts";
export * from "./rules/sketch.ts";
