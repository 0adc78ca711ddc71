/** What is still to be paid, and how amounts are written. Pure. */

/** One thing that is owed: a fee's line, or an obligation whose amount is known. đồng for one unit. */
export type Due = { feeId: string; name: string; amount: bigint; quantity: number };
type Taken = { feeId: string };

/** The id under which an obligation stands on a receipt. */
export const obligationId = (number: number): string => `obligation:${number}`;
/** The numbers of the obligations among what a receipt names. */
export const obligationsIn = (lines: readonly { feeId: string }[]): number[] =>
  lines.flatMap(({ feeId }) => /^obligation:(\d+)$/.exec(feeId)?.[1] ?? []).map(Number);

/** What is owed and on no receipt that stands; a fee of 0 is nothing to take. */
export const owed = (dues: readonly Due[], taken: readonly Taken[]): Due[] => {
  const paid = new Set(taken.map(({ feeId }) => feeId));
  return dues.filter(({ feeId, amount, quantity }) => !paid.has(feeId) && amount * BigInt(quantity) > 0n);
};

export const totalOf = (lines: readonly Pick<Due, "amount" | "quantity">[]): bigint =>
  lines.reduce((sum, { amount, quantity }) => sum + amount * BigInt(quantity), 0n);

/** "0000012": numbers of a book have seven digits. */
export const receiptNumber = (number: number): string => String(number).padStart(7, "0");

/** "26TAA": the year, T, two letters of those the tax authority uses (TT 91/2026/TT-BTC). */
export const SYMBOL = /^\d{2}T[ABCDEGHKLMNPQRSTUVXY]{2}$/;

const ONES = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"] as const;
const GROUPS = ["", " nghìn", " triệu", " tỷ", " nghìn tỷ", " triệu tỷ"] as const;

/** Three digits in words; `whole`: hundreds are said even when there are none. */
function threeInWords(value: number, whole: boolean): string {
  const [hundreds, tens, ones] = [Math.floor(value / 100), Math.floor((value % 100) / 10), value % 10];
  const words: string[] = [];
  if (hundreds > 0 || whole) words.push(`${ONES[hundreds]} trăm`);
  if (tens > 1) {
    words.push(`${ONES[tens]} mươi`);
    if (ones === 1) words.push("mốt");
    else if (ones === 5) words.push("lăm");
    else if (ones > 0) words.push(ONES[ones] as string);
  } else if (tens === 1) words.push(ones === 0 ? "mười" : `mười ${ones === 5 ? "lăm" : ONES[ones]}`);
  else if (ones > 0) words.push(hundreds > 0 || whole ? `linh ${ONES[ones]}` : (ONES[ones] as string));
  return words.join(" ");
}

/** An amount in words, as receipts need it: "Một triệu hai trăm linh năm nghìn đồng". */
export function amountInWords(amount: bigint): string {
  const groups: number[] = [];
  for (let rest = amount; rest > 0n; rest /= 1000n) groups.push(Number(rest % 1000n));
  const said = groups
    .map((value, i) => (value > 0 ? `${threeInWords(value, i < groups.length - 1)}${GROUPS[i]}` : ""))
    .reverse()
    .filter(Boolean)
    .join(" ");
  const text = `${said || "không"} đồng`;
  return text.charAt(0).toLocaleUpperCase("vi") + text.slice(1);
}
