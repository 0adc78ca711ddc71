/** Looking a dossier up without signing in. */
export const paths = {
  track: "/tra-cuu",
  found: (code: string): string => `/tra-cuu?ma=${encodeURIComponent(code)}`,
};
