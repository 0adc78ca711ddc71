import type { Client } from "../browse/client.ts";
import { attribute } from "../browse/html.ts";
import type { Town } from "./town.ts";

/** A page that is read again and again, and the bare question that stands beside it. */
export type Measured = {
  name: string;
  path: string;
  /** Cookies of whoever reads it; "" for a visitor. */
  cookie: string;
  bare: { kind: "list" | "work" | "one" | "file"; key: string };
  /** The least ratio to the bare page that is wanted. */
  least?: number;
  /** Measured in a quick run, too. */
  quick?: true;
};

export const cookieOf = ({ cookies }: Client): string =>
  [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");

const linkLike = async (client: Client, path: string, pattern: RegExp): Promise<string> => {
  const page = await client.get(path);
  const found = page
    .listByRole("link")
    .map((link) => attribute(link, "href") ?? "")
    .find((href) => pattern.test(href));
  if (!found) throw new Error(`${path} (${page.status}) has no link like ${pattern}: ${page.text.slice(0, 300)}`);
  return found;
};

/** The pages of the table, with the addresses that this town gives them. */
export async function choosePages(
  town: Town,
  people: { visitor: Client; citizen: Client; desk: Client; specialist: Client },
): Promise<Measured[]> {
  const code = town.online[0]?.code ?? "";
  const dossier = await linkLike(people.specialist, "/mot-cua?muc=co-quan", /^\/mot-cua\/ho-so\//);
  const own = await linkLike(people.citizen, "/ca-nhan/ho-so", /^\/ca-nhan\/ho-so\/[A-Z0-9]+$/);
  const reference = own.split("/").at(-1) ?? "";
  const one = { kind: "one", key: reference } as const;
  const list = { kind: "list", key: town.agency.id } as const;
  const officer = cookieOf(people.specialist);
  const file = await linkLike(people.citizen, own, /\/tep\//);
  return [
    { name: "home", path: "/", cookie: "", bare: one, least: 0.4 },
    { name: "search", path: "/thu-tuc?q=dang%20ky%20khai%20sinh", cookie: "", bare: list, least: 0.6 },
    { name: "search, mistyped", path: "/thu-tuc?q=dang%20ky%20khai%20sihn", cookie: "", bare: list },
    { name: "procedure page", path: `/thu-tuc/${code}`, cookie: "", bare: one, least: 0.6, quick: true },
    { name: "tracking", path: `/tra-cuu?ma=${reference}`, cookie: "", bare: one, least: 0.6 },
    { name: "worklist", path: "/mot-cua?muc=co-quan", cookie: officer, bare: list, least: 0.5, quick: true },
    {
      name: "worklist, beside a page that counts",
      path: "/mot-cua?muc=co-quan",
      cookie: officer,
      bare: { kind: "work", key: town.agency.id },
      least: 0.6,
    },
    { name: "officer's dossier page", path: dossier, cookie: officer, bare: one },
    { name: "citizen's dossier page", path: own, cookie: cookieOf(people.citizen), bare: one },
    { name: "file of 120 kB", path: file, cookie: cookieOf(people.citizen), bare: { kind: "file", key: "one" } },
  ];
}
