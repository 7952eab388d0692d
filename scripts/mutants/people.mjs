// @ts-check
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: edits are source text
import { mutant } from './grants.mjs';

/** What would let somebody in, keep somebody in, or hide what they did. @type {import('./list.mjs').Mutant[]} */
export const PEOPLE_MUTANTS = [
  mutant(
    'an invitation lets in one after the other',
    'lib/people/invitations/accept.ts',
    'isNull(invitations.acceptedAt),',
    '',
    'lib/consent/invitation',
  ),
  mutant(
    'anybody asks for access in the name of another',
    'lib/consent/no-access.ts',
    'failure && matchesHash(browser, failure.browserHash) ?',
    'failure ?',
    'lib/consent/no-access',
  ),
  mutant(
    'access that was taken away ends in a grant',
    'lib/connections/store-grant.ts',
    'if (refusal) throw refusal;',
    '',
    'lib/connections/environment-access',
  ),
  mutant(
    'a session opens behind a deactivation',
    'lib/session/commands.ts',
    'and(eq(people.id, input.personId), isNull(people.deactivatedAt))',
    'eq(people.id, input.personId)',
    'lib/custody/deactivation',
  ),
  mutant(
    'an identity is proven at one provider and used at another',
    'lib/consent/provider/callback.ts',
    'provider.slug !== slug',
    'provider.slug === ``',
    'lib/consent/provider/attacks',
  ),
  mutant(
    'a row is sealed before those that commit later',
    'lib/audit/chain/seal.ts',
    'a.transaction_id < pg_snapshot_xmin(pg_current_snapshot())',
    'true',
    'lib/audit/chain/seal',
  ),
  mutant(
    'a row of the audit log that was inserted is not found',
    'lib/audit/chain/verify.ts',
    'fault: inserted ?? fault',
    'fault',
    'lib/audit/chain/verify',
  ),
  mutant(
    'a limit counts each replica by itself',
    'lib/limits/count.ts',
    'keyPrefix: name,',
    'keyPrefix: `${name}${Math.random()}`,',
    'lib/limits/count',
  ),
];
