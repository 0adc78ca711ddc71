import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder above that is a project: code stands deeper in the source than where it was compiled into few files. */
const projectAbove = (folder: string): string =>
  existsSync(join(folder, "package.json")) ? folder : projectAbove(dirname(folder));

/** Where views/, prisma/ and dist/ stand. */
export const root = projectAbove(import.meta.dirname);
