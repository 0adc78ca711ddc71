// Loaded into a portal before its own code (`node --import`): lets a drill set its clock wrong, and has a file that may
// not grow fail as it does on a full disk, instead of ending the process.
const Real = Date;
let shift = 0;

globalThis.Date = /** @type {DateConstructor} */ (
  new Proxy(Real, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [target.now() + shift] : args, newTarget),
    get: (target, name) => (name === "now" ? () => target.now() + shift : Reflect.get(target, name)),
  })
);
process.on("message", (message) => {
  const { shiftMs } = /** @type {{ shiftMs?: number }} */ (message);
  if (shiftMs !== undefined) shift = shiftMs;
});
process.channel?.unref();
process.on("SIGXFSZ", () => {});
