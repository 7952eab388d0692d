import { postJson } from '@/components/forms/post-json';
import type { ConsentIntent } from '@/lib/consent/types';
import type { Problem } from '@/lib/errors';

export interface ConsentRequest {
  /** Slug of the environment. */
  environment: string;
  intent: ConsentIntent;
  callbackUrl?: string;
  /** Id of the connection that is to be reconnected. */
  reconnect?: string;
  /** Token of the link of an invitation that this sign-in accepts. */
  invitation?: string;
  /** Have Salesforce show its consent page, also to who has agreed before. */
  askAgain?: boolean;
  /** Ask Salesforce to prove again who is there. */
  fresh?: boolean;
  /** Set-up access, for administrators. */
  purpose?: 'bootstrap';
}

/** A sign-in through the company's own identity provider. */
export interface ProviderRequest {
  /** Slug of the identity provider. */
  provider: string;
  /** `confirm`: prove again who is signed in. `link`: add the identity to whoever is signed in. */
  intent: 'sign_in' | 'confirm' | 'link';
  callbackUrl?: string;
  /** Token of the link of an invitation that this sign-in accepts. */
  invitation?: string;
}

/** Going on from a connect link by its token, or trying again after a failure of it in this browser. */
export type LinkRequest = { token: string } | { failure: string };

export type ConsentStart = { ok: true; url: string } | { ok: false; problem: Problem };

/** Asks Orgdock for the address of Salesforce's consent page, or of the provider's sign-in page. Never throws. */
export async function startConsent(
  request: ConsentRequest | ProviderRequest | LinkRequest,
): Promise<ConsentStart> {
  const route = routeOf(request);
  const answer = await postJson(route, request);
  if (!answer.ok) return answer;
  if (typeof answer.body.url === 'string') return { ok: true, url: answer.body.url };
  const problem: Problem = {
    code: 'INTERNAL',
    message: 'Orgdock gave no address for the consent.',
    nextStep: 'Try again.',
    salesforce: null,
    details: {},
  };
  return { ok: false, problem };
}

function routeOf(request: ConsentRequest | ProviderRequest | LinkRequest): string {
  if ('provider' in request) return '/api/provider-sign-in';
  return 'environment' in request ? '/api/consent' : '/api/connect-link';
}
