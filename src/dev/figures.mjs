// `npm run figures`: what `npm run targets`, `npm run bench` and `npm run generate -- --measure` found last, put into the README between the
// marks `<!-- bench -->` and `<!-- /bench -->`, `<!-- growth -->` and `<!-- /growth -->`. Node built-ins only.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMain, root } from "./project.mjs";
import { command, Hint, say } from "./say.mjs";

const NAMES = ["targets", "bench", "growth"];

/** @param {string} text of the README @param {string} name @param {string} found @returns {string | null} null: it has no such place */
export function putBetween(text, name, found) {
  const place = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`);
  return place.test(text) ? text.replace(place, (_, begin, end) => `${begin}${found.trim()}\n${end}`) : null;
}

if (isMain(import.meta.url))
  await command(async () => {
    const readme = join(root, "README.md");
    let text = readFileSync(readme, "utf8");
    const measured = NAMES.filter((name) => existsSync(join(root, ".cache", `${name}.md`)));
    if (measured.length === 0)
      throw new Hint(
        "Chưa có số liệu: hãy chạy npm run bench trước.",
        "Nothing was measured yet: npm run bench first.",
      );
    for (const name of measured) {
      const filled = putBetween(text, name, readFileSync(join(root, ".cache", `${name}.md`), "utf8"));
      if (filled === null)
        throw new Hint(
          `README.md thiếu chỗ <!-- ${name} --> … <!-- /${name} -->.`,
          `README.md has no place <!-- ${name} --> … <!-- /${name} -->.`,
        );
      text = filled;
      say(`số liệu ${name} đã vào README`, `${name} stands in the README`);
    }
    writeFileSync(readme, text);
  });
