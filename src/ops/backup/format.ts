import { z } from "zod";

const hex = z.string().regex(/^[0-9a-f]{64}$/);

/** Beside the encrypted files, in the clear: what is needed to derive the key, nothing else. */
export const Header = z.object({
  format: z.union([z.literal(1), z.literal(2)]),
  salt: z.string(),
  takenAt: z.string(),
});

export const Manifest = z.object({
  takenAt: z.string(),
  /** Which migrations the database had: it can only be restored into one that has the same. */
  migrations: z.array(z.string()),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()), rows: z.number(), sha256: hex })),
  jobs: z.array(z.object({ task: z.string(), payload: z.unknown(), key: z.string().nullable() })),
  files: z.array(z.object({ key: z.string(), size: z.number(), sha256: hex })),
  /** Files of drafts that their owners deleted while the backup was taken; their rows are not restored. */
  gone: z.array(z.string()),
});
export type Manifest = z.infer<typeof Manifest>;

export const HEADER = "backup.json";
export const MANIFEST = "manifest.sealed";
export const tableFile = (name: string): string => `tables/${name}.sealed`;
export const storedFile = (key: string): string => `files/${key.slice(0, 2)}/${key}.sealed`;

/** Whose rows mean nothing elsewhere or later: sessions would let in whoever was signed in then. */
export const LEFT_OUT = ["sessions", "rate_limits", "_prisma_migrations"];

/** As identifiers stand in SQL. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
