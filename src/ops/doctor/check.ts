/** What one look found: all is well, something to know, or something that must be mended before the portal serves. */
export type Finding = {
  is: "ok" | "warning" | "failure";
  /** What was looked at, and what is there. */
  text: string;
  /** What to do; with anything that is not "ok". */
  advice?: string;
};

export const ok = (text: string): Finding => ({ is: "ok", text });
export const warning = (text: string, advice: string): Finding => ({ is: "warning", text, advice });
export const failure = (text: string, advice: string): Finding => ({ is: "failure", text, advice });

/** What went wrong in one line, without what it was about. */
export const reasonOf = (error: unknown): string => {
  const { code, message } = error as { code?: string; message?: string };
  return code ?? message?.split("\n")[0]?.slice(0, 200) ?? "?";
};
