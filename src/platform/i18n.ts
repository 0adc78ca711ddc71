import i18next, { type i18n } from "i18next";

export type Language = "vi" | "en";
export const languages: readonly Language[] = ["vi", "en"];

/**
 * All texts; each room adds its own from messages.ts:
 * `declare module "#platform/i18n.ts" { interface Messages { dossiers: typeof vi } }`
 */
export interface Messages {
  platform: typeof import("./messages.ts").vi;
}

type Leaves<T, P extends string> = {
  [K in keyof T & string]: T[K] extends string ? `${P}${K}` : Leaves<T[K], `${P}${K}.`>;
}[keyof T & string];

/** A dotted path to a text, "dossiers.submit.title". */
export type MessageKey = Leaves<Messages, "">;
export type MessageParams = Readonly<Record<string, string | number>>;
export type Translate = (key: MessageKey, params?: MessageParams) => string;

const spoken = new WeakMap<Translate, Language>();
/** The language that a translator speaks. */
export const languageOf = (t: Translate): Language => spoken.get(t) ?? "vi";

/** The shape that an English text set must have to stand beside a Vietnamese one. */
export type SameShape<T> = { [K in keyof T]: T[K] extends string ? string : SameShape<T[K]> };

type Room = { vi: object; en?: object };

const PLACE = /\{\{\s*(\w+)\s*\}\}/;

/** A text cut at its places: words, name, words, name, ..., words. */
type Pieces = readonly string[];

function fillIn(pieces: Pieces, params: MessageParams): string {
  let text = pieces[0] ?? "";
  for (let i = 1; i < pieces.length; i += 2) text += `${params[pieces[i] as string] ?? ""}${pieces[i + 1]}`;
  return text;
}

/** Builds the translators once from every room's texts; a room without English falls back to Vietnamese. */
export const createTranslators = (rooms: { [R in keyof Messages]: Room }): Record<Language, Translate> => {
  const instance: i18n = i18next.createInstance();
  const translation = (language: Language) =>
    Object.fromEntries(Object.entries(rooms).map(([name, room]: [string, Room]) => [name, room[language] ?? room.vi]));
  void instance.init({
    lng: "vi",
    fallbackLng: "vi",
    initAsync: false,
    showSupportNotice: false,
    interpolation: { escapeValue: false },
    resources: { vi: { translation: translation("vi") }, en: { translation: translation("en") } },
  } as Parameters<i18n["init"]>[0]);
  const translator = (language: Language): Translate => {
    const fixed = instance.getFixedT(language);
    const known = new Map<MessageKey, { text: string; pieces: Pieces }>();
    // A page asks for hundreds of texts: each is looked up and cut once, and its places are filled in here.
    const lookUp = (key: MessageKey) => {
      const text = fixed(key, { skipInterpolation: true });
      const found = { text, pieces: text.split(PLACE) };
      known.set(key, found);
      return found;
    };
    const translate: Translate = (key, params) => {
      const { text, pieces } = known.get(key) ?? lookUp(key);
      return params ? fillIn(pieces, params) : text;
    };
    spoken.set(translate, language);
    return translate;
  };
  return { vi: translator("vi"), en: translator("en") };
};
