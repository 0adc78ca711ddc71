/** A text as a QR code for a page, SVG. Its library is loaded when the first one is drawn: few pages show any. @param margin in modules */
export async function qrSvg(text: string, margin = 1): Promise<string> {
  const { default: qrcode } = await import("qrcode");
  return qrcode.toString(text, { type: "svg", margin });
}
