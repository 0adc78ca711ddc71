/** Looking a dossier up without signing in. */
export const paths = {
  track: "/tra-cuu",
};
