// @ts-check
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: edits are source text
import { mutant } from './grants.mjs';

/** What would let a program do more than its key says, or nobody know what it did. @type {import('./list.mjs').Mutant[]} */
export const BROKER_MUTANTS = [
  mutant(
    'the target of a request is whatever its client says',
    'lib/broker/proxy/raw-target.ts',
    'if (header.startsWith(prefix)) return header.slice(prefix.length);',
    "if (header !== '') return header.slice(header.indexOf(' ') + 1);",
    'app/api/v1/connections/proxy',
  ),
  mutant(
    'a key reads on in the lists of another',
    'lib/broker/proxy/locators.ts',
    '          eq(apiKeyLocators.keyId, key.id),\n',
    '',
    'app/api/v1/connections/proxy',
  ),
  mutant(
    'an answer is given again to another request of its name',
    'lib/broker/idempotency/with-idempotency.ts',
    'if (before.requestHash !== requestHash) {',
    "if (before.requestHash === '') {",
    'lib/broker/idempotency',
  ),
  mutant(
    'the key of somebody who was deactivated works on',
    'lib/broker/keys/find-key.ts',
    "if (person.deactivatedAt || person.role === 'auditor') {",
    "if (person.role === 'auditor') {",
    'lib/broker/call/answer-call',
  ),
  mutant(
    'a secret that a rotation has retired works on',
    'lib/broker/keys/find-key.ts',
    'if (isRetired) {',
    'if (isRetired && isExpired) {',
    'lib/broker/call/answer-call',
  ),
  mutant(
    'calls at once get more rows than the day has',
    'lib/broker/call/day-counters.ts',
    '       WHERE d.${column} + excluded.${column} <= ${limit}::bigint\n',
    '',
    'lib/broker/call/limits-of-keys',
  ),
  mutant(
    'an environment that hands out no tokens does',
    'lib/broker/tokens/hand-out-token.ts',
    'if (row?.allowed) return;',
    'if (row) return;',
    'app/api/v1/connections/records',
  ),
  mutant(
    'the audit log repeats values of what was refused',
    'lib/broker/call/note-refusal.ts',
    'reason: withoutValues(rule, reason).slice(0, 500),',
    'reason: reason.slice(0, 500),',
    'lib/broker/call/note-refusal',
  ),
  mutant(
    'a key tells of named queries that its policy does not name',
    'lib/broker/named-queries/run-named-query.ts',
    '  if (!named.allowed) return await call.refuse(named);\n',
    '',
    'app/api/v1/queries/run',
  ),
  {
    name: 'a connect link works in a second browser',
    edits: [
      {
        file: 'lib/consent/links/start.ts',
        find: 'or(isNull(connectLinks.browserHash), eq(connectLinks.browserHash, mine)),',
        replace: '',
      },
      {
        file: 'lib/consent/links/find-link.ts',
        find: "return link.browserHash === null || matchesHash(browser, link.browserHash) ? null : 'other_browser';",
        replace: 'return null;',
      },
    ],
    project: 'integration',
    tests: 'app/api/connect-link',
  },
  {
    name: 'a connect link works twice',
    edits: [
      {
        file: 'lib/consent/links/hand-over.ts',
        find: 'eq(connectLinks.browserHash, browserHash), linkIsOpen)',
        replace: 'eq(connectLinks.browserHash, browserHash))',
      },
      {
        file: 'lib/consent/links/find-link.ts',
        find: "if (state !== 'open') return state;",
        replace: "if (state === 'withdrawn') return state;",
      },
    ],
    project: 'integration',
    tests: 'app/api/connect-link',
  },
  {
    name: 'a webhook goes to a receiver that was switched off',
    edits: [
      {
        file: 'lib/notify/webhooks/delivery/deliver.ts',
        find: '          eq(webhookEndpoints.enabled, true),\n',
        replace: '',
      },
      { file: 'lib/notify/webhooks/commands.ts', find: 'else await giveUpWaiting(tx, id);', replace: '' },
    ],
    project: 'integration',
    tests: 'lib/notify/webhooks',
  },
  mutant(
    'an old secret of a webhook signs for good',
    'lib/notify/webhooks/delivery/deliver.ts',
    'CASE WHEN ${webhookSecrets.previousUntil} > orgdock.now()\n          THEN ${webhookSecrets.previousSecret} END',
    '${webhookSecrets.previousSecret}',
    'lib/notify/webhooks',
  ),
];
