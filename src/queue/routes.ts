/** The hall's pages for everybody, the officer's panel, and their set-up. */
import { Router } from "express";
import * as admin from "./routes/admin.ts";
import * as hall from "./routes/hall.ts";
import { panelRoutes } from "./routes/panel.ts";
import { placeRoutes } from "./routes/places.ts";
import { selfServiceRoutes } from "./routes/self-service.ts";

export { watchSharedMachine } from "./routes/self-service.ts";

export const publicRoutes = Router();
publicRoutes.use(selfServiceRoutes, hall.publicRoutes);

/** Under /mot-cua. */
export const officerRoutes = Router();
officerRoutes.use(panelRoutes, placeRoutes);

/** Under /quan-tri. */
export const adminRoutes = admin.adminRoutes;
