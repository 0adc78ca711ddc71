// The deployment of src/ops/deployment on the loopback of one machine: its own files, with addresses of 127.0.0.0/8 in
// place of the guide's, folders of the drill in place of the system's, and without what only root may do. Ends what it
// started, and nothing else. Node built-ins only.
import { spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findServerUser } from "../postgres.mjs";
import { root } from "../project.mjs";

export const NODES = /** @type {const} */ (["pg1", "pg2", "pg3"]);
/** @typedef {typeof NODES[number]} NodeName */

const DEPLOYMENT = join(root, "src/ops/deployment");
const BINARIES = "/usr/lib/postgresql/15/bin";

/** What must be there, and the Debian package that brings it. */
const NEEDED = {
  "/usr/bin/patroni": "patroni",
  "/usr/bin/etcd": "etcd-server",
  "/usr/sbin/pgbouncer": "pgbouncer",
  "/usr/sbin/haproxy": "haproxy",
  "/usr/sbin/nginx": "nginx-light",
  [`${BINARIES}/postgres`]: "postgresql-15",
  "/usr/bin/openssl": "openssl",
};

/** @returns {string[]} packages that are not installed */
export const missingPackages = () => Object.entries(NEEDED).flatMap(([file, name]) => (existsSync(file) ? [] : [name]));

/** @typedef {{ folder: string, own: (last: number) => string, portals: string, passwords: Record<string, string> }} Ground */

/** @param {string} folder of the drill, which says where its machines stand @returns {Ground} */
export function layGround(folder) {
  const { network, passwords } = JSON.parse(readFileSync(join(folder, "ground.json"), "utf8"));
  return { folder, own: (last) => `${network}${last}`, portals: `${network}21`, passwords };
}

/**
 * One certificate is the authority, the databases' and the proxy's, as a first start would have it.
 * @param {Ground} ground
 */
export function makeCertificate({ folder, own, portals }) {
  const names = [...NODES.map((_, i) => own(11 + i)), portals].map((one) => `IP:${one}`).join(",");
  const files = ["-keyout", join(folder, "key.pem"), "-out", join(folder, "certificate.pem")];
  const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  const { status, stderr } = spawnSync(
    "openssl",
    ["req", ...kind, ...files, "-subj", "/CN=mot-cua-drill", "-addext", `subjectAltName=${names}`],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`openssl: ${stderr}`);
  giveAway(join(folder, "key.pem"));
}

const user = () => findServerUser() ?? {};

/** The services run as an unprivileged user; their folders and keys are theirs. */
function giveAway(/** @type {string} */ path) {
  const owner = findServerUser();
  if (owner) chownSync(path, owner.uid, owner.gid);
}

function makeFolder(/** @type {string} */ path) {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  giveAway(path);
  return path;
}

/**
 * A file of the guide with the drill's places in it.
 * @param {Ground} ground
 * @param {string} name
 * @param {[string | RegExp, string][]} [more]
 */
function read({ folder, own }, name, more = []) {
  let text = readFileSync(join(DEPLOYMENT, name), "utf8");
  for (const [what, instead] of more) {
    if (typeof what === "string" ? !text.includes(what) : !new RegExp(what, "m").test(text))
      throw new Error(`${name} of the guide has no ${what} any more`);
    text = text.replaceAll(typeof what === "string" ? what : new RegExp(what, "gm"), instead);
  }
  return text
    .replaceAll("10.0.0.0/24", "127.0.0.0/8")
    .replaceAll("10.0.0.", own(0).slice(0, -1))
    .replaceAll("127.0.0.1", own(21))
    .replaceAll("/etc/mot-cua/database-ca.crt", join(folder, "certificate.pem"))
    .replaceAll("/etc/mot-cua/database.crt", join(folder, "certificate.pem"))
    .replaceAll("/etc/mot-cua/database.key", join(folder, "key.pem"));
}

/** `NAME=value` lines, as systemd reads them. @param {string} text */
export const variablesOf = (text) =>
  Object.fromEntries(
    [...text.matchAll(/^([A-Z0-9_]+)="?(.*?)"?$/gm)].map(([, name = "", value = ""]) => [name, value]),
  );

/** What the guide's unit sets beside the file of variables. @param {Ground} ground @param {string} unit @param {string} port */
const unitVariables = (ground, unit, port) =>
  Object.fromEntries(
    (/^Environment=(.*)$/m.exec(read(ground, unit))?.[1] ?? "")
      .replaceAll("%i", port)
      .split(" ")
      .map((pair) => pair.split("=")),
  );

/**
 * The variables of a portal or a worker, as the guide's `environment` and unit set them.
 * @param {Ground} ground @param {"mot-cua@.service" | "mot-cua-worker.service"} unit @param {string} port
 * @returns {Record<string, string>}
 */
