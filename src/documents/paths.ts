export const paths = {
  /** The paper as an officer opens it. */
  workPaper: (id: string): string => `/mot-cua/giay-to/${id}`,
  /** The paper as its applicant opens it. */
  ownPaper: (id: string): string => `/ca-nhan/giay-to/${id}`,
  verification: (token: string): string => `/xac-minh/${token}`,
};
