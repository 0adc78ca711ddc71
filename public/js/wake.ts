type Behavior = { default: (element: HTMLElement) => void };

/** Hands every element below that asks for a behaviour to it. Every page works without this. */
export function wake(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>("[data-behavior]")) {
    for (const name of (element.dataset["behavior"] ?? "").split(" ")) {
      import(`./behaviors/${name}.ts`).then(
        (behavior: Behavior) => behavior.default(element),
        // A behaviour that did not arrive is one comfort less, not an error of the page.
        () => undefined,
      );
    }
  }
}
