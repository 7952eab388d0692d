// @ts-check
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: edits are source text
import { BROKER_MUTANTS } from './broker.mjs';
import { CUSTODY_MUTANTS } from './custody.mjs';
import { GRANT_MUTANTS } from './grants.mjs';
import { PEOPLE_MUTANTS } from './people.mjs';
import { POLICY_MUTANTS } from './policy.mjs';
import { PROVISIONING_MUTANTS } from './provisioning.mjs';

/**
 * Changes that break a rule on purpose. Each edit must apply exactly once, and `tests` must notice the mutant.
 * @typedef {{file: string, find: string, replace: string}} Edit
 * @typedef {{name: string, edits: Edit[], project: 'unit' | 'integration', tests: string}} Mutant
 */

/** @type {Mutant[]} */
export const MUTANTS = [
  ...GRANT_MUTANTS,
  ...PEOPLE_MUTANTS,
  ...CUSTODY_MUTANTS,
  ...PROVISIONING_MUTANTS,
  ...POLICY_MUTANTS,
  ...BROKER_MUTANTS,
  {
    name: 'a claim is taken whatever state the connection has',
    edits: [
      {
        file: 'lib/connections/refresh/claim.ts',
        find: "        eq(connections.state, 'idle'),\n",
        replace: '',
      },
    ],
    project: 'integration',
    tests: 'lib/connections',
  },
  {
    name: 'a claim is taken for a generation that has passed',
    edits: [
      {
        file: 'lib/connections/refresh/claim.ts',
        find: '        eq(connections.generation, generation),\n',
        replace: '',
      },
    ],
    project: 'integration',
    tests: 'lib/connections/claim',
  },
  {
    name: 'no fence: a late failure overwrites what came after its claim',
    edits: [
      {
        file: 'lib/connections/refresh/fail.ts',
        find: '        eq(connections.fence, spend.fence),\n',
        replace: '',
      },
    ],
    project: 'integration',
    tests: 'lib/connections/guards',
  },
  {
    name: 'a late success lands on another grant',
    edits: [
      {
        file: 'lib/connections/refresh/land.ts',
        find: '          eq(connections.grantId, spend.grantId),\n',
        replace: '',
      },
    ],
    project: 'integration',
    tests: 'lib/connections',
  },
  {
    name: 'commit after use: the new token is handed out before it is stored',
    edits: [
      {
        file: 'lib/connections/refresh/spend.ts',
        find: "  const landing = await untilStored('refresh answer', () => landSuccess(spend, success));\n",
        replace: `  const landing = { kind: 'stored' as const, generation: spend.storesAs, disconnecting: false } as Awaited<
    ReturnType<typeof landSuccess>
  >;
  void untilStored('refresh answer', () => landSuccess(spend, success));
`,
      },
    ],
    project: 'integration',
    tests: 'lib/connections',
  },
  {
    name: 'no single flight: each caller of a process works for itself',
    edits: [
      {
        file: 'lib/connections/refresh/renew.ts',
        find: '  if (running !== undefined) return running;\n',
        replace: '  if (running !== undefined && wish.seen < 0) return running;\n',
      },
    ],
    project: 'integration',
    tests: 'lib/connections',
  },
  {
    name: 'an expired refresh is taken over instead of being unknown',
    edits: [
      {
        file: 'lib/connections/refresh/claim.ts',
        find: "        eq(connections.state, 'idle'),\n",
        replace: "        sql`${connections.state} IN ('idle', 'uncertain')`,\n",
      },
      {
        file: 'lib/connections/refresh/renew.ts',
        find: "  if (row.state !== 'idle') throw",
        replace: "  if (row.state !== 'idle' && row.state !== 'uncertain') throw",
      },
    ],
    project: 'integration',
    tests: 'lib/connections',
  },
  {
    name: 'a holder that slept sends all the same',
    edits: [
      {
        file: 'lib/egress/spend.ts',
        find: "if (this.#phase === 'connecting' && this.mayStillSend()) {",
        replace: "if (this.#phase === 'connecting') {",
      },
    ],
    project: 'unit',
    tests: 'lib/egress/spend',
  },
  {
    name: 'the state of a consent is not compared',
    edits: [
      {
        file: 'lib/salesforce/oauth/exchange.ts',
        find: 'input.params, input.state);',
        replace: 'input.params, oauth.skipStateCheck);',
      },
    ],
    project: 'unit',
    tests: 'lib/salesforce/oauth/exchange',
  },
  {
    name: 'a consent attempt can be used twice',
    edits: [
      {
        file: 'lib/consent/attempts.ts',
        find: `    .delete(consentAttempts)
    .where(eq(consentAttempts.stateHash, hashToken(state)))
    .returning();`,
        replace: `    .select().from(consentAttempts)
    .where(eq(consentAttempts.stateHash, hashToken(state)));`,
      },
    ],
    project: 'integration',
    tests: 'lib/consent/traps',
  },
  {
    name: 'a consent may come back in another browser',
    edits: [
      {
        file: 'lib/consent/callback.ts',
        find: 'if (!matchesHash(browser, attempt.browserHash)) return',
        replace: 'if (attempt.browserHash === browser) return',
      },
    ],
    project: 'integration',
    tests: 'lib/consent/traps',
  },
  {
    name: 'a consent may come back at another environment (mix-up)',
    edits: [
      {
        file: 'lib/consent/callback.ts',
        find: 'if (attempt.environment.slug !== slug) {',
        replace: 'if (slug === undefined) {',
      },
    ],
    project: 'integration',
    tests: 'lib/consent/traps',
  },
  {
    name: 'gate removed: anybody manages environments',
    edits: [
      {
        file: 'lib/environments/queries.ts',
        find: "  if (ctx.role === 'admin') return;\n",
        replace: '  if (ctx.role) return;\n',
      },
    ],
    project: 'integration',
    tests: 'lib/environments',
  },
  {
    name: 'an ended session goes on',
    edits: [{ file: 'lib/session/queries.ts', find: '  isNull(sessions.endedAt),\n', replace: '' }],
    project: 'integration',
    tests: 'lib/session',
  },
  {
    name: 'owner predicate dropped, and the second wall with it',
    edits: [
      {
        file: 'lib/connections/queries.ts',
        find: "and(eq(connections.id, sql.placeholder('id')), listedFor(tx, person))",
        replace: "eq(connections.id, sql.placeholder('id'))",
      },
      {
        file: 'db/migrations/0002_row_level_security.sql',
        find: 'CREATE POLICY own_all ON orgdock.connections\n  USING (owner_id = (SELECT orgdock.actor_id()))',
        replace: 'CREATE POLICY own_all ON orgdock.connections\n  USING (true)',
      },
    ],
    project: 'integration',
    tests: 'lib/connections',
  },
  {
    name: 'a sealed value opens in another row',
    edits: [
      {
        file: 'lib/vault/seal.ts',
        find: 'if (header.place !== placeOf(binding)) {',
        replace: "if (header.place === '') {",
      },
    ],
    project: 'unit',
    tests: 'lib/vault',
  },
  {
    name: 'requests of other origins are served',
    edits: [
      {
        file: 'lib/session/request/same-origin.ts',
        find: "headers.get('origin') === portalOrigin() && ",
        replace: '',
      },
    ],
    project: 'unit',
    tests: 'lib/session/request',
  },
  {
    name: 'a quote in a value ends the SOQL literal',
    edits: [{ file: 'lib/soql/quote.ts', find: "[\\\\'\\n\\r", replace: '[\\\\\\n\\r' }],
    project: 'unit',
    tests: 'lib/soql',
  },
  {
    name: 'any https host is called',
    edits: [
      {
        file: 'lib/egress/hosts.ts',
        find: 'SALESFORCE_HOSTS.some((pattern) => pattern.test(host))',
        replace: 'host.length > 0',
      },
    ],
    project: 'unit',
    tests: 'lib/egress/hosts',
  },
  {
    name: 'a client writes its own X-Forwarded-For',
    edits: [
      {
        file: 'server/forwarding.mjs',
        find: 'const fromProxy = trusts(peer);',
        replace: 'const fromProxy = true;',
      },
    ],
    project: 'unit',
    tests: 'server',
  },
];
