/**
 * How long filling something in takes, by the keystroke-level model: what is typed, pointed at and read, each at the time
 * that it takes an ordinary person on a phone. Waiting for the portal is not in it.
 */
import type { Value } from "./client.ts";

const KEY_SECONDS = 0.28;
const POINT_SECONDS = 1.35;
const READ_SECONDS = 2;

/** Keys of the Telex layout: every mark of a Vietnamese letter is another key (ễ: e e x), and so is the bar of a đ. */
export const keysOf = (text: string): number => [...text.normalize("NFD").replace(/[đĐ]/g, "dd")].length;

/** What one person did so far, page by page. */
export class Effort {
  private keys = 0;
  private points = 0;
  private readonly read: string[] = [];

  /** A page is before them; its name is for the report. */
  page(name: string): void {
    this.read.push(name);
  }

  /** Points at a control and types into it. */
  type(text: string): void {
    this.points++;
    this.keys += keysOf(text);
  }

  /** Points at a button, an answer, or a file. */
  point(times = 1): void {
    this.points += times;
  }

  /** Opens a list and points at a line of it. */
  choose(): void {
    this.point(2);
  }

  /** Gives a value to a control of this type, where another one stands. */
  give(type: string, value: Value, stands: readonly string[]): void {
    const texts = [value].flat().filter((one) => typeof one === "string");
    if (type === "file") this.point(2 * [value].flat().length);
    else if (texts.join("\n") === stands.join("\n")) return;
    else if (type === "select") this.choose();
    else if (type === "radio" || type === "checkbox") this.point(texts.length || 1);
    else this.type(texts.join(""));
  }

  get pages(): number {
    return this.read.length;
  }

  get seconds(): number {
    return this.keys * KEY_SECONDS + this.points * POINT_SECONDS + this.read.length * READ_SECONDS;
  }

  toString(): string {
    return `${Math.round(this.seconds)} s: ${this.read.length} pages, ${this.keys} keys, ${this.points} times pointed`;
  }
}
