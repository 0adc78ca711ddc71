import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from "node:crypto";

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** How often scrypt goes over its memory, by the format of the backup. */
const PASSES = { 1: 1, 2: 3 } as const;

/** The key of one backup, from what the environment says; slow on purpose, so that a passphrase is not guessed. */
export const deriveKey = (passphrase: string, salt: Buffer, format: keyof typeof PASSES): Buffer =>
  scryptSync(passphrase.normalize("NFC"), salt, 32, { N: 2 ** 15, r: 8, p: PASSES[format], maxmem: 64 * 1024 * 1024 });

/**
 * Encrypts a stream (AES-256-GCM): a random start, the bytes, the seal at the end.
 * @param name of the file in the backup: a file that was put in another's place does not open
 */
export async function* seal(source: AsyncIterable<Buffer>, key: Buffer, name: string): AsyncGenerator<Buffer> {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(name));
  yield iv;
  for await (const chunk of source) yield cipher.update(chunk);
  yield cipher.final();
  yield cipher.getAuthTag();
}

/**
 * Decrypts what `seal` made. Its last bytes tell whether all of it is true: what came before must count for nothing until
 * the stream has ended.
 * @throws when it was altered, cut off, sealed under another name or with another key
 */
export async function* unseal(source: AsyncIterable<Buffer>, key: Buffer, name: string): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  let decipher: ReturnType<typeof createDecipheriv> | null = null;
  for await (const chunk of source) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    if (!decipher && held.length >= IV_BYTES) {
      decipher = createDecipheriv("aes-256-gcm", key, held.subarray(0, IV_BYTES)).setAAD(Buffer.from(name));
      held = held.subarray(IV_BYTES);
    }
    if (!decipher || held.length <= TAG_BYTES) continue;
    yield decipher.update(held.subarray(0, -TAG_BYTES));
    held = held.subarray(-TAG_BYTES);
  }
  if (!decipher || held.length !== TAG_BYTES) throw new Error("cut off");
  (decipher as ReturnType<typeof createDecipheriv> & { setAuthTag(tag: Buffer): void }).setAuthTag(held);
  yield decipher.final();
}
