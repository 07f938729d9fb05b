import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** Knows the server's token when it sees it. Takes the same time for every wrong one. */
export interface TokenCheck {
  isToken(candidate: string): boolean;
  isSession(candidate: string): boolean;
  /** What a browser's cookie holds in the token's place: made of it, and not the token itself. */
  readonly session: string;
}

export function createTokenCheck(token: string): TokenCheck {
  const session = createHmac("sha256", token).update("gambeson session").digest("base64url");
  return { session, isToken: equals(token), isSession: equals(session) };
}

function equals(secret: string): (candidate: string) => boolean {
  const expected = digest(secret);
  return (candidate) => timingSafeEqual(digest(candidate), expected);
}

function digest(text: string): Uint8Array {
  return createHash("sha256").update(text).digest();
}
