import { type KeyContext, noteRefusal } from '@/lib/broker/call/note-refusal';
import type { BrokerKey } from '@/lib/broker/call/types';
import { bearerOf } from '@/lib/broker/keys/bearer';
import { type FoundKey, findKey } from '@/lib/broker/keys/find-key';
import { parseSecret } from '@/lib/broker/keys/secret';
import type { KeyPolicy } from '@/lib/broker/types';
import type { ApiKeyId, PersonId, RequestFacts, SessionId } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { addressKey } from '@/lib/limits/address-key';
import { countAgainst } from '@/lib/limits/count';
import { logRefused } from '@/lib/log';

/** The owner of a key behind a request, with what the day has brought so far. */
export interface Authenticated {
  ctx: KeyContext;
  key: BrokerKey;
  /** The database's clock. */
  at: Date;
  /** Of the day (UTC) of `at`. */
  today: { rows: number; calls: number };
}

/** A program has no session. */
const NO_SESSION = '00000000-0000-0000-0000-000000000000' as SessionId;

/**
 * The key of a request and its owner, as whom it acts. Throws API_KEY_INVALID, API_KEY_EXPIRED, API_KEY_REVOKED, and
 * RATE_LIMITED when an address has shown too many that are no good. A good one is never refused for the others of its address.
 */
export async function authenticate(headers: Headers, request: RequestFacts): Promise<Authenticated> {
  const secret = bearerOf(headers);
  const prefix = parseSecret(secret ?? '')?.prefix ?? null;
  const found = secret === null || prefix === null ? null : await findKey({ secret, prefix, request });
  if (!found) {
    await countAgainst('api_key_try', addressKey(request.ip));
    if (secret !== null) logRefused('API key', { prefix, ip: request.ip, requestId: request.requestId });
    throw invalid(secret !== null);
  }
  const ctx = contextOf(found, request);
  if (found.refusal) {
    await countAgainst('api_key_try', addressKey(request.ip));
    const { code: rule, message: reason } = found.refusal;
    await noteRefusal(ctx, { rule, reason, operation: 'authenticate', connectionId: null });
    throw found.refusal;
  }
  const { key, rows, calls, at } = found;
  return {
    ctx,
    key: { id: key.id as ApiKeyId, name: key.name, prefix: found.prefix, policy: key.policy as KeyPolicy },
    at,
    today: { rows: rows ?? 0, calls: calls ?? 0 },
  };
}

function contextOf({ key, person, prefix }: FoundKey, request: RequestFacts): KeyContext {
  return {
    kind: 'person',
    personId: person.id as PersonId,
    displayName: person.displayName,
    role: person.role,
    sessionId: NO_SESSION,
    authenticatedAt: new Date(0),
    locale: person.locale,
    timeZone: person.timeZone,
    request,
    apiKey: { id: key.id as ApiKeyId, prefix, name: key.name },
  };
}

function invalid(shown: boolean): AppError {
  const said = shown ? 'This API key is not known here.' : 'This needs an API key.';
  return new AppError('API_KEY_INVALID', said, {
    nextStep: 'Send the whole secret of a key as “Authorization: Bearer odk_…”.',
    details: shown ? {} : { presented: 'no' },
  });
}
