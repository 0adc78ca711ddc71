// `npm run scan` (`-- --quick` in less than two minutes): public scanners, Debian's wapiti and sqlmap, against a portal of
// its own with the demo data on the loopback, as a visitor, a citizen and an officer. Anything of medium severity or higher
// fails, as does a page that broke. Exit code 77: the scanners are not installed, nothing was looked at.
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "../build.mjs";
import { usePostgres } from "../postgres.mjs";
import { checkNode, prepare } from "../prepare.mjs";
import { memoryLimits, root } from "../project.mjs";
import { command, Hint, say } from "../say.mjs";
import { demoEnvironment, findPort, killServers, runToEnd, startServer } from "../servers.mjs";
import { readSqlmap, readWapiti } from "./reports.mjs";

const dist = (/** @type {string} */ file) => join(root, "dist", file);
const ABSENT = 77;
const PASSWORD = "dung-thu-2026";

/**
 * Those who look, each from where, and which addresses with parameters sqlmap tries as them.
 * @typedef {{ who: string, name: string | null, home: string, asked: readonly string[] }} Visit
 * @type {readonly Visit[]}
 */
const VISITS = [
  {
    who: "visitor",
    name: null,
    home: "/",
    asked: ["/thu-tuc?q=khai+sinh&linh-vuc=1&trang=1", "/tra-cuu?ma=H37.05977-261122-0001"],
  },
  {
    who: "citizen",
    name: "0912000001",
    home: "/ca-nhan/ho-so",
    asked: ["/ca-nhan/ho-so?nhom=doing&sau=1&q=a", "/ca-nhan/thong-bao?sau=1"],
  },
  {
    who: "officer",
    name: "dongkinh.lanhdao",
    home: "/mot-cua",
    asked: [
      "/mot-cua?muc=tat-ca&q=lan&thu-tuc=x&xep=moi&sau=1",
      "/mot-cua/so-theo-doi?tu=2026-11-01&den=2026-11-22",
      "/mot-cua/ket-qua-xu-ly?tu=2026-11-01&den=2026-11-22",
    ],
  },
];

/** What wapiti tries. Left out: what asks machines of the internet, and forms without tokens (README: No CSRF token). */
const MODULES =
  "backup,blindsql,cookieflags,crlf,csp,exec,file,htaccess,http_headers,methods,permanentxss,redirect,shellshock,sql,xss";
/** What would end the scanner's own session, or tell it nothing. */
const LEFT_ALONE = ["/dang-xuat", "/bao-mat", "/mat-khau", "/ca-nhan/du-lieu"];
const SECONDS = {
  quick: { crawl: 12, attack: 3, all: 110 },
  full: { crawl: 60, attack: 15, all: 420 },
};

const isThere = (/** @type {string} */ program) =>
  spawnSync("sh", ["-c", `command -v ${program}`], { stdio: "ignore" }).status === 0;

/** @type {Set<import("node:child_process").ChildProcess>} */
const scanners = new Set();
const killScanners = () => {
  for (const scanner of scanners) scanner.kill("SIGKILL");
};

/**
 * Runs a scanner to its end, or until its time is over.
 * @param {string} program @param {string[]} args @param {{ folder: string, seconds: number }} bounds
 * @returns {Promise<string>} what it said
 */
async function look(program, args, { folder, seconds }) {
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, HOME: folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  scanners.add(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      output = (output + chunk).slice(-20_000);
    });
  const bound = setTimeout(() => child.kill("SIGTERM"), seconds * 1000);
  await new Promise((done) => child.on("close", done));
  clearTimeout(bound);
  scanners.delete(child);
  return output;
}

/**
 * The way by which one visitor's scanners come: with that visitor's cookie, past what would end its session, and counted.
 * @typedef {{ base: string, asked: () => number, broken: () => string[], close: () => void }} Door
 * @param {string} portal @param {string} cookie "" for a visitor's
 * @returns {Promise<Door>}
 */
