export * from "#dev/browse/client.ts";
