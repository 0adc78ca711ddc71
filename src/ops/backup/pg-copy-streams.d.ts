/** As much of pg-copy-streams as the generator uses; it ships no types. */
declare module "pg-copy-streams" {
  import type { Submittable } from "pg";
  export function from(text: string): NodeJS.WritableStream & Submittable;
}
