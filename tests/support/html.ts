export * from "#dev/browse/html.ts";
