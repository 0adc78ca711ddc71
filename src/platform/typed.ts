// Lone surrogates and NUL cannot be stored; the rest cannot be seen and may deceive a reader.
const UNFIT = /(?![\t\n\r])\p{Cc}|[\p{Cs}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** Several lines that somebody typed, fit to be stored and read: NFC, plain line ends, nothing invisible, trimmed. */
export const cleanTyped = (text: string): string =>
  text.replace(UNFIT, "").normalize("NFC").replace(/\r\n?/g, "\n").trim();
