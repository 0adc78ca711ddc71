import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import type { Readable } from "node:stream";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import type { FileStore } from "./files.ts";
import { notFound } from "./refusal.ts";
import type { Encryption, S3Place } from "./s3-place.ts";
import { createStore } from "./staging.ts";

type CustomerKey = { SSECustomerAlgorithm?: "AES256"; SSECustomerKey?: string };
const customerKey = (encryption: Encryption | null): CustomerKey =>
  encryption?.kind === "customer" ? { SSECustomerAlgorithm: "AES256", SSECustomerKey: encryption.key } : {};

const written = (encryption: Encryption | null) => ({
  ...customerKey(encryption),
  ...(encryption?.kind === "server" ? { ServerSideEncryption: "AES256" as const } : {}),
  ...(encryption?.kind === "kms"
    ? { ServerSideEncryption: "aws:kms" as const, ...(encryption.keyId ? { SSEKMSKeyId: encryption.keyId } : {}) }
    : {}),
});

const isMissing = (error: unknown): boolean => {
  const { name, $metadata } = (error ?? {}) as { name?: string; $metadata?: { httpStatusCode?: number } };
  return name === "NoSuchKey" || name === "NotFound" || $metadata?.httpStatusCode === 404;
};

/**
 * Files in a bucket of an S3 server, so that several machines share them; what is on its way in lies in `staging`.
 * Checksums are sent where the protocol asks for them only: older servers would keep what frames them as part of the file.
 */
export function createS3Store(staging: string, place: S3Place): FileStore {
  const { bucket: Bucket, endpoint, region, accessKey, secretKey, encryption } = place;
  const client = new S3Client({
    region,
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
  return createStore(staging, {
    take: async ({ path, size, sha256 }, Key) => {
      await client.send(
        new PutObjectCommand({
          Bucket,
          Key,
          Body: createReadStream(path),
          ContentLength: size,
          ChecksumSHA256: Buffer.from(sha256, "hex").toString("base64"),
          ...written(encryption),
        }),
      );
      await rm(path, { force: true });
    },
    open: async (Key) => {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, ...customerKey(encryption) }));
        if (!Body) throw notFound();
        return Body as Readable;
      } catch (error) {
        if (isMissing(error)) throw notFound();
        throw error;
      }
    },
    remove: async (Key) => void (await client.send(new DeleteObjectCommand({ Bucket, Key }))),
    oldKeys: async function* (before) {
      let ContinuationToken: string | undefined;
      do {
        const page = await client.send(
          new ListObjectsV2Command({ Bucket, ...(ContinuationToken ? { ContinuationToken } : {}) }),
        );
        for (const { Key, LastModified } of page.Contents ?? [])
          if (Key && LastModified && LastModified.getTime() < before) yield Key;
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken);
    },
  });
}
