import { expect, test } from '../fixtures';
import { builtActions } from './built';
import { type ActionCode, formOf, Visitor } from './visitor';
import { endWorld, fingerprints, KEY_POLICY, makeWorld, PROVIDER, WEBHOOK, type World } from './world';

/**
 * Every server action of the built app, with arguments that name somebody else's things. An action that is missing here
 * fails the test. `anyone`: for those who are signed out, too; `person`: for whoever is signed in, about what is theirs;
 * `admin`; `fresh`: for an administrator who has just said who they are.
 */
interface Case {
  gate: 'anyone' | 'person' | 'admin' | 'fresh';
  args: (ids: World['ids']) => unknown[];
  /** What a member gets who is a stranger to these things; FORBIDDEN for acts of administrators. */
  stranger?: ActionCode;
  /** What an administrator gets without a proof; FRESH_SIGN_IN_REQUIRED unless the form is looked at before. */
  stale?: ActionCode;
}

const person = (stranger: ActionCode, args: Case['args']): Case => ({ gate: 'person', stranger, args });
const admin = (stale: ActionCode, args: Case['args']): Case => ({ gate: 'admin', stale, args });
const fresh = (args: Case['args']): Case => ({ gate: 'fresh', args });

const NO_VIEW = '00000000-0000-4000-8000-000000000000';
const gridOf = ({ connection }: World['ids']) => ({ connectionId: connection, sobject: 'Account' });

