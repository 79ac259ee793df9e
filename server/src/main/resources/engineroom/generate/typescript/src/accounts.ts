import type { CallOptions, Connection, Tokens } from "./connection.js";

/** A session that has begun. */
export interface SignedIn<User> {
  /** What the user may read of their own row. */
  readonly user: User;
  /** Seconds that an access token is good, or a cookie. */
  readonly expiresIn: number;
}

/** The second factor is asked for. */
export interface SecondFactorNeeded {
  readonly mfaToken: string;
  readonly methods: readonly ("totp" | "recoveryCode")[];
  readonly expiresIn: number;
}

/** What showing credentials led to: `"user" in answer` tells. */
export type SignInAnswer<User> = SignedIn<User> | SecondFactorNeeded;

/** Who is calling. */
export interface Me<User> {
  readonly user: User;
  readonly roles: readonly string[];
  readonly session: string | null;
  readonly impersonator?: string;
}

/** One device or program that somebody signed in with. */
export interface Session {
  readonly id: string;
  readonly kind: string;
  readonly createdAt: string;
  readonly lastUsedAt: string;
  readonly expiresAt: string;
  readonly userAgent: string | null;
  readonly addressPrefix: string | null;
  readonly current: boolean;
}

/** What `signIn` takes. */
export interface Credentials {
  /** The e-mail address or the user name. */
  readonly login: string;
  readonly password: string;
}

/** What `signUp` takes besides fields of the user. */
export interface NewAccount {
  readonly email: string;
  readonly password: string;
  readonly invitation?: string;
}

/** Who is signed in: signing up, in and out. The session goes with every call of the same connection. */
export class Accounts<User, UserCreate> {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Makes an account and signs in; undefined where the address must be confirmed first. */
  async signUp(account: NewAccount & Partial<Omit<UserCreate, keyof NewAccount>>, options?: CallOptions) {
    const answer = await this.#begin("/auth/sign-up", account, options);
    return answer as SignedIn<User> | undefined;
  }

  /** Begins a session, or asks for the second factor. */
  async signIn(credentials: Credentials, options?: CallOptions): Promise<SignInAnswer<User>> {
    return (await this.#begin("/auth/sign-in", credentials, options)) as SignInAnswer<User>;
  }

  /** Gives the second factor that `signIn` asked for. */
  async verify(
    factor: { readonly mfaToken: string } & ({ readonly code: string } | { readonly recoveryCode: string }),
    options?: CallOptions,
  ): Promise<SignedIn<User>> {
    return (await this.#begin("/auth/mfa/verify", factor, options)) as SignedIn<User>;
  }

  /** Ends the session; well done also where there is none. */
  async signOut(options?: CallOptions): Promise<void> {
    const tokens = await this.#connection.tokens();
    await this.#connection.keep(undefined);
    if (tokens === undefined && this.#connection.session === "tokens") {
      return;
    }
    const body = tokens === undefined ? {} : { refreshToken: tokens.refreshToken };
    await this.#connection.send({ ...options, method: "POST", path: "/auth/sign-out", body, bare: true, once: true });
  }

  /** Who is calling. */
  async me(options?: CallOptions): Promise<Me<User>> {
    return (await this.#connection.send({ ...options, method: "GET", path: "/auth/me" })) as Me<User>;
  }

  /** Changes the password; all other sessions end. */
  async changePassword(change: { readonly current: string; readonly password: string }, options?: CallOptions) {
    await this.#connection.send({ ...options, method: "POST", path: "/auth/password", body: change, once: true });
  }

  /** Sends a mail with a link to set another password; well done whoever has the address. */
  async requestPasswordReset(email: string, options?: CallOptions): Promise<void> {
    const path = "/auth/password/reset";
    await this.#connection.send({ ...options, method: "POST", path, body: { email }, bare: true, once: true });
  }

  /** Sets another password with the token of the mail; all sessions end. */
  async resetPassword(reset: { readonly token: string; readonly password: string }, options?: CallOptions) {
    const path = "/auth/password/reset/confirm";
    await this.#connection.send({ ...options, method: "POST", path, body: reset, bare: true, once: true });
  }

  /** Confirms an address with the token of the mail. */
  async confirmEmail(token: string, options?: CallOptions): Promise<void> {
    const path = "/auth/verify";
    await this.#connection.send({ ...options, method: "POST", path, body: { token }, bare: true, once: true });
  }

  /** The caller's sessions, the latest first. */
  async sessions(options?: CallOptions): Promise<readonly Session[]> {
    const answer = await this.#connection.send({ ...options, method: "GET", path: "/auth/sessions" });
    return (answer as { readonly data: readonly Session[] }).data;
  }

  /** Ends one of the caller's sessions. */
  async endSession(id: string, options?: CallOptions): Promise<void> {
    const path = `/auth/sessions/${encodeURIComponent(id)}`;
    await this.#connection.send({ ...options, method: "DELETE", path, once: true });
  }

  /** Ends all of the caller's sessions but this one. */
  async endOtherSessions(options?: CallOptions): Promise<void> {
    await this.#connection.send({ ...options, method: "DELETE", path: "/auth/sessions", once: true });
  }

  async #begin(path: string, given: object, options?: CallOptions): Promise<unknown> {
    const { session } = this.#connection;
    const body = path === "/auth/mfa/verify" ? given : { ...given, session };
    const answer = await this.#connection.send({ ...options, method: "POST", path, body, bare: true, once: true });
    if (typeof answer !== "object" || answer === null || !("accessToken" in answer)) {
      return answer;
    }
    const { accessToken, refreshToken, ...rest } = answer as unknown as Tokens & SignedIn<User>;
    await this.#connection.keep({ accessToken, refreshToken });
    return rest;
  }
}
