/** The front door, and what is said there about the portal itself. */
export const paths = {
  home: "/",
  accessibility: "/kha-nang-tiep-can",
} as const;
