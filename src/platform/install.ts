import { Router } from "express";
import { render } from "./render.ts";

/** How long what security.txt says may be believed. */
const CONTACT_DAYS = 180;

/** Wide enough for a launcher's mask; a picture of any size. */
const ICONS = [
  { name: "icons/icon.svg", sizes: "any", type: "image/svg+xml" },
  { name: "icons/icon-180.png", sizes: "180x180", type: "image/png" },
  { name: "icons/icon-512.png", sizes: "512x512", type: "image/png" },
];

/**
 * What makes the portal installable: its manifest, and the page that a device shows when the line is down. Both are the
 * same for everybody and are answered before any session is read.
 */
export function installRoutes(assets: Readonly<Record<string, string>>, contact: string | null): Router {
  const routes = Router();

  // Where whoever finds a weakness tells of it (RFC 9116).
  routes.get("/.well-known/security.txt", (req, res) => {
    const { publicUrl, now } = req.ctx;
    const until = new Date(now.getTime() + CONTACT_DAYS * 86_400_000);
    const lines = [
      `Contact: ${contact ?? `${publicUrl}/lien-he`}`,
      `Expires: ${until.toISOString().slice(0, 10)}T00:00:00Z`,
      "Preferred-Languages: vi, en",
      `Canonical: ${publicUrl}/.well-known/security.txt`,
    ];
    res.type("text/plain; charset=utf-8").set("Cache-Control", "public, max-age=86400");
    res.send(`${lines.join("\n")}\n`);
  });

  routes.get("/manifest.webmanifest", (_req, res) => {
    const { t, shell } = res.locals;
    if (!t || !shell) throw new Error("the manifest needs the request's shell");
    res.type("application/manifest+json").set("Cache-Control", "public, max-age=86400");
    res.json({
      id: "/",
      lang: shell.language,
      name: `${t("platform.layout.portal")} ${shell.province}`,
      short_name: t("platform.install.shortName"),
      start_url: "/",
      scope: "/",
      display: "standalone",
      background_color: "#fbf8f3",
      theme_color: "#a31621",
      icons: ICONS.map(({ name, ...icon }) => ({ src: assets[name], purpose: "any", ...icon })),
    });
  });

  routes.get("/ngoai-tuyen", (_req, res) => {
    const { t } = res.locals;
    if (!t) throw new Error("the offline page needs the request's texts");
    res.set("Cache-Control", "public, max-age=3600");
    render(res, "errors/offline", { title: t("platform.install.offlineTitle") });
  });
  return routes;
}
