import { randomBytes, randomInt } from 'node:crypto';
import type { SpendResult } from '@/lib/egress/types';
import { ORG_ID } from '../token-endpoint';
import type { NetworkFault } from './faults';

/** One grant as Salesforce sees it. */
export interface Family {
  current: string;
  readonly access: Set<string>;
  readonly consumed: Set<string>;
  alive: boolean;
  /** The rotation that gave the current token; null: consent gave it. */
  lastRotation: Rotation | null;
}

/** A rotation, the attempt that asked for it, and whether its answer was written down by anybody. */
interface Rotation {
  attemptId: string;
  kept: boolean;
}

const SECOND = 1_000;

type Answer = Extract<SpendResult, { kind: 'answered' }>;

/** What becomes of a token request: when it is done, when its answer comes, and which. */
export interface Course {
  processAfterMs: number;
  /** Null: no answer comes; the connection ends after `answerAfterMs`. */
  answer: 'own' | 'html 502' | 'html 504' | 'html 200' | 'html 429' | 'json 503' | 'refusal' | null;
  answerAfterMs: number;
  refusal?: { error: string; error_description: string };
  processed: boolean;
}

const plain: Course = { processAfterMs: 0, answer: 'own', answerAfterMs: 0, processed: true };

/** The course of a token request under a fault. */
export function courseOf(fault: NetworkFault | null): Course {
  switch (fault) {
    case null:
      return plain;
    case 'slow':
      return { ...plain, answerAfterMs: 12 * SECOND };
    case 'slower than every lease':
      return { ...plain, answerAfterMs: 100 * SECOND };
    case '502 before':
      return { ...plain, answer: 'html 502', processed: false };
    case '504 after':
      return { ...plain, answer: 'html 504', answerAfterMs: 30 * SECOND };
    case 'dropped before':
      return { ...plain, answer: null, processed: false };
    case 'dropped after':
    case 'truncated':
      return { ...plain, answer: null };
    case 'html before':
      return { ...plain, answer: 'html 200', processed: false };
    case 'html after':
      return { ...plain, answer: 'html 200' };
    case 'lost, and processed late':
      return { ...plain, answer: null, processAfterMs: 60 * SECOND };
    case 'status 429':
      return { ...plain, answer: 'html 429', processed: false };
    case 'json 503':
      return { ...plain, answer: 'json 503', processed: false };
    case 'already being processed':
      return {
        ...plain,
        answer: 'refusal',
        refusal: { error: 'invalid_grant', error_description: 'token request is already being processed' },
        processed: false,
      };
    case 'invalid_client':
      return {
        ...plain,
        answer: 'refusal',
        refusal: { error: 'invalid_client', error_description: 'invalid client credentials' },
        processed: false,
      };
  }
}

/** Salesforce with rotating refresh tokens, in memory: it remembers everything that must not have happened. */
export class FakeSalesforce {
  readonly violations: string[] = [];
  readonly families: Family[] = [];
  introspectedConsumed = 0;
  /** Tokens whose request waits at the edge. */
  readonly #queued = new Set<string>();
  /** Each schedule has its own user, 18 characters whose checksum is that of digits. */
  readonly userId = `005${String(randomInt(10 ** 12)).padStart(12, '0')}AAA`;

  consent(): Family {
    const family: Family = {
      current: newToken('5Aep'),
      access: new Set([newToken('00D000000000001!')]),
      consumed: new Set(),
      alive: true,
      lastRotation: null,
    };
    this.families.push(family);
    return family;
  }

  expireAccessTokens(): void {
    for (const family of this.families) family.access.clear();
  }

  accepts(accessToken: string): boolean {
    return this.families.some((family) => family.alive && family.access.has(accessToken));
  }

  /** A token request has left. */
  sent(token: string): void {
    if (this.#queued.has(token))
      this.violations.push('a token was sent while a request with it was on its way');
    this.#queued.add(token);
    this.#mustNotBeConsumed(token, '/token');
  }

  /** A token request is done, or given up at the edge. */
  process(token: string, { attemptId, processed }: { attemptId: string; processed: boolean }): Answer {
    this.#queued.delete(token);
    const family = this.#familyOf(token);
    if (!processed || !family?.alive || family.current !== token) return refusal(EXPIRED);
    family.consumed.add(token);
    family.current = newToken('5Aep');
    family.lastRotation = { attemptId, kept: false };
    const access = newToken('00D000000000001!');
    family.access.add(access);
    return answered(200, {
      access_token: access,
      refresh_token: family.current,
      instance_url: HOST,
      id: `${HOST}/id/${ORG_ID}/${this.userId}`,
      scope: 'api refresh_token',
      token_type: 'Bearer',
      issued_at: String(Date.UTC(2026, 10, 26)),
    });
  }

  /** The answer to an attempt is on a disk or in the database. */
  kept(attemptId: string): void {
    for (const { lastRotation } of this.families) {
      if (lastRotation?.attemptId === attemptId) lastRotation.kept = true;
    }
  }

  introspect(token: string): boolean {
    const family = this.#familyOf(token);
    if (family?.consumed.has(token)) this.introspectedConsumed += 1;
    return family?.alive === true && family.current === token;
  }

  revoke(token: string): Answer {
    this.#mustNotBeConsumed(token, '/revoke');
    const family = this.#familyOf(token);
    if (!family?.alive) return refusal({ error: 'invalid_token', error_description: 'invalid token' });
    family.alive = family.access.has(token);
    family.access.delete(token);
    return { kind: 'answered', status: 200, contentType: null, body: '' };
  }

  #mustNotBeConsumed(token: string, where: string): void {
    const family = this.#familyOf(token);
    if (!family?.consumed.has(token)) return;
    this.violations.push(`a consumed token was presented at ${where}`);
    family.alive = false;
  }

  #familyOf(token: string): Family | undefined {
    return this.families.find(
      ({ current, consumed, access }) => current === token || consumed.has(token) || access.has(token),
    );
  }
}

/** A host that the allow-list knows; nothing is ever sent there. */
export const HOST = 'https://acme.my.salesforce.com';

const EXPIRED = { error: 'invalid_grant', error_description: 'expired access/refresh token' };

/** An answer with a body of JSON. */
export function answered(status: number, body: unknown): Answer {
  return { kind: 'answered', status, contentType: 'application/json', body: JSON.stringify(body) };
}

/** A page of something in between. */
export function html(status: number): Answer {
  return {
    kind: 'answered',
    status,
    contentType: 'text/html',
    body: '<html>We are setting things up</html>',
  };
}

/** A refusal in Salesforce's form. */
export function refusal(body: { error: string; error_description: string }): Answer {
  return answered(400, body);
}

function newToken(prefix: string): string {
  return `${prefix}${randomBytes(18).toString('hex')}`;
}
