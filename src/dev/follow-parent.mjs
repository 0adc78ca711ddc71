// Loaded before the portal by `npm start`: when the starter is killed outright, nobody else would stop the portal.
if (process.channel) {
  process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel.unref();
}
