import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from "@simplewebauthn/browser";

/** Asks the browser for a passkey and sends what it says with the form around it. */
export default (element: HTMLElement): void => {
  const button = element.querySelector("button");
  const answer = element.querySelector<HTMLInputElement>('input[name="answer"]');
  const message = element.querySelector<HTMLElement>('[role="alert"]');
  const form = element.closest("form");
  if (!button || !answer || !form || !browserSupportsWebAuthn()) return;
  element.hidden = false;
  button.addEventListener("click", async () => {
    if (message) message.textContent = "";
    try {
      const options = JSON.parse(element.dataset["options"] ?? "null");
      const said =
        element.dataset["kind"] === "create"
          ? await startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON })
          : await startAuthentication({ optionsJSON: options as PublicKeyCredentialRequestOptionsJSON });
      answer.value = JSON.stringify(said);
      form.requestSubmit();
    } catch {
      // Cancelled, or no passkey here: the other ways stand below.
      if (message) message.textContent = element.dataset["failed"] ?? "";
    }
  });
};
