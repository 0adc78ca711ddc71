/** The front door. */
export const paths = {
  home: "/",
} as const;
