/**
 * Too many at once: what is cheap to ask again is asked to come back in a moment, so that those who are in the middle of
 * something, officers, and whoever checks the portal's health, are still answered.
 */
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { RequestHandler } from "express";
import type pg from "pg";
import { answerLater } from "./later.ts";

/** How the process stands; read on every request, measured apart from them. */
export type Crowd = { readonly isTooLarge: boolean };

const RESOLUTION_MS = 20;
const LOOK_EVERY_MS = 500;
/** How late the process comes to what waits for it, in the mean of half a second. */
const MOST_LATE_MS = 150;
/** Questions that wait for a connection to the database. */
const MOST_WAITING = 100;
const BACK_SECONDS = 5;

/** Measures the process twice a second, at no cost for each request. */
export function watchCrowd(pools: readonly pg.Pool[]): Crowd {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  const crowd = { isTooLarge: false };
  setInterval(() => {
    const late = delays.mean / 1e6 - RESOLUTION_MS;
    delays.reset();
    crowd.isTooLarge = late > MOST_LATE_MS || pools.some(({ waitingCount }) => waitingCount > MOST_WAITING);
  }, LOOK_EVERY_MS).unref();
  return crowd;
}

/** Officers' work, a hall's screens and what somebody is filling in come first; so do sign-in and everything that is sent. */
const KEPT = /^\/(?:mot-cua|quan-tri|ca-nhan|dang-nhap|dang-xuat|xep-hang)(?:\/|$)/;

/** Turns reading of public pages away while the crowd is too large: 503, with the time to come back. */
export const turnAway =
  (crowd: Crowd): RequestHandler =>
  (req, res, next) => {
    if (!crowd.isTooLarge || (req.method !== "GET" && req.method !== "HEAD") || KEPT.test(req.path)) return next();
    answerLater(req, res, { seconds: BACK_SECONDS, why: "platform.later.crowded", typed: null });
  };