export function environmentOf(ground, unit, port) {
  const { passwords } = ground;
  const all = variablesOf(
    read(ground, "environment", [
      ["//app:@", `//app:${passwords["app"]}@`],
      ["//mot_cua_owner:@", `//mot_cua_owner:${passwords["owner"]}@`],
      ["/var/lib/mot-cua", join(ground.folder, "files")],
      // One machine's disk is all machines' here; no mail server, bucket or scanner of the drill's stands at these.
      [/^(?:S3|SMTP|SESSION|CLAMAV|PUBLIC)_?.*$/, ""],
    ]),
  );
  return { ...all, ...unitVariables(ground, unit, port) };
}

/** What runs, by name. @type {Map<string, import("node:child_process").ChildProcess>} */
export const running = new Map();

/**
 * @param {Ground} ground @param {string} name @param {string} program @param {string[]} args
 * @param {Record<string, string>} [environment]
 */
function start({ folder }, name, program, args, environment = {}) {
  const output = openSync(join(folder, `${name}.log`), "a", 0o600);
  const child = spawn(program, args, {
    ...user(),
    cwd: folder,
    env: { PATH: `${process.env["PATH"]}:/usr/sbin`, HOME: folder, LC_ALL: "C.UTF-8", ...environment },
    stdio: ["ignore", output, output],
  });
  child.on("error", () => {});
  running.set(name, child);
}

/** @param {Ground} ground @param {NodeName} node */
export function startNode(ground, node) {
  const { folder, own, passwords } = ground;
  const number = NODES.indexOf(node);
  const here = makeFolder(join(folder, node));
  /** On this machine its own name and addresses stand in place of pg1's. @type {(text: string) => string} */
  const asMine = (text) =>
    text
      .replace(/^(ETCD_NAME=|name: )pg1$/gm, `$1${node}`)
      .replace(/^((?:ETCD_(?:LISTEN|INITIAL_ADVERTISE|ADVERTISE)\S*=|\s+(?:listen|connect_address): ).*)$/gm, (line) =>
        line.replace(own(11), own(11 + number)),
      );
  const etcd = variablesOf(asMine(read(ground, "etcd", [["/var/lib/etcd/mot-cua", join(here, "etcd")]])));
  if (existsSync(join(here, "etcd"))) etcd["ETCD_INITIAL_CLUSTER_STATE"] = "existing";
  start(ground, `${node}-etcd`, "/usr/bin/etcd", [], etcd);
  const patroni = read(ground, "patroni.yml", [
    ["/var/lib/postgresql/15/mot-cua", join(here, "data")],
    ["/var/run/postgresql", here],
    ["shared_buffers: 2GB", "shared_buffers: 128MB"],
    ["effective_cache_size: 6GB", "effective_cache_size: 1GB"],
  ]);
  writeFileSync(join(here, "patroni.yml"), asMine(patroni), { mode: 0o644 });
  start(ground, `${node}-patroni`, "/usr/bin/patroni", [join(here, "patroni.yml")], {
    HOME: here,
    PATRONI_SUPERUSER_PASSWORD: passwords["superuser"] ?? "",
    PATRONI_REPLICATION_PASSWORD: passwords["replication"] ?? "",
  });
}

/** Pool, way to the primary, and proxy of the machine with portals. @param {Ground} ground */
export function startWays(ground) {
  const { folder, passwords } = ground;
  const list = `"app" "${passwords["app"]}"\n`;
  writeFileSync(join(folder, "userlist.txt"), list, { mode: 0o644 });
  const pool = read(ground, "pgbouncer.ini", [["/etc/pgbouncer/userlist.txt", join(folder, "userlist.txt")]]);
  writeFileSync(join(folder, "pgbouncer.ini"), pool);
  writeFileSync(join(folder, "haproxy.cfg"), read(ground, "haproxy.cfg", [[/^ {2}(?:user|group|chroot) .*\n/, ""]]));
  const site = read(ground, "nginx.conf", [
    ["listen 80;", `listen ${ground.portals}:8080;`],
    ["listen 443 ", `listen ${ground.portals}:8443 `],
    ["dichvucong.example.gov.vn", ground.portals],
    ["/etc/ssl/mot-cua/fullchain.pem", join(folder, "certificate.pem")],
    ["/etc/ssl/mot-cua/privkey.pem", join(folder, "key.pem")],
  ]);
  writeFileSync(join(folder, "site.conf"), site);
  const space = makeFolder(join(folder, "nginx"));
  const kept = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((one) => `${one}_temp_path ${space}/${one};`);
  writeFileSync(
    join(folder, "nginx.conf"),
    `daemon off; pid ${space}/pid; error_log ${space}/error.log; worker_processes 1; events {} http { access_log off; ${kept.join(" ")} include ${join(folder, "site.conf")}; }\n`,
  );
  start(ground, "pgbouncer", "/usr/sbin/pgbouncer", [join(folder, "pgbouncer.ini")]);
  start(ground, "haproxy", "/usr/sbin/haproxy", ["-f", join(folder, "haproxy.cfg")]);
  start(ground, "nginx", "/usr/sbin/nginx", ["-e", join(space, "error.log"), "-c", join(folder, "nginx.conf")]);
}
