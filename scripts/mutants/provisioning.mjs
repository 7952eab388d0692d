// @ts-check
import { mutant } from './grants.mjs';

const PROVISIONING = 'lib/provisioning';
const APPROVAL = `${PROVISIONING}/approval`;
const ROTATION = `${PROVISIONING}/secret-rotation`;
const DEPLOYMENT = `${PROVISIONING}/deployment`;

/** What would mix up apps, secrets and orgs, or let a link do more than it says. @type {import('./list.mjs').Mutant[]} */
export const PROVISIONING_MUTANTS = [
  mutant(
    'a grant that set an app up opens a grid',
    'lib/connections/queries.ts',
    'if (!isForReading(connection)) throw notFound();',
    '',
    'lib/connections/purpose',
  ),
  mutant(
    'a browser chooses the purpose of a renewed grant',
    'lib/consent/start.ts',
    'renewed?.purpose ?? input.purpose',
    'input.purpose',
    'lib/connections/purpose lib/consent lib/provisioning/set-up-access',
  ),
  mutant(
    'a link for a Salesforce administrator works for ever',
    `${APPROVAL}/columns.ts`,
    'and(isNull(approvalRequests.endedAt), gt(approvalRequests.expiresAt, databaseNow))',
    'and(isNull(approvalRequests.endedAt))',
    APPROVAL,
  ),
  mutant(
    'a fourth link is made for one environment',
    `${APPROVAL}/commands.ts`,
    'MOST_OPEN = 3',
    'MOST_OPEN = 4',
    APPROVAL,
  ),
  mutant(
    'who is blocked is told that the app is in',
    `${APPROVAL}/mark-done.ts`,
    "approvalCaseOf(error, request.salesforceDescription) !== 'not_installed'",
    'error.length === 0',
    APPROVAL,
  ),
  mutant(
    'the key of an app goes beside the secret of another',
    `${DEPLOYMENT}/store-credentials.ts`,
    "if (moved && !whole && row.status !== 'draft') {",
    'if (moved && !whole && row.slug === null) {',
    `${DEPLOYMENT} ${PROVISIONING}/app-pack`,
  ),
  mutant(
    'key and secret of one org are stored for another',
    `${DEPLOYMENT}/store-credentials.ts`,
    "if (given.from === 'org') await assertOrgStays(tx, row, given.connectionId);",
    '',
    DEPLOYMENT,
  ),
  mutant(
    'an import ignores a rotation that is under way',
    'lib/environments/transfer/plan-environment.ts',
    'current?.rotating && changesApp(current.settings, settings, write)',
    'false && changesApp(current.settings, settings, write)',
    'lib/environments/transfer',
  ),
  mutant(
    'an org of unknown behaviour is told to rotate without a warning',
    `${ROTATION}/vault/apply-in-vault.ts`,
    "behaviour !== 'keeps_old' &&",
    'false &&',
    ROTATION,
  ),
  mutant(
    'a dead token of one user ends the grants of all',
    `${ROTATION}/behaviour/observe-grants.ts`,
    'FEWEST_USERS = 2',
    'FEWEST_USERS = 1',
    ROTATION,
  ),
  mutant(
    'by hand, the secret before goes out with the key of another app',
    `${PROVISIONING}/exchange-by-hand/commands.ts`,
    'isOwn ? stored.previousSecret : null',
    'stored.previousSecret',
    `${PROVISIONING}/exchange-by-hand`,
  ),
  mutant(
    'a test of a connection spends its refresh token',
    `${PROVISIONING}/preflight/checks/list-test-connections.ts`,
    '{ ...source, renew: () => Promise.reject(accessTokenEnded()) }',
    'source',
    `${PROVISIONING}/preflight`,
  ),
  mutant(
    'a disabled environment is read',
    'lib/connections/purpose/refusal-of.ts',
    "if (status === 'disabled') return environmentDisabled(name);",
    '',
    'lib/environments/lifecycle',
  ),
  mutant(
    'tokens go to whatever token address was entered',
    'lib/salesforce/oauth/server.ts',
    'if (url.origin === origin) return url.href;',
    'return url.href;',
    'lib/salesforce/oauth/settings',
    'unit',
  ),
  mutant(
    'an administrator asks an org through the grant of another person',
    'lib/connections/service/witness.ts',
    'one.service === null &&',
    '',
    'lib/doctor',
  ),
  mutant(
    'an org that the environment is not pinned to tells that the app is in',
    'lib/doctor/evidence/ask-org.ts',
    'isInPinnedOrg &&',
    '',
    'lib/doctor',
  ),
];
