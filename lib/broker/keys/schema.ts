import { z } from 'zod';
import type { KeyForm } from '@/lib/broker/keys/types';
import { OVERLAPS } from '@/lib/broker/keys/types';
import { keyPolicySchema } from '@/lib/broker/policy/schema';
import type { KeyPolicy } from '@/lib/broker/types';
import { AppError } from '@/lib/errors';
import { parseForm } from '@/lib/form';

const DAY_MS = 86_400_000;
/** Longer than any policy of a real person. */
const MAX_POLICY_TEXT = 100_000;

export const keyNameSchema = z
  .string('Give the key a name.')
  .trim()
  .min(1, 'Give the key a name.')
  .max(80, 'Use at most 80 characters.');

export const overlapSchema = z.enum(OVERLAPS, 'Choose how long the secret before works.');

/** `keep`: as it is. */
const expirySchema = z
  .object({
    expires: z.enum(['30', '90', '365', 'date', 'never', 'keep'], 'Choose when the key ends.'),
    expiresOn: z.string().nullish(),
  })
  .transform(({ expires, expiresOn }, { addIssue, value }) => {
    if (expires === 'keep') return 'keep' as const;
    if (expires === 'never') return null;
    const now = Date.now();
    if (expires !== 'date') return new Date(now + Number(expires) * DAY_MS);
    // The whole day counts, in UTC as everything that a key is limited by.
    const end = /^\d{4}-\d{2}-\d{2}$/.test(expiresOn ?? '')
      ? Date.parse(`${expiresOn}T23:59:59Z`)
      : Number.NaN;
    if (end > now) return new Date(end);
    addIssue({
      code: 'custom',
      path: ['expiresOn'],
      message: 'Choose a day that is not over.',
      input: value,
    });
    return z.NEVER;
  });

/** A policy as a person chooses it: a list that was begun and left empty would be a key that does nothing. */
const chosenPolicySchema = keyPolicySchema.superRefine((policy, { addIssue }) => {
  const need = (path: keyof KeyPolicy, isEmpty: boolean, message: string) => {
    if (isEmpty) addIssue({ code: 'custom', path: [path], message, input: policy });
  };
  need('environments', policy.environments?.length === 0, 'Choose at least one environment.');
  need('connections', policy.connections?.length === 0, 'Choose at least one connection.');
  need('namedQueries', policy.namedQueries?.length === 0, 'Name at least one query.');
  if (policy.access === 'named_queries') return;
  need('operations', policy.operations.length === 0, 'Choose at least one operation.');
  need('objects', policy.objects?.length === 0, 'Add at least one object.');
});

type Input = Record<string, unknown>;

/** Reads the form of a new key. Throws INVALID_INPUT with one message per field; those of the policy by their names. */
export function parseKeyForm(input: Input): KeyForm {
  const failed = 'The key was not made';
  const { name, limits } = collect(failed, {
    name: () => parseForm(z.object({ name: keyNameSchema }), { name: input.name }, failed).name,
    limits: () => parseLimits(input, failed),
  });
  if (limits.expiresAt !== 'keep') return { name, policy: limits.policy, expiresAt: limits.expiresAt };
  throw invalid(failed, { expires: 'Choose when the key ends.' });
}

/** Reads what a key may do and until when; `keep`: it ends when it ends now. Throws INVALID_INPUT. */
export function parseLimitsForm(input: Input): { policy: KeyPolicy; expiresAt: Date | null | 'keep' } {
  return parseLimits(input, 'What the key may do was not changed');
}

function parseLimits({ expires, expiresOn, policy }: Input, failed: string) {
  return collect(failed, {
    expiresAt: () => parseForm(expirySchema, { expires, expiresOn }, failed),
    policy: () => parseForm(chosenPolicySchema, fromJson(policy), failed),
  });
}

function fromJson(text: unknown): unknown {
  try {
    return typeof text === 'string' && text.length <= MAX_POLICY_TEXT ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

type Parts = Record<string, () => unknown>;
type Parsed<P extends Parts> = { [Name in keyof P]: ReturnType<P[Name]> };

/** Every part of a form at once, so that all that is wrong is said together. */
function collect<P extends Parts>(failed: string, parts: P): Parsed<P> {
  const details: Record<string, string> = {};
  const parsed: Record<string, unknown> = {};
  for (const [name, parse] of Object.entries(parts)) {
    try {
      parsed[name] = parse();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'INVALID_INPUT') throw error;
      Object.assign(details, error.details);
    }
  }
  if (Object.keys(details).length === 0) return parsed as Parsed<P>;
  throw invalid(failed, details);
}

/** INVALID_INPUT of fields, as every form says it. */
export function invalid(failed: string, details: Record<string, string>): AppError {
  return new AppError('INVALID_INPUT', `${failed}: some fields need another look.`, {
    details,
    nextStep: 'Correct the marked fields and try again.',
  });
}

const first = z.preprocess((value) => (Array.isArray(value) ? value[0] : value), z.string());
const KEY_STATES = ['active', 'expired', 'revoked', 'owner_inactive'] as const;

/** Which keys somebody wants to see; what an address says wrongly is taken as not said. */
const keyListSchema = z.object({
  q: first.pipe(z.string().trim().max(200)).catch(''),
  /** Null: all that are not revoked. */
  state: first
    .pipe(z.enum([...KEY_STATES, 'all']))
    .nullable()
    .catch(null),
  /** Id of an environment in which a key may act. */
  environment: first.pipe(z.uuid()).nullable().catch(null),
  page: first
    .pipe(
      z
        .string()
        .regex(/^[1-9]\d{0,4}$/)
        .transform(Number),
    )
    .catch(1),
});
export type KeyListState = z.infer<typeof keyListSchema>;

/** Reads the search parameters of the list of all keys. Never throws. */
export function parseKeyList(search: Record<string, string | string[] | undefined>): KeyListState {
  return keyListSchema.parse(search);
}
