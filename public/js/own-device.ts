/**
 * What was typed while the line was down, kept on this device only after its owner said that it is theirs. Signing out
 * clears it. A browser that keeps nothing keeps nothing here, either.
 */
export type Kept = { fields: string; version: string; page: string };

const OWNED = "mot-cua:may-cua-toi";
const keyOf = (address: string): string => `mot-cua:chua-gui:${address}`;

const quietly = <T>(read: () => T, otherwise: T): T => {
  try {
    return read();
  } catch {
    return otherwise;
  }
};

/** A machine that many people use keeps nothing, and asks nobody whether it may. */
export const isShared = (): boolean => document.documentElement.dataset["shared"] !== undefined;

export const isOwn = (): boolean => !isShared() && quietly(() => localStorage.getItem(OWNED) === "1", false);

export function setOwn(own: boolean): void {
  if (own) quietly(() => localStorage.setItem(OWNED, "1"), undefined);
  else clear();
}

export function keep(address: string, kept: Kept): boolean {
  if (!isOwn()) return false;
  return quietly(() => {
    localStorage.setItem(keyOf(address), JSON.stringify(kept));
    return true;
  }, false);
}

export const find = (address: string): Kept | null =>
  quietly(() => JSON.parse(localStorage.getItem(keyOf(address)) ?? "null") as Kept | null, null);

export const drop = (address: string): void => quietly(() => localStorage.removeItem(keyOf(address)), undefined);

/** Everything of this portal. */
export const clear = (): void =>
  quietly(() => {
    for (const key of Object.keys(localStorage)) if (key.startsWith("mot-cua:")) localStorage.removeItem(key);
  }, undefined);
