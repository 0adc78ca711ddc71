/** How the server encrypts what it keeps. `customer`: with a key that only the portal has, 32 bytes in base64. */
export type Encryption = { kind: "server" } | { kind: "kms"; keyId: string | null } | { kind: "customer"; key: string };

export type S3Place = {
  bucket: string;
  /** Null: AWS. */
  endpoint: string | null;
  region: string;
  accessKey: string;
  secretKey: string;
  encryption: Encryption | null;
};

/** `AES256`, `aws:kms`, `aws:kms:<key id>` or `customer:<32 bytes in base64>`; null: none of these. */
export function readEncryption(text: string): Encryption | null {
  if (text === "AES256") return { kind: "server" };
  const kms = /^aws:kms(?::(.+))?$/.exec(text);
  if (kms) return { kind: "kms", keyId: kms[1] ?? null };
  const key = /^customer:(.+)$/.exec(text)?.[1];
  return key && Buffer.from(key, "base64").length === 32 ? { kind: "customer", key } : null;
}
