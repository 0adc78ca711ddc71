import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import type { RequestHandler } from "express";

type Asset = { type: string; identity: Buffer; br: Buffer | null; gzip: Buffer | null; isHashed: boolean };

export type Assets = {
  /** Logical name ("app.css") -> address ("/assets/app-1f2e3d.css"). */
  manifest: Readonly<Record<string, string>>;
  serve: RequestHandler;
};

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
};

/**
 * Reads what `npm run build` made, once: about a megabyte, so that no request touches the disk and no path of an address
 * ever becomes a path of a file.
 * @param folder dist/public; an absent one serves nothing
 * @param emblem a picture file that stands for "images/mark.svg"
 */
export function readAssets(folder: string, emblem: string | null = null): Assets {
  const assets = new Map<string, Asset>();
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }) : [];
  const known = new Set(files);
  for (const file of files) {
    const type = TYPES[extname(file)];
    if (!type || file === "manifest.json") continue;
    const encoded = (suffix: string) => (known.has(file + suffix) ? readFileSync(join(folder, file + suffix)) : null);
    const address = `/${file.replaceAll("\\", "/")}`;
    assets.set(address, {
      type,
      identity: readFileSync(join(folder, file)),
      br: encoded(".br"),
      gzip: encoded(".gz"),
      isHashed: address.startsWith("/assets/"),
    });
  }
  const manifest = known.has("manifest.json") ? JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) : {};
  if (emblem) manifest["images/mark.svg"] = addEmblem(assets, emblem);
  return { manifest, serve: serveAssets(assets) };
}

function addEmblem(assets: Map<string, Asset>, file: string): string {
  const identity = readFileSync(file);
  const hash = createHash("sha256").update(identity).digest("hex").slice(0, 10);
  const address = `/assets/images/emblem-${hash}${extname(file)}`;
  assets.set(address, { type: TYPES[extname(file)] ?? "", identity, br: null, gzip: null, isHashed: true });
  return address;
}

const serveAssets =
  (assets: ReadonlyMap<string, Asset>): RequestHandler =>
  (req, res, next) => {
    const asset = req.method === "GET" || req.method === "HEAD" ? assets.get(req.path) : undefined;
    if (!asset) {
      if (req.path.startsWith("/assets/")) res.status(404).type("text").send("404\n");
      else next();
      return;
    }
    const accepted = String(req.headers["accept-encoding"] ?? "");
    const encoding =
      asset.br && /\bbr\b/.test(accepted) ? "br" : asset.gzip && /\bgzip\b/.test(accepted) ? "gzip" : null;
    if (encoding) res.set("Content-Encoding", encoding);
    if (asset.br || asset.gzip) res.set("Vary", "Accept-Encoding");
    const body = (encoding === "br" ? asset.br : encoding === "gzip" ? asset.gzip : null) ?? asset.identity;
    res.set({
      "Content-Type": asset.type,
      "Content-Length": String(body.length),
      "Cache-Control": asset.isHashed ? "public, max-age=31536000, immutable" : "public, max-age=86400",
    });
    res.end(req.method === "HEAD" ? undefined : body);
  };
