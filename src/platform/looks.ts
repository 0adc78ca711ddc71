import type { Translate } from "./i18n.ts";

/** How somebody wants to see the pages; kept in a cookie, as the language is. */
export type Look = { contrast: boolean; large: boolean };
/** A link of the switch: what it turns on or off, and where it leads. */
export type LookSwitch = { text: string; href: string };

const WORDS: Readonly<Record<string, Look>> = {
  thuong: { contrast: false, large: false },
  "tuong-phan": { contrast: true, large: false },
  "chu-lon": { contrast: false, large: true },
  "tuong-phan-chu-lon": { contrast: true, large: true },
};

const isKnown = (word: string | undefined): word is string => word !== undefined && Object.hasOwn(WORDS, word);

/** The look that a word of the address or of the cookie means; null for no such look. */
export const lookNamed = (word: string | undefined): Look | null => (isKnown(word) ? (WORDS[word] ?? null) : null);

/** @param cookies the request's whole Cookie header */
export const lookIn = (cookies: string | undefined): Look =>
  lookNamed(/(?:^|;\s*)(?:__Host-)?look=([a-z-]+)/.exec(cookies ?? "")?.[1]) ?? { contrast: false, large: false };

const wordOf = (look: Look): string =>
  Object.keys(WORDS).find((word) => WORDS[word]?.contrast === look.contrast && WORDS[word]?.large === look.large) ??
  "thuong";

/** The two switches as links, each turning its own side and leaving the other. */
export const lookSwitches = (look: Look, address: (word: string) => string, t: Translate): LookSwitch[] => [
  {
    text: t(look.contrast ? "platform.look.contrastOff" : "platform.look.contrastOn"),
    href: address(wordOf({ ...look, contrast: !look.contrast })),
  },
  {
    text: t(look.large ? "platform.look.largeOff" : "platform.look.largeOn"),
    href: address(wordOf({ ...look, large: !look.large })),
  },
];
