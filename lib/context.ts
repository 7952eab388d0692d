declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** Ids are branded: only the function that authorised an id may mint its type. */
export type PersonId = Branded<'PersonId'>;
export type SessionId = Branded<'SessionId'>;
export type EnvironmentId = Branded<'EnvironmentId'>;
export type ConnectionId = Branded<'ConnectionId'>;
export type ApiKeyId = Branded<'ApiKeyId'>;

export type Role = 'member' | 'admin' | 'auditor';

/** Where a request came from, for audit rows and logs. */
export interface RequestFacts {
  requestId: string;
  ip: string | null;
  userAgent: string | null;
}

/** A signed-in person behind a request, minted by `lib/session`; or the owner of an API key, minted by `lib/broker/keys`. */
export interface PersonContext {
  kind: 'person';
  personId: PersonId;
  displayName: string;
  role: Role;
  sessionId: SessionId;
  /**
   * When this session proved who it is: by a fresh sign-in (`prompt=login`), set-up or a sign-in link; ≤ 10 minutes
   * ago counts as fresh. The Unix epoch after a plain sign-in, which a remembered Salesforce session may answer.
   */
  authenticatedAt: Date;
  /** The person's own choices; null means "as in Salesforce". */
  locale: string | null;
  timeZone: string | null;
  request: RequestFacts;
  /** Set when a program acts for the person by an API key. It has no session, and its sign-in is never fresh. */
  apiKey?: { id: ApiKeyId; prefix: string; name: string };
}

/** The portal itself at work: a job, a consent callback before anyone is known, a command line. */
export interface SystemContext {
  kind: 'system';
  reason: string;
  request: RequestFacts | null;
}

export type Context = PersonContext | SystemContext;