async function openDoor(portal, cookie) {
  const { hostname, port } = new URL(portal);
  let asked = 0;
  /** @type {Set<string>} */
  const broken = new Set();
  const server = createServer((req, res) => {
    if (LEFT_ALONE.some((path) => req.url?.startsWith(path))) return void res.writeHead(404).end();
    asked++;
    const { cookie: own, ...headers } = req.headers;
    const sent = { ...headers, ...(cookie || own ? { cookie: cookie || own } : {}) };
    const onward = request({ hostname, port, method: req.method, path: req.url, headers: sent }, (answer) => {
      const { "set-cookie": set, ...rest } = answer.headers;
      if ((answer.statusCode ?? 500) >= 500 && answer.statusCode !== 503) broken.add(`${req.method} ${req.url}`);
      res.writeHead(answer.statusCode ?? 500, { ...rest, ...(cookie || !set ? {} : { "set-cookie": set }) });
      answer.pipe(res);
    });
    onward.on("error", () => res.destroy());
    req.pipe(onward);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", () => done(null)));
  const address = server.address();
  return {
    base: `http://127.0.0.1:${address !== null && typeof address === "object" ? address.port : 0}`,
    asked: () => asked,
    broken: () => [...broken],
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** @param {string} base @param {Visit} visit @param {{ folder: string, isQuick: boolean }} how */
async function wapiti(base, { who, home }, { folder, isQuick }) {
  const { crawl, attack, all } = SECONDS[isQuick ? "quick" : "full"];
  const report = join(folder, `wapiti-${who}.json`);
  const output = await look(
    "wapiti",
    [
      ...["-u", `${base}/`, "-s", `${base}${home}`, "--scope", "folder", "-m", MODULES, "-S", "aggressive"],
      ...["--max-scan-time", String(crawl), "--max-attack-time", String(attack), "-t", "10", "-d", "4"],
      ...["--max-links-per-page", "60", "--max-files-per-dir", "12", "--flush-session", "--no-bugreport"],
      ...["--store-session", join(folder, `sessions-${who}`), "-f", "json", "-o", report, "-v", "0"],
    ],
    { folder, seconds: all },
  );
  if (!existsSync(report)) throw new Error(`wapiti as ${who} wrote no report:\n${output}`);
  return readWapiti(readFileSync(report, "utf8"), who);
}

/** @param {string} base @param {Visit} visit @param {{ folder: string, isQuick: boolean }} how */
async function sqlmap(base, { who, asked }, { folder, isQuick }) {
  const results = join(folder, `sqlmap-${who}.csv`);
  const targets = join(folder, `targets-${who}.txt`);
  writeFileSync(targets, `${asked.map((path) => base + path).join("\n")}\n`);
  const output = await look(
    "sqlmap",
    [
      ...[
        "-m",
        targets,
        "--batch",
        "--flush-session",
        "--disable-coloring",
        "--skip-waf",
        "--level",
        "1",
        "--risk",
        "1",
      ],
      ...["--technique", isQuick ? "BE" : "BEUS", "--ignore-code", "401,403,404,422", "--timeout", "10"],
      ...["--output-dir", join(folder, `sqlmap-${who}`), "--results-file", results],
    ],
    { folder, seconds: SECONDS[isQuick ? "quick" : "full"].all },
  );
  const tried = output.match(/does not seem to be injectable|not injectable|is vulnerable/g)?.length ?? 0;
  if (tried === 0) throw new Error(`sqlmap as ${who} tried nothing:\n${output.slice(-3000)}`);
  return existsSync(results) ? readSqlmap(readFileSync(results, "utf8"), who) : [];
}

/** @param {string} folder @param {boolean} isQuick @returns {Promise<boolean>} whether nothing was found */
async function scanIn(folder, isQuick) {
  const { openEmbedded, migrate } = await import("../database.mjs");
  const server = await usePostgres(join(folder, "postgres"), { settings: { port: String(await findPort()) } });
  try {
    const { ownerUrl, appUrl } = await openEmbedded(server);
    await migrate(ownerUrl);
    // What is looked for is behind the limits, and whoever is patient gets there.
    const environment = { ...demoEnvironment({ ownerUrl, appUrl }, folder), LOG_LEVEL: "error" };
    say("dữ liệu dùng thử", "demo data");
    await runToEnd(environment, dist("ops/seed.js"));
    const portal = await startServer([...memoryLimits, dist("main.js")], environment);
    const { Client } = await import(dist("dev/browse/client.js"));
    const visits = await Promise.all(
      VISITS.map(async (visit) => {
        const client = new Client(portal.base);
        if (visit.name) await client.post("/dang-nhap", { username: visit.name, password: PASSWORD });
        const cookie = visit.name ? [...client.cookies].map(([name, value]) => `${name}=${value}`).join("; ") : "";
        return { visit, client, door: await openDoor(portal.base, cookie) };
      }),
    );
    say("quét bằng wapiti và sqlmap", "scanning with wapiti and sqlmap");
    const looked = await Promise.all(
      visits.map(async ({ visit, client, door }) => {
        const how = { folder, isQuick };
        const [{ findings, low }, injected] = await Promise.all([
          wapiti(door.base, visit, how),
          sqlmap(door.base, visit, how),
        ]);
        door.close();
        // A session that ended on the way means that most of it was looked at as a visitor.
        const isIn = (await client.get(visit.home)).path === visit.home;
        say(
          `${visit.who}: ${door.asked()} lượt hỏi, ${low} ghi nhận mức thấp`,
          `${visit.who}: ${door.asked()} requests, ${low} notes of low severity`,
        );
        const own = (/** @type {string} */ what, /** @type {string} */ where) => ({
          ...{ tool: "scan", who: visit.who, what, where, level: 2 },
        });
        return [
          ...findings,
          ...injected,
          ...door.broken().map((where) => own("a page broke", where)),
          ...(isIn ? [] : [own("the session did not last", visit.home)]),
          ...(door.asked() < 100 ? [own("hardly anything was looked at", `${door.asked()} requests`)] : []),
        ];
      }),
    );
    const found = looked.flat();
    for (const { tool, who, what, where } of found) process.stdout.write(`${tool}, ${who}: ${what}\n  ${where}\n`);
    await portal.stop();
    return found.length === 0;
  } finally {
    killScanners();
    killServers();
    await server.leave();
  }
}

await command(async () => {
  checkNode();
  const { values } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
  const absent = ["wapiti", "sqlmap"].filter((program) => !isThere(program));
  if (absent.length > 0) {
    process.exitCode = ABSENT;
    process.stdout.write(
      `Chưa có ${absent.join(", ")}: apt-get install wapiti sqlmap; chưa quét gì. / Not installed: ${absent.join(", ")}; nothing was looked at.\n`,
    );
    return;
  }
  await prepare({ build: async () => void (await build()) });
  const folder = mkdtempSync(join(tmpdir(), "mot-cua-scan-"));
  chmodSync(folder, 0o711); // the user that runs PostgreSQL goes through it to its data
  const started = performance.now();
  try {
    const isClean = await scanIn(folder, values.quick);
    say(
      `quét xong sau ${Math.round((performance.now() - started) / 1000)} giây`,
      `scanned in ${Math.round((performance.now() - started) / 1000)} s`,
    );
    if (!isClean)
      throw new Hint("Máy quét phát hiện điều chưa đạt, xem ở trên.", "The scanners found what stands above.");
    say("không có gì ở mức trung bình trở lên", "nothing of medium severity or higher");
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});
process.exit();
