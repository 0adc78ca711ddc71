/** A pad to sign on, by pen, finger or mouse; what was drawn is sent as a PNG. Only where scripts run. */
export default function signature(form: HTMLFormElement): void {
  const canvas = form.querySelector("canvas");
  const picture = form.querySelector<HTMLInputElement>('input[name="picture"]');
  const pen = canvas?.getContext("2d");
  if (!canvas || !picture || !pen) return;
  form.hidden = false;
  pen.lineWidth = 3;
  pen.lineCap = "round";
  pen.lineJoin = "round";
  pen.strokeStyle = "#0b1f66";
  let isDrawn = false;
  const place = (event: PointerEvent): [number, number] => {
    const box = canvas.getBoundingClientRect();
    return [
      ((event.clientX - box.left) * canvas.width) / box.width,
      ((event.clientY - box.top) * canvas.height) / box.height,
    ];
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(...place(event));
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    pen.lineTo(...place(event));
    pen.stroke();
    isDrawn = true;
  });
  form.querySelector("[data-clear]")?.addEventListener("click", () => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    isDrawn = false;
  });
  form.addEventListener("submit", () => {
    picture.value = isDrawn ? canvas.toDataURL("image/png") : "";
  });
}
