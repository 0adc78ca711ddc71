import type { vi } from "./messages/vi.ts";

export { en } from "./messages/en.ts";
export { vi } from "./messages/vi.ts";

declare module "#platform/i18n.ts" {
  interface Messages {
    notifications: typeof vi;
  }
}
