/** How administrators write a procedure, under /quan-tri: one part a file. */
import { Router } from "express";
import { routes as changes } from "./routes/changes.ts";
import { routes as field } from "./routes/field.ts";
import { routes as form } from "./routes/form.ts";
import { routes as library } from "./routes/library.ts";
import { routes as lists } from "./routes/lists.ts";
import { routes as national } from "./routes/national.ts";
import { routes as process } from "./routes/process.ts";
import { routes as processPlay } from "./routes/process-play.ts";
import { routes as publication } from "./routes/publication.ts";
import { routes as publish } from "./routes/publish.ts";
import { routes as record } from "./routes/record.ts";
import { routes as trial } from "./routes/trial.ts";
import { routes as wordings } from "./routes/wordings.ts";

export { enterTrial } from "./routes/trial.ts";

export const adminRoutes = Router();
adminRoutes.use(publish, publication, form, field);
adminRoutes.use(process);
adminRoutes.use(processPlay);
adminRoutes.use(record);
adminRoutes.use(trial);
adminRoutes.use(national, library, lists, wordings, changes);
