import type { ZxcvbnFactory } from "@zxcvbn-ts/core";

/** What people here try first; guessers do, too. */
const WORDS = "matkhau anhyeuem emyeuanh yeuem vietnam saigon hanoi khongcho khongbiet congdan dichvucong motcua".split(
  " ",
);

/** Says while somebody types how hard a password is to guess; the server judges it in any case. */
export default (element: HTMLElement): void => {
  const input = document.getElementById(element.dataset["for"] ?? "") as HTMLInputElement | null;
  const meter = element.querySelector("meter");
  const output = element.querySelector("output");
  if (!input || !meter || !output) return;
  const words: unknown = JSON.parse(element.dataset["words"] ?? "[]");
  const said = Array.isArray(words) ? words.map(String) : [];
  let judge: ZxcvbnFactory | undefined;
  const show = async () => {
    element.hidden = input.value === "";
    if (element.hidden) return;
    // Only who types a password loads what judges it.
    const { ZxcvbnFactory } = await import("@zxcvbn-ts/core");
    judge ??= new ZxcvbnFactory({ dictionary: { here: WORDS } });
    const { score } = judge.check(input.value.slice(0, 100));
    meter.value = score;
    output.textContent = said[score < 2 ? 0 : score < 4 ? 1 : 2] ?? "";
  };
  input.addEventListener("input", () => void show());
};
