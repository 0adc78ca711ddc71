/** Says that a file is too large before minutes go into sending it. */
export default function fileSize(element: HTMLElement): void {
  const input = element as HTMLInputElement;
  const errorId = `${input.id}-size`;
  const described = input.getAttribute("aria-describedby") ?? "";
  input.addEventListener("change", () => {
    document.getElementById(errorId)?.remove();
    input.setAttribute("aria-describedby", described);
    input.removeAttribute("aria-invalid");
    const large = [...(input.files ?? [])].filter((file) => file.size > Number(input.dataset["maxBytes"]));
    if (large.length === 0) return;
    const error = document.createElement("p");
    error.id = errorId;
    error.className = "govuk-error-message";
    error.setAttribute("role", "alert");
    error.textContent = `${large.map((file) => file.name).join(", ")}: ${input.dataset["tooLarge"]}`;
    input.before(error);
    input.setAttribute("aria-describedby", `${described} ${errorId}`);
    input.setAttribute("aria-invalid", "true");
    input.value = "";
  });
}
