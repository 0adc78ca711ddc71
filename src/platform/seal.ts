import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/** Keeps short secrets so that a copy of the database alone does not give them away. */
export type Seal = { close(text: string): string; open(sealed: string): string | null };

const IV = 12;
const TAG = 16;

/**
 * AES-256-GCM under a key made from the installation's secret.
 * @param purpose what it is for: the same text sealed for another purpose cannot be opened
 */
export function createSeal(secret: string, purpose: string): Seal {
  const key = Buffer.from(hkdfSync("sha256", secret, "", `mot-cua ${purpose}`, 32));
  return {
    close(text) {
      const iv = randomBytes(IV);
      const cipher = createCipheriv("aes-256-gcm", key, iv);
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url");
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, "base64url");
      if (bytes.length < IV + TAG) return null;
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, IV), { authTagLength: TAG });
      decipher.setAuthTag(bytes.subarray(IV, IV + TAG));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(IV + TAG)), decipher.final()]).toString("utf8");
      } catch {
        return null;
      }
    },
  };
}
