// Loaded into a portal before its own code (`node --import`): counts what it asks the database, and tells its parent.
import pg from "pg";

let count = 0;
const ask = pg.Client.prototype.query;
/** @param {unknown[]} args */
pg.Client.prototype.query = function counted(...args) {
  count++;
  return /** @type {Function} */ (ask).apply(this, args);
};
process.on("message", (message) => {
  if (message === "how many queries") process.send?.({ queries: count });
});
