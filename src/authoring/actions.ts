export * from "./actions/manuscripts.ts";
export * from "./actions/publish.ts";
