export * from "./actions/manuscripts.ts";
