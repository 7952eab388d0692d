import type { ConsentIntent } from '@/lib/consent/types';
import type { Problem } from '@/lib/errors';

export interface ConsentRequest {
  /** Slug of the environment. */
  environment: string;
  intent: ConsentIntent;
  callbackUrl?: string;
  /** Id of the connection that is to be reconnected. */
  reconnect?: string;
  /** Ask Salesforce to prove again who is there. */
  fresh?: boolean;
}

export type ConsentStart = { ok: true; url: string } | { ok: false; problem: Problem };

const UNREACHABLE: Problem = {
  code: 'UNAVAILABLE',
  message: 'Orgdock did not answer.',
  nextStep: 'Check your network connection and try again.',
  salesforce: null,
  details: {},
};

/** Asks Orgdock for the address of Salesforce's consent page. Never throws. */
export async function startConsent(request: ConsentRequest): Promise<ConsentStart> {
  try {
    const response = await fetch('/api/consent', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    const body: unknown = await response.json();
    if (response.ok && isRecord(body) && typeof body.url === 'string') return { ok: true, url: body.url };
    if (isRecord(body) && isProblem(body.problem)) return { ok: false, problem: body.problem };
    return { ok: false, problem: UNREACHABLE };
  } catch {
    return { ok: false, problem: UNREACHABLE };
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isProblem(value: unknown): value is Problem {
  return isRecord(value) && typeof value.code === 'string' && typeof value.message === 'string';
}
