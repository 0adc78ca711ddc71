declare module "#platform/i18n.ts" {
  interface Messages {
    authoring: typeof vi;
  }
}

export const vi = {
  /** What a step of the history did; its places are filled from the step. */
  did: {
    begun: "Mở bản soạn thảo",
  },
  refused: {
    closed: "Bản soạn thảo này đã được công bố hoặc đã hủy nên không sửa được nữa. Hãy mở một bản soạn thảo mới.",
  },
};
