/** As much of pg-copy-streams as is used here and by the generator; it ships no types. */
declare module "pg-copy-streams" {
  import type { Readable } from "node:stream";
  import type { Submittable } from "pg";

  type Counted = { rowCount: number };
  export function from(text: string): NodeJS.WritableStream & Submittable & Counted;
  export function to(text: string): Readable & Submittable & Counted;
}
