import { z } from 'zod';
import { act, fault, text } from '@/lib/audit/act';

/** What becomes of a consumer secret while it is rotated. */
export const SECRET_ACTS = [
  /** A next consumer secret lies in the vault and is not used yet. */
  act('environment.secret_stage', 'environment', { rotationId: text, source: text }),
  /** The staged secret is the present one from now on, the one before is kept for a second try. */
  act('environment.secret_apply', 'environment', {
    rotationId: text,
    source: text,
    behaviour: text,
    people: z.number().int(),
    connections: z.number().int(),
  }),
  /** The org is asked, with the access tokens of these connections, whether they work, before a secret is applied and after. */
  act('environment.secret_look_at_grants', 'environment', { connectionIds: z.array(text) }),
  /** The org was told to rotate: whether it did; null: its answer was lost. */
  act('environment.secret_tell_org', 'environment', {
    rotationId: text,
    rotated: z.boolean().nullable(),
    ...fault,
  }),
  /** Applying was undone: the secret before is the present one again, and the new one waits. */
  act('environment.secret_take_back', 'environment', { rotationId: text, why: text }),
  act('environment.secret_cancel', 'environment', { rotationId: text, discarded: z.boolean().nullable() }),
  /** Salesforce accepted the present secret, so the one before was deleted. */
  act('environment.secret_retired', 'environment', { rotationId: text.nullable() }),
  /** What the org did to grants when the secret was applied; `ended`: how many connections ask for a new consent. */
  act('environment.secret_behaviour', 'environment', {
    rotationId: text,
    behaviour: text,
    evidence: text,
    ended: z.number().int(),
  }),
] as const;
