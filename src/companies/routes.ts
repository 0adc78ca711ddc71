/** Companies as citizens keep them, and as a desk confirms them. */
import { citizenRoutes } from "./routes/citizen.ts";
import { officerRoutes } from "./routes/desk.ts";

export { citizenRoutes, officerRoutes };
