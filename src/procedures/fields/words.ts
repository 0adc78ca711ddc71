const DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"] as const;
const digit = (n: number): string => DIGITS[n] ?? "";

const below100 = (n: number): string => {
  const [tens, ones] = [Math.floor(n / 10), n % 10];
  if (tens === 0) return digit(ones);
  const head = tens === 1 ? "mười" : `${digit(tens)} mươi`;
  if (ones === 0) return head;
  if (ones === 5) return `${head} lăm`;
  if (tens > 1 && ones === 1) return `${head} mốt`;
  if (tens > 1 && ones === 4) return `${head} tư`;
  return `${head} ${digit(ones)}`;
};

const year = (n: number): string => {
  const [thousands, hundreds, rest] = [Math.floor(n / 1000), Math.floor((n % 1000) / 100), n % 100];
  const words = [`${digit(thousands)} nghìn`];
  if (hundreds > 0 || rest > 0) words.push(`${digit(hundreds)} trăm`);
  if (rest > 0) words.push(rest < 10 ? `linh ${digit(rest)}` : below100(rest));
  return words.join(" ");
};

/** A yyyy-MM-dd in Vietnamese words, as civil-status papers write it: "Ngày mười hai tháng tư năm hai nghìn ...". */
export const dateInWords = (date: string): string => {
  const [y = 0, m = 0, d = 0] = date.split("-").map(Number);
  return `Ngày ${below100(d)} tháng ${m === 4 ? "tư" : below100(m)} năm ${year(y)}`;
};
