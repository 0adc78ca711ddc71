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

const ISSUER =
  "NODE_EXTRA_CA_CERTS: tệp .pem của nơi cấp chứng thư số của máy đó / the .pem of who issued that machine's certificate";
const DATES = "Gia hạn chứng thư số của máy đó, xem đồng hồ / renew that machine's certificate, look at the clock";
const CERTIFICATES: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: ISSUER,
  SELF_SIGNED_CERT_IN_CHAIN: ISSUER,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ISSUER,
  UNABLE_TO_GET_ISSUER_CERT: ISSUER,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ISSUER,
  ERR_TLS_CERT_ALTNAME_INVALID:
    "Ghi đúng tên máy có trong chứng thư số của nó / call the machine by a name that its certificate has",
  CERT_HAS_EXPIRED: DATES,
  CERT_NOT_YET_VALID: DATES,
};

/** What to do where a machine's certificate is not believed; undefined: that is not what went wrong. */
export const certificateAdvice = (error: unknown): string | undefined =>
  CERTIFICATES[(error as { code?: string }).code ?? ""];
