/** A provider of electronic identities over OpenID Connect: authorization code with PKCE, state and nonce. */
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from "openid-client";
import type { IdentityProvider } from "#accounts/rules.ts";

export type OidcSettings = { issuer: string; clientId: string; clientSecret: string; scope: string };

/**
 * The provider of these settings; asked for its addresses when it is first needed, and again after it could not be reached.
 * Plain http is spoken to this machine alone.
 */
export function openIdentityProvider({ issuer, clientId, clientSecret, scope }: OidcSettings): IdentityProvider {
  let found: Promise<Configuration> | undefined;
  const isLocal = /^(localhost|127\.\d+\.\d+\.\d+)$/.test(new URL(issuer).hostname);
  const configuration = (): Promise<Configuration> => {
    found ??= discovery(
      new URL(issuer),
      clientId,
      clientSecret,
      undefined,
      isLocal ? { execute: [allowInsecureRequests] } : {},
    ).catch((error: unknown) => {
      found = undefined;
      throw error;
    });
    return found;
  };
  return {
    origin: new URL(issuer).origin,
    async begin(back, anew = false) {
      const asked = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
      const address = buildAuthorizationUrl(await configuration(), {
        redirect_uri: back,
        scope,
        ...(anew ? { prompt: "login" } : {}),
        state: asked.state,
        nonce: asked.nonce,
        code_challenge: await calculatePKCECodeChallenge(asked.verifier),
        code_challenge_method: "S256",
      });
      return { address: address.href, asked };
    },
    async finish(address, { state, nonce, verifier }) {
      const provider = await configuration();
      const tokens = await authorizationCodeGrant(provider, address, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new Error("the provider sent no identity");
      const more = await fetchUserInfo(provider, tokens.access_token, claims.sub);
      return { ...more, ...claims };
    },
  };
}
