/** Where scripts ask which communes a province has. */
export const paths = { communes: "/don-vi-hanh-chinh" } as const;
