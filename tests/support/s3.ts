import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import S3rver from "s3rver";
import type { Encryption, S3Place } from "#platform/s3-place.ts";
import { atEnd } from "./ending.ts";

/** A server that speaks S3, with one bucket, and what it was told in the headers of each request. */
export async function startS3(): Promise<{
  place: (encryption?: Encryption | null) => S3Place;
  told: { method: string; path: string; headers: IncomingHttpHeaders }[];
}> {
  const directory = mkdtempSync(join(tmpdir(), "s3-"));
  const inner = new S3rver({
    address: "127.0.0.1",
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name: "ho-so" }],
  });
  const { port: behind } = await inner.run();
  const told: { method: string; path: string; headers: IncomingHttpHeaders }[] = [];
  // It keeps no word about encryption: what it is asked for is read on the way to it.
  const front = createServer((req, res) => {
    told.push({ method: req.method ?? "", path: req.url ?? "", headers: req.headers });
    const onward = request(
      { host: "127.0.0.1", port: behind, method: req.method, path: req.url, headers: req.headers },
      (answer) => {
        res.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(res);
      },
    );
    onward.on("error", () => res.destroy());
    req.pipe(onward);
  });
  await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve));
  atEnd(async () => {
    front.closeAllConnections();
    await new Promise((resolve) => front.close(resolve));
    await inner.close();
    rmSync(directory, { recursive: true, force: true });
  });
  return {
    told,
    place: (encryption = null) => ({
      bucket: "ho-so",
      endpoint: `http://127.0.0.1:${(front.address() as AddressInfo).port}`,
      region: "us-east-1",
      accessKey: "S3RVER",
      secretKey: "S3RVER",
      encryption,
    }),
  };
}
