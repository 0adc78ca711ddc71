import { Client, type Page } from "../browse/client.ts";
import { answersFor } from "../browse/fill.ts";
import { DEMO_PASSWORD, demoCitizens, demoOfficers } from "../demo.ts";
import { sampleName } from "../sample-answers.ts";
import { must, mustBe } from "./walk.ts";

export type Who = keyof typeof demoOfficers;

/** Everybody who takes part, each with a browser of their own; signed in once. */
export class People {
  readonly base: string;
  readonly number: number;
  private readonly browsers = new Map<string, Promise<Client>>();

  constructor(base: string, number: number) {
    this.base = base;
    this.number = number;
  }

  visitor(): Client {
    return new Client(this.base);
  }

  officer(who: Who): Promise<Client> {
    return this.once(who, () => this.signIn(new Client(this.base), demoOfficers[who].username));
  }

  /** A citizen of the demo cast, or somebody who signs up now. */
  citizen(key: "new" | keyof typeof demoCitizens): Promise<Client> {
    return this.once(`citizen ${key}`, () =>
      key === "new" ? this.signUp(new Client(this.base)) : this.signIn(new Client(this.base), demoCitizens[key].phone),
    );
  }

  private once(key: string, open: () => Promise<Client>): Promise<Client> {
    const known = this.browsers.get(key) ?? open();
    this.browsers.set(key, known);
    return known;
  }

  private async signIn(browser: Client, username: string): Promise<Client> {
    const form = mustBe(await browser.get("/dang-nhap"), 200, "the sign-in page");
    const page = await form.submit("Đăng nhập", { username, password: DEMO_PASSWORD });
    must(!page.path.startsWith("/dang-nhap"), `${username} signs in (a portal with the demo people is needed)`, page);
    return browser;
  }

  private async signUp(browser: Client): Promise<Client> {
    const form = mustBe(await browser.get("/dang-ky"), 200, "the sign-up page");
    const password = "con đường tới một cửa";
    const known = {
      fullName: sampleName(this.number),
      phone: `09${String(this.number % 100_000_000).padStart(8, "0")}`,
      password,
      passwordAgain: password,
      "birthDate.day": "",
      "birthDate.month": "",
      "birthDate.year": "",
    };
    const page = await form.submit("Đăng ký", answersFor(form, known, false));
    must(page.status === 200 && !page.path.startsWith("/dang-ky"), "a new citizen signs up", page);
    return browser;
  }
}

/** A person who has no business with it: what they may not see does not exist. */
export async function mustNotSee(browser: Client, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const page: Page = await browser.get(path);
    must(page.status === 404, `somebody else's ${path} does not exist for them`, page);
  }
}
