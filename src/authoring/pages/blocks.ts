import type { Button, LinkButton, Part } from "#platform/components.ts";
import type { Page } from "#platform/render.ts";
import type { Frame } from "./frame.ts";

/** A small form of a page. `about` is read aloud after a button's text: "Bỏ" + "giấy tờ Tờ khai". */
export type BlockForm = {
  action: string;
  method?: "get";
  hasFiles?: boolean;
  hidden?: readonly { name: string; value: string }[];
  parts?: readonly Part[];
  buttons: readonly (Button & { about?: string })[];
};
export type Block = {
  id?: string;
  title?: string;
  parts?: readonly Part[];
  links?: readonly LinkButton[];
  form?: BlockForm;
};
/** A page made of blocks below the frame; every page of procedures and manuscripts that needs no picture is one. */
export type BlocksPage = Page & { frame: Frame; blocks: readonly Block[] };
declare module "#platform/render.ts" {
  interface Views {
    "authoring/page": BlocksPage;
  }
}
