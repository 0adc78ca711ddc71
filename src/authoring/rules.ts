export * from "./rules/conditions.ts";
export * from "./rules/form.ts";
export * from "./rules/problems.ts";
export * from "./rules/references.ts";
export * from "./rules/sketch.ts";
