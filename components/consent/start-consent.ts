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
  /** Ask Salesforce to prove again who is there. */
  fresh?: boolean;
}

export type ConsentStart = { ok: true; url: string } | { ok: false; problem: Problem };

/** Asks Orgdock for the address of Salesforce's consent page. Never throws. */
export async function startConsent(request: ConsentRequest): Promise<ConsentStart> {
  const answer = await postJson('/api/consent', request);
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
