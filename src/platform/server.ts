import { createServer as createHttpServer, IncomingMessage, type Server, ServerResponse } from "node:http";
import express, { type Express } from "express";

/**
 * Longer than a proxy keeps a connection that it may use again (nginx: 60 s): who closes first must be the one who asks,
 * or a form is sent into a connection that ends in that moment and nobody answers it.
 */
const KEEP_ALIVE_MS = 65_000;

/**
 * An HTTP server whose requests and answers are born with Express's methods. Express gives them to each one afterwards by
 * changing its prototype, after which V8 reads every property of it the slow way, a tenth of a page's time. No official
 * way: where Express's app does not look for its methods on `request` and `response` any more, it only is slow again.
 * The server may listen before it has an app, since the app wants to know its port.
 */
export function createServer(): { server: Server; answerWith(app: Express): void } {
  class PortalRequest extends IncomingMessage {}
  class PortalResponse extends ServerResponse {}
  const server = createHttpServer({
    IncomingMessage: PortalRequest,
    ServerResponse: PortalResponse,
    keepAliveTimeout: KEEP_ALIVE_MS,
  });
  return {
    server,
    answerWith(app) {
      const own = { app: { value: app, configurable: true, enumerable: true, writable: true } };
      Object.defineProperties(PortalRequest.prototype, {
        ...Object.getOwnPropertyDescriptors(express.request),
        ...own,
      });
      Object.defineProperties(PortalResponse.prototype, {
        ...Object.getOwnPropertyDescriptors(express.response),
        ...own,
      });
      app.request = PortalRequest.prototype as unknown as Express["request"];
      app.response = PortalResponse.prototype as unknown as Express["response"];
      server.on("request", app);
    },
  };
}
