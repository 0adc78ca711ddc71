export * from "./pages/admin.ts";
export * from "./pages/board.ts";
export * from "./pages/kiosk.ts";
export * from "./pages/panel.ts";
export * from "./pages/places.ts";
export * from "./pages/self-service.ts";
export * from "./pages/ticket.ts";
