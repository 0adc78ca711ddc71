import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
// @ts-expect-error it comes without types
import Provider from "oidc-provider";
import { atEnd } from "./ending.ts";

/** What VNeID's single sign-on says of each of its people, by what they type to sign in there. */
export type People = Record<string, Record<string, unknown>>;

/** A certified provider on a free port: it asks who comes, and believes them. Gone after the last test of the file. */
export async function startIdentityProvider(people: People, redirectUri: () => string) {
  let provider: { callback(): (req: unknown, res: unknown) => void } | undefined;
  const server = createServer((req, res) => provider?.callback()(req, res));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  atEnd(() => new Promise((resolve) => server.close(resolve)));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const claims = [
    "LoaiTaiKhoan",
    "MaSoThue",
    "SoDinhDanh",
    "HoVaTen",
    "NgayThangNamSinh",
    "ThuDienTu",
    "SoDienThoai",
    "IAL",
  ];
  const client = { clientId: "mot-cua", clientSecret: "a secret between portal and provider" };
  return {
    settings: { issuer, scope: "openid profile", ...client },
    /** The portal's address is known only once it listens. */
    open() {
      provider = new Provider(issuer, {
        clients: [{ client_id: client.clientId, client_secret: client.clientSecret, redirect_uris: [redirectUri()] }],
        claims: { profile: claims },
        pkce: { required: () => true },
        cookies: { keys: ["keys of a test"] },
        findAccount: (_: unknown, id: string) => ({
          accountId: id,
          claims: () => ({ sub: id, ...people[id] }),
        }),
      });
    },
  };
}
