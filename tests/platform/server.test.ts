import type { AddressInfo } from "node:net";
import express from "express";
import { afterAll, expect, test } from "vitest";
import { createServer } from "#platform/server.ts";

const { server, answerWith } = createServer();
afterAll(() => new Promise((closed) => server.close(closed)));

test("requests and answers are born as Express wants them: it changes no prototype, and all of its methods work", async () => {
  const app = express();
  const changed: object[] = [];
  app.get("/:name", (req, res) => {
    if (Object.getPrototypeOf(req) !== app.request) changed.push(req);
    res
      .status(201)
      .set("X-App", String(req.app === app && res.app === app))
      .vary("Accept-Language");
    res.json({ name: req.params.name, q: req.query["q"], host: req.get("host"), path: req.path, ip: req.ip });
  });
  answerWith(app);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));

  const setPrototype = Object.setPrototypeOf;
  Object.setPrototypeOf = (of: object, to: object) => {
    if (Object.getPrototypeOf(of) !== to) changed.push(of);
    return setPrototype(of, to);
  };
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/tho?q=1`).finally(() => {
    Object.setPrototypeOf = setPrototype;
  });

  expect(changed).toEqual([]);
  expect([answer.status, answer.headers.get("x-app"), answer.headers.get("vary")]).toEqual([
    201,
    "true",
    "Accept-Language",
  ]);
  expect(await answer.json()).toEqual({
    name: "tho",
    q: "1",
    host: `127.0.0.1:${port}`,
    path: "/tho",
    ip: "127.0.0.1",
  });
});
