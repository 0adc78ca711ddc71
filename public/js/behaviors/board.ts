/** A chime and a voice for each call. Browsers ring only after somebody touched the page, hence the two switches. */
type News = { call: { key: string; say: string } | null };

export default function board(place: HTMLElement): void {
  let last = place.dataset["call"] ?? "";
  let sound: AudioContext | null = null;
  let speaks = false;

  const ring = (): void => {
    if (!sound) return;
    for (const [frequency, after] of [
      [880, 0],
      [660, 0.35],
    ] as const) {
      const tone = sound.createOscillator();
      const volume = sound.createGain();
      const at = sound.currentTime + after;
      tone.frequency.value = frequency;
      volume.gain.setValueAtTime(0.4, at);
      volume.gain.exponentialRampToValueAtTime(0.001, at + 0.6);
      tone.connect(volume).connect(sound.destination);
      tone.start(at);
      tone.stop(at + 0.6);
    }
  };
  const speak = (text: string): void => {
    if (!speaks || !("speechSynthesis" in window)) return;
    const words = new SpeechSynthesisUtterance(text);
    words.lang = document.documentElement.lang === "en" ? "en-GB" : "vi-VN";
    words.rate = 0.9;
    speechSynthesis.speak(words);
  };

  place.addEventListener("live:state", (event) => {
    const { call } = (event as CustomEvent<News>).detail;
    if (!call || call.key === last) return;
    last = call.key;
    place.dataset["call"] = call.key;
    ring();
    speak(call.say);
  });

  const switches = place.querySelector<HTMLElement>(".board__switches");
  if (!switches) return;
  switches.hidden = false;
  for (const button of switches.querySelectorAll<HTMLButtonElement>("button[data-switch]")) {
    button.addEventListener("click", () => {
      const isOn = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(isOn));
      button.textContent = (isOn ? button.dataset["off"] : button.dataset["on"]) ?? "";
      if (button.dataset["switch"] === "speech") speaks = isOn;
      else {
        void sound?.close();
        sound = isOn ? new AudioContext() : null;
        ring();
      }
    });
  }
}
