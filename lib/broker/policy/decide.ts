import { CONTENT_RULES } from '@/lib/broker/policy/decide/content-rules';
import {
  CALLER_RULES,
  fail,
  includes,
  PLACE_RULES,
  pass,
  SETTINGS_RULES,
  type Verdict,
} from '@/lib/broker/policy/decide/settings-rules';
import { formatNumber } from '@/lib/broker/policy/decide/words';
import type { CallSettings, Understanding } from '@/lib/broker/policy/types';
import { type Decision, type KeyPolicy, OPERATIONS } from '@/lib/broker/types';

/**
 * Whether a policy allows a call, and why. Rules are asked in this order, and the first that refuses is named:
 * addresses, hours, environments, connections, calls per day; access to anything but named queries, named queries; what
 * was refused when the call was read (path, method_override, not_understood, families); families, operations, access,
 * not_understood, objects, fields, rows per call, rows per day. `because` lists what passed before.
 * That a locator is one that this key was given is for whoever keeps them.
 */
export function decide(policy: KeyPolicy, settings: CallSettings, what: Understanding): Decision {
  return firstRefusal([
    ...SETTINGS_RULES.map((rule) => () => rule(policy, settings)),
    () => namedQueries(policy, settings.namedQuery),
    ...('refused' in what
      ? [() => fail(what.refused, what.reason)]
      : CONTENT_RULES.map((rule) => () => rule(policy, what, settings))),
  ]);
}

/** The part of `decide` that is known before anything of a call is: where from and when. */
export function decideCaller(policy: KeyPolicy, caller: Pick<CallSettings, 'address' | 'at'>): Decision {
  return firstRefusal(CALLER_RULES.map((rule) => () => rule(policy, caller)));
}

/** The part of `decide` that says whether a key works through a connection at all. */
export function decidePlace(
  policy: KeyPolicy,
  place: Pick<CallSettings, 'environmentId' | 'connectionId'>,
): Decision {
  return firstRefusal(PLACE_RULES.map((rule) => () => rule(policy, place)));
}

/** The part of `decide` that is known of a named query before anything is told of it, also whether there is one. */
export function decideNamedQuery(policy: KeyPolicy, name: string): Decision {
  return firstRefusal([() => namedQueries(policy, name)]);
}

/** Whether one call may give or write so many rows. `before`: rows of this key today. */
export function decideRows(policy: KeyPolicy, before: number, rows: number): Decision {
  return firstRefusal([
    () =>
      policy.rowsPerCall !== null && rows > policy.rowsPerCall
        ? fail(
            'rows_per_call',
            `One call may give ${formatNumber(policy.rowsPerCall)} rows, and this one has more.`,
          )
        : pass('The rows of one call are within their limit.'),
    () =>
      policy.rowsPerDay !== null && before + rows > policy.rowsPerDay
        ? fail(
            'rows_per_day',
            `The ${formatNumber(policy.rowsPerDay)} rows of today (UTC) do not suffice for this call.`,
          )
        : pass('The rows of today are within their limit.'),
  ]);
}

/** Whether the key may be handed an access token, as far as its policy says: it may then do all that its user may. */
export function decideRawToken(policy: KeyPolicy, settings: CallSettings): Decision {
  return firstRefusal([
    ...SETTINGS_RULES.map((rule) => () => rule(policy, settings)),
    () =>
      policy.rawToken
        ? pass('The policy allows raw tokens.')
        : fail('raw_token', 'The policy does not allow that the key is handed an access token.'),
    () =>
      isOpenForTokens(policy)
        ? pass('The policy has no limits that a token would pass by.')
        : fail(
            'raw_token',
            'An access token may do all that its user may, and the policy limits what the key may do.',
          ),
  ]);
}

/** Whether a policy leaves nothing out that an access token may do. */
export function isOpenForTokens({ access, objects, operations }: KeyPolicy): boolean {
  return access === 'write' && objects === null && OPERATIONS.every((one) => operations.includes(one));
}

function namedQueries(policy: KeyPolicy, namedQuery: string | undefined): Verdict {
  if (namedQuery === undefined) {
    return policy.access === 'named_queries'
      ? fail('access', 'The key may run named queries and nothing else.')
      : pass('The key is not limited to named queries.');
  }
  return policy.namedQueries === null || includes(policy.namedQueries, namedQuery)
    ? pass(`The key may run the named query ${namedQuery}.`)
    : fail('named_queries', `The policy does not name the named query ${namedQuery}.`);
}

function firstRefusal(rules: (() => Verdict)[]): Decision {
  const because: string[] = [];
  for (const rule of rules) {
    const verdict = rule();
    if (!verdict.passes) return { allowed: false, rule: verdict.rule, reason: verdict.reason, because };
    because.push(verdict.because);
  }
  return { allowed: true, because };
}