const ACTIONS: Record<string, Case> = {
  openSetupAction: { gate: 'anyone', stranger: 'NOT_FOUND', args: () => [formOf({ token: 'x' })] },
  previewSetupRedirectUri: { gate: 'anyone', stranger: 'null', args: () => ['Production'] },
  saveSetupEnvironmentAction: { gate: 'anyone', stranger: 'NOT_FOUND', args: () => [formOf({ name: 'x' })] },
  requestAccessAction: {
    gate: 'anyone',
    stranger: 'NOT_FOUND',
    args: ({ failure }) => [failure, formOf({ message: 'let me in' })],
  },
  finishApprovalAction: {
    gate: 'anyone',
    stranger: 'NOT_FOUND',
    args: () => ['x'.repeat(43), formOf({ note: 'done' })],
  },

  askApprovalAction: person('NOT_FOUND', ({ failure }) => ['production', failure]),
  renewApprovalAction: person('NOT_FOUND', ({ approval }) => [approval]),
  withdrawApprovalAction: person('NOT_FOUND', ({ approval }) => [approval]),
  dismissPendingConsentAction: person('NOT_FOUND', ({ pending }) => [pending]),
  tellWhatSalesforceShowedAction: person('NOT_FOUND', ({ pending }) => [pending, formOf({ seen: 'closed' })]),
  askOrgAboutConsentAction: person('NOT_FOUND', ({ failure }) => [failure]),
  retestConnectionAction: person('NOT_FOUND', ({ connection }) => [connection]),
  askOrgAboutConnectionAction: person('NOT_FOUND', ({ connection }) => [connection]),
  dismissNoticeAction: person('NOT_FOUND', ({ notice }) => [notice]),
  requestEnvironmentAction: person('NOT_FOUND', () => ['no-such', formOf()]),
  endSessionAction: person('NOT_FOUND', ({ session }) => [session]),
  endOtherSessionsAction: person('ok', () => []),
  unlinkIdentityAction: person('FRESH_SIGN_IN_REQUIRED', ({ identity }) => [identity]),
  updatePreferencesAction: person('ok', () => [formOf({ locale: '', timeZone: '' })]),
  disconnectAction: person('NOT_FOUND', ({ connection }) => [connection]),
  retryRevocationAction: person('NOT_FOUND', ({ connection }) => [connection]),
  saveViewAction: person('NOT_FOUND', (ids) => [gridOf(ids), { name: 'x', query: '', layout: null }]),
  updateViewAction: person('NOT_FOUND', (ids) => [gridOf(ids), NO_VIEW, { query: '', layout: null }]),
  renameViewAction: person('NOT_FOUND', (ids) => [gridOf(ids), NO_VIEW, 'x']),
  shareViewAction: person('NOT_FOUND', (ids) => [gridOf(ids), NO_VIEW, true]),
  deleteViewAction: person('NOT_FOUND', (ids) => [gridOf(ids), NO_VIEW]),
  setDefaultViewAction: person('NOT_FOUND', (ids) => [gridOf(ids), null]),
  saveLayoutAction: person('NOT_FOUND', ({ connection }) => [connection, 'Account', null]),
  setFavouriteAction: person('NOT_FOUND', ({ connection }) => [connection, 'Account', true]),
  changeAliasAction: person('NOT_FOUND', ({ connection }) => [connection, formOf({ alias: 'attacked' })]),
  makeConnectLinkAction: person('INVALID_INPUT', () => [formOf({ environment: 'production', purpose: '' })]),
  withdrawConnectLinkAction: person('NOT_FOUND', () => ['00000000-0000-4000-8000-000000000000']),
  setKeepAliveAction: person('NOT_FOUND', ({ connection }) => [connection, false]),

  createKeyAction: person('INVALID_INPUT', () => [formOf({ name: 'x' })]),
  renameKeyAction: person('NOT_FOUND', ({ key }) => [key, formOf({ name: 'x' })]),
  changeKeyPolicyAction: person('NOT_FOUND', ({ key }) => [
    key,
    formOf({ expires: 'never', policy: JSON.stringify(KEY_POLICY) }),
  ]),
  rotateKeyAction: person('FRESH_SIGN_IN_REQUIRED', ({ key }) => [key, formOf({ overlap: '1d' })]),
  retireKeySecretAction: person('NOT_FOUND', ({ key }) => [key, 'odk_aaaaaaaaaaaa']),
  dryRunAction: person('NOT_FOUND', ({ key, connection }) => [
    key,
    formOf({ kind: 'soql', soql: 'SELECT Id FROM Account', connectionId: connection }),
  ]),
  listKnownNamesAction: person('ok', ({ environment, connection }) => [
    { environments: [environment], connections: [connection], sobject: null },
  ]),
  revokeKeyAction: person('NOT_FOUND', ({ key }) => [key]),

  setAuditRetentionAction: fresh(() => [formOf({ days: '30' })]),
  revokeConnectionAction: fresh(({ connection }) => [connection]),
  changeServiceAliasAction: admin('NOT_FOUND', ({ connection }) => [
    connection,
    formOf({ alias: 'attacked' }),
  ]),
  withdrawAnyConnectLinkAction: admin('NOT_FOUND', () => ['00000000-0000-4000-8000-000000000000']),
  settleAlertAction: admin('NOT_FOUND', () => ['00000000-0000-4000-8000-000000000000', formOf()]),
  startReviewAction: admin('NOT_FOUND', () => [formOf({ environment: 'no-such' })]),
  decideGrantsAction: fresh(({ review, connection }) => [
    review,
    { decision: 'revoke', connectionIds: [connection], note: '' },
  ]),
  testConnectionAction: admin('NOT_FOUND', () => ['no-such']),
  closeReviewAction: admin('NOT_FOUND', () => ['00000000-0000-4000-8000-000000000000', 0]),
  startBreachAction: fresh(() => [
    { kind: 'all', name: '' },
    formOf({ reason: 'attack', backupDays: '', endsSessions: 'on', confirmation: 'everything' }),
  ]),
  refuseRequestAction: admin('NOT_FOUND', () => ['00000000-0000-4000-8000-000000000000']),
  reactivateAction: fresh(({ person: id }) => [id]),
  withdrawInvitationAction: admin('NOT_FOUND', () => ['00000000-0000-4000-8000-000000000000']),
  endSessionsOfAction: fresh(({ person: id }) => [id]),
  inviteAction: admin('INVALID_INPUT', () => [formOf()]),
  deactivateAction: fresh(({ person: id }) => [id]),
  changeRoleAction: fresh(({ admin: id }) => [id, formOf({ role: 'member' })]),
  unchoosePersonAction: fresh(({ person: id }) => ['production', id]),
  endSessionOfAction: fresh(({ person: id, session }) => [id, session]),
  setEnvironmentsAction: fresh(({ person: id, environment }) => [
    id,
    formOf({ environmentIds: environment }),
  ]),
  choosePersonAction: fresh(({ person: id }) => ['production', formOf({ person: id })]),
  grantRequestAction: fresh(({ request }) => [request, formOf()]),

  previewRedirectUri: admin('ok', () => ['Made up']),
  checkAddressAction: admin('HOST_NOT_ALLOWED', () => ['https://169.254.169.254/latest/meta-data']),
  createEnvironmentAction: admin('INVALID_INPUT', () => [formOf({ name: 'x' })]),
  cloneEnvironmentAction: admin('INVALID_INPUT', () => ['production', ' ']),
  disableEnvironmentAction: fresh(() => ['uat']),
  enableEnvironmentAction: fresh(() => ['uat']),
  listApiVersionsAction: admin('HOST_NOT_ALLOWED', () => ['https://evil.example']),
  deleteEnvironmentAction: fresh(() => ['uat', 'UAT']),
  updateEnvironmentAction: admin('INVALID_INPUT', () => ['production', formOf({ name: '' })]),
  deployAppAction: fresh(({ connection }) => ['production', formOf({ connectionId: connection })]),
  cancelDeploymentAction: admin('NOT_FOUND', () => ['no-such']),
  enterAppCredentialsAction: fresh(() => ['production', formOf({ clientId: 'x', consumerSecret: 'x' })]),
  readAppDriftAction: admin('NOT_FOUND', ({ connection }) => [
    'production',
    formOf({ connectionId: connection }),
  ]),
  moveEnvironmentAction: admin('NOT_FOUND', () => ['no-such', 'up']),
  planImportAction: admin('INVALID_INPUT', () => ['{']),
  applyImportAction: fresh(() => ['{}', 'x', formOf()]),
  exchangeCodeAction: admin('INVALID_INPUT', () => ['production', formOf()]),
  pinExpectedOrgAction: fresh(() => ['production', '00DdM0000001111UAA']),
  stagePastedSecretAction: admin('INVALID_INPUT', () => ['production', formOf({ nextSecret: '' })]),
  stageSecretFromOrgAction: fresh(() => ['production']),
  applySecretAction: fresh(() => ['production', 'Production']),
  askOrgAction: fresh(() => ['production']),
  tellOrgAction: fresh(() => ['production']),
  cancelRotationAction: fresh(() => ['production']),
  refreshOwnConnectionAction: admin('CONFLICT', () => ['production']),
  prepareServiceKeyAction: fresh(({ service }) => [service]),
  unshareServiceAction: fresh(({ service, person: id }) => [service, id]),
  shareServiceAction: fresh(({ service, person: id }) => [service, formOf({ person: id })]),
  renewServiceAction: admin('INVALID_INPUT', ({ service }) => [service, formOf()]),
  removeServiceAction: fresh(({ service }) => ['production', service]),
  renameServiceAction: admin('INVALID_INPUT', ({ service }) => [service, formOf({ name: '' })]),
  shareWithEveryoneAction: fresh(({ service }) => [service, true]),
  setPasswordFlowAction: fresh(() => ['production', true]),
  createServiceAction: admin('INVALID_INPUT', () => ['production', formOf()]),

  createWebhookAction: admin('INVALID_INPUT', () => [formOf()]),
  changeWebhookAction: admin('INVALID_INPUT', () => [WEBHOOK, formOf()]),
  enableWebhookAction: admin('NOT_FOUND', () => [NO_VIEW, true]),
  rotateWebhookSecretAction: fresh(() => [WEBHOOK]),
  testWebhookAction: admin('NOT_FOUND', () => [NO_VIEW]),
  replayDeliveryAction: admin('NOT_FOUND', () => [NO_VIEW, NO_VIEW]),
  deleteWebhookAction: fresh(() => [WEBHOOK]),

  createQueryAction: admin('INVALID_INPUT', () => [formOf()]),
  changeQueryAction: admin('INVALID_INPUT', () => ['getAccounts', formOf()]),
  enableQueryAction: admin('NOT_FOUND', () => ['noSuchQuery', true]),
  deleteQueryAction: admin('NOT_FOUND', () => ['noSuchQuery']),
  inspectQueryAction: admin('ok', () => [formOf({ soql: 'SELECT Id FROM Account', parameters: '[]' })]),

  createProviderAction: admin('INVALID_INPUT', () => [formOf()]),
  previewProviderUri: admin('ok', () => ['Made up']),
  enableProviderAction: fresh(() => [PROVIDER]),
  setSalesforceSignInAction: fresh(() => [false]),
  testIssuerAction: admin('HOST_NOT_ALLOWED', () => ['http://169.254.169.254/latest/meta-data']),
  disableProviderAction: fresh(() => [PROVIDER]),
  deleteProviderAction: fresh(() => [PROVIDER, 'Attacked']),
  updateProviderAction: admin('INVALID_INPUT', () => [PROVIDER, formOf()]),
};

