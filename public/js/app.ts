// Every page works without this. `data-behavior="print"` on an element loads behaviors/print.ts and hands it the element.
import { clear } from "./own-device.ts";
import { wake } from "./wake.ts";

wake(document);

// Signing out takes along what a device kept; the server says so, too, where the browser listens (Clear-Site-Data).
document.addEventListener("submit", (event) => {
  if ((event.target as HTMLFormElement).getAttribute("action") === "/dang-xuat") clear();
});

// Whoever is signed in fills in forms, and is told in our words when the line is down; so is who reads on. The first page
// costs nothing for it, and whoever just signed out leaves nothing behind.
const readsOn =
  document.referrer.startsWith(`${location.origin}/`) &&
  !/^\/(ca-nhan|mot-cua|quan-tri)(\/|$)/.test(new URL(document.referrer).pathname);
const isSignedIn = document.querySelector('form[action="/dang-xuat"]') !== null;
if ((isSignedIn || readsOn) && document.querySelector('link[rel="manifest"]'))
  window.addEventListener("load", () => void navigator.serviceWorker?.register("/sw.js").catch(() => undefined));

// A form is sent once: a second click on a slow line would file, pay or decide twice.
document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset["sent"]) {
    event.preventDefault();
    return;
  }
  form.dataset["sent"] = "true";
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
});

// Coming back by the browser's own button must find the form usable again.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.forms) {
    delete form.dataset["sent"];
    for (const button of form.querySelectorAll("button")) button.removeAttribute("aria-disabled");
  }
});
