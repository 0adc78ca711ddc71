/** The limit of a start: Express, a compiled EJS page, and Prisma connected to the database, to the first answer. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import ejs from "ejs";
import express from "express";
import { createDb, createPool } from "#platform/db.ts";

const db = createDb(createPool(process.env["DATABASE_URL"] ?? ""));
const show = ejs.compile("<!doctype html><title><%= it.title %></title>", {
  strict: true,
  localsName: "it",
  _with: false,
});
const app = express();
app.get("/", async (_req, res) => {
  await db.agency.findFirst();
  res.send(show({ title: "Một cửa" }));
});
process.on("SIGTERM", () => process.exit());
const server = createServer(app);
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
