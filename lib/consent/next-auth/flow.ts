import type { ConsumedAttempt } from '@/lib/consent/attempts';
import type { LinkUnderWay } from '@/lib/consent/links/hand-over';
import type { PersonContext, RequestFacts, SessionId } from '@/lib/context';
import type { OAuthAppSecrets } from '@/lib/environments/oauth-app';
import type { UserInfo } from '@/lib/salesforce/types';

/** One consent on its way through next-auth. Lives for one callback request and holds no token. */
export interface ConsentFlow {
  readonly attempt: ConsumedAttempt;
  /** The value of `state` whose hash found the attempt. */
  readonly state: string;
  readonly app: OAuthAppSecrets;
  readonly request: RequestFacts;
  /** The connect link that is answered; nobody's session plays a part then. */
  readonly link: LinkUnderWay | null;
  /** Who is signed in in this browser. That session ends when a new one opens. */
  readonly current: PersonContext | null;
  /** Who came back, once Salesforce has said so. */
  user: UserInfo | null;
  outcome: ConsentOutcome | null;
  /** The first error; next-auth gets to see none of its words. */
  failure: unknown;
}

export type ConsentOutcome =
  | { kind: 'connected'; path: string }
  | { kind: 'signed_in'; sessionId: SessionId; path: string };
