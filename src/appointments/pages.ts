export * from "./pages/arranged.ts";
export * from "./pages/own.ts";
