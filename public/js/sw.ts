/**
 * The service worker: when the line is down, a page that says so in place of the browser's own. It keeps that page and what
 * it looks like, and nothing else: no page of a person ever lies in a cache. What is typed meanwhile waits in the form itself
 * (behaviors/autosave.ts). `KEPT` and `VERSION` are put in when assets are built.
 */
declare const KEPT: readonly string[];
declare const VERSION: string;

/** As much of the worker's world as is used; the DOM's types know none of it. */
type Extendable = Event & { waitUntil(work: Promise<unknown>): void };
type Fetching = Event & { request: Request; respondWith(answer: Promise<Response>): void };

const OFFLINE = "/ngoai-tuyen";

async function store(): Promise<void> {
  const cache = await caches.open(VERSION);
  await Promise.all(
    [OFFLINE, ...KEPT].map(async (address) => {
      // Without cookies: the page of nobody.
      const answer = await fetch(address, { credentials: "omit" });
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      await cache.put(address, answer);
    }),
  );
}

const forgetOlder = async (): Promise<void> => {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== VERSION).map((name) => caches.delete(name)));
};

const kept = async (address: string): Promise<Response> =>
  (await caches.match(address)) ?? new Response("", { status: 504 });

self.addEventListener("install", (event) => (event as Extendable).waitUntil(store()));
self.addEventListener("activate", (event) => (event as Extendable).waitUntil(forgetOlder()));
self.addEventListener("fetch", (event) => {
  const { request } = event as Fetching;
  const { pathname } = new URL(request.url);
  if (request.mode === "navigate") (event as Fetching).respondWith(fetch(request).catch(() => kept(OFFLINE)));
  else if (KEPT.includes(pathname)) (event as Fetching).respondWith(fetch(request).catch(() => kept(pathname)));
});