/** Answer with a text or null instead of a problem. */
const PREVIEWS = /^preview/;

test.afterEach(({ stack }) => endWorld(stack));

test('every built action has its line in the matrix', () => {
  expect(
    builtActions()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(Object.keys(ACTIONS).sort());
});

/** Pages that have an action, with real things in their addresses. */
function ownPage(name: string, ids: World['ids']): string {
  const { service, connection, person: id, failure, review, key } = ids;
  const { page = '' } = builtActions().find((one) => one.name === name) ?? {};
  const thing = page.includes('/service/')
    ? service
    : page.startsWith('/consent')
      ? failure
      : page.includes('/people/')
        ? id
        : page.includes('/reviews/')
          ? review
          : page.includes('/api-keys/')
            ? key
            : connection;
  return page
    .replace('[slug]', page.includes('provider') ? PROVIDER : 'production')
    .replace('[id]', thing)
    .replace('[name]', 'getAccounts')
    .replace('[sobject]', 'Contact')
    .replace('[recordId]', '001000000000001AAA')
    .replace('[token]', 'x'.repeat(43));
}

const isForAdmins = ({ gate }: Case) => gate === 'admin' || gate === 'fresh';

test('no action does anything for who may not, at its own page or at another one', async ({ stack }) => {
  const { franz, ada, ids } = await makeWorld(stack);
  const before = await fingerprints(stack);
  const wrong: string[] = [];
  const expectCode = async (who: string, visitor: Visitor, name: string, wanted: ActionCode) => {
    const { args } = ACTIONS[name] as Case;
    const own = await visitor.act(name, args(ids), { page: ownPage(name, ids) });
    if (own !== wanted) wrong.push(`${who}, ${name}: ${own}, not ${wanted}`);
    // An administrator's refusals are the same code path; the others' are the ones that matter.
    if (visitor === ada) return;
    // Next hands it to its own page, through our door again: refused there, or by the gate.
    const foreign = await visitor.act(name, args(ids), { page: '/sign-in' });
    if (foreign !== wanted && foreign !== 'error') wrong.push(`${who}, ${name} at /sign-in: ${foreign}`);
  };

  for (const [name, one] of Object.entries(ACTIONS)) {
    const [out, refused] = PREVIEWS.test(name) ? ['null', 'null'] : ['UNAUTHENTICATED', 'FORBIDDEN'];
    await expectCode('nobody', new Visitor(stack), name, one.gate === 'anyone' ? (one.stranger ?? '') : out);
    await expectCode('a member', franz, name, isForAdmins(one) ? refused : (one.stranger ?? ''));
    const stale = PREVIEWS.test(name) ? 'text' : (one.stale ?? 'FRESH_SIGN_IN_REQUIRED');
    if (isForAdmins(one)) await expectCode('a stale administrator', ada, name, stale);
  }
  await stack.sql`UPDATE orgdock.people SET role = 'auditor' WHERE display_name LIKE 'Franz%'`;
  for (const [name, one] of Object.entries(ACTIONS)) {
    if (!isForAdmins(one)) continue;
    await expectCode('an auditor', franz, name, PREVIEWS.test(name) ? 'null' : 'FORBIDDEN');
  }
  await stack.sql`UPDATE orgdock.people SET role = 'member' WHERE display_name LIKE 'Franz%'`;
  expect(wrong).toEqual([]);
  expect(await fingerprints(stack)).toEqual(before);
});

test('no action works from another site, not even for an administrator who has just signed in', async ({
  stack,
  steps,
}) => {
  const { ada, grace, ids } = await makeWorld(stack);
  await steps.prove('ada');
  await steps.prove('grace');
  const before = await fingerprints(stack);
  const worked: string[] = [];
  for (const [name, { gate, args }] of Object.entries(ACTIONS)) {
    const victim = gate === 'person' ? grace : ada;
    const page = ownPage(name, ids);
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: stack.portal.replace('localhost', 'localhost.evil.example') },
      { 'sec-fetch-site': 'cross-site' },
    ]) {
      const code = await victim.act(name, args(ids), { page, headers });
      if (!['FORBIDDEN', 'null', 'error'].includes(code))
        worked.push(`${name} ${Object.values(headers)}: ${code}`);
    }
  }
  expect(worked).toEqual([]);
  expect(await fingerprints(stack)).toEqual(before);
});
