import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { identityProviderSecrets, identityProviders, people, portal } from '@/db/schema';
import { createEnvironment } from '@/lib/environments/commands';
import { AppError } from '@/lib/errors';
import { unlinkIdentity } from '@/lib/people/identities/commands';
import { listOwnIdentities } from '@/lib/people/identities/queries';
import { Browser } from '@/tests/browser';
import { auditOf, begin, beginUrl, comeBack, failureAt, makeStubEnvironment } from '@/tests/consent';
import { makeContext, makeEnvironment } from '@/tests/factories';
import {
  linkIdentityTo,
  makeAccount,
  makeIdentityProvider,
  makeProvenAdmin,
  signInAt,
  startOpenIdProvider,
} from '@/tests/openid/provider-sign-in';
import { startSalesforceStub, stubUser } from '@/tests/salesforce-stub';
import { listSignInEnvironments } from '../queries';
import {
  createIdentityProvider,
  deleteIdentityProvider,
  disableIdentityProvider,
  enableIdentityProvider,
  updateIdentityProvider,
} from './commands';
import {
  getIdentityProvider,
  listIdentityProviders,
  listSignInProviders,
  requireIdentityProvider,
} from './queries';
import { getSalesforceSignIn, setSalesforceSignIn } from './salesforce-sign-in';

const system = <T>(work: Parameters<typeof withSystem<T>>[1]) => withSystem('test', work);

const FORM = {
  name: 'Acme login',
  issuer: 'https://login.acme.example/realms/acme',
  clientId: 'orgdock',
  clientSecret: 'the-secret-that-nobody-reads',
  scopes: 'openid profile groups',
  groupsClaim: 'groups',
  groupMappings: '[{"group":"ops","role":"admin","environmentIds":[]}]',
};

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.catch((caught: unknown) => caught);
  return error instanceof AppError ? error.code : `not an AppError: ${error}`;
}

describe('an identity provider', () => {
  it('is stored disabled, with its secret sealed and named in no answer and no audit row', async () => {
    const admin = await makeContext('admin');
    const { slug } = await createIdentityProvider(admin, FORM);
    const detail = await requireIdentityProvider(admin, slug);
    expect(detail).toMatchObject({
      enabled: false,
      secret: { stored: true },
      redirectUri: `http://localhost:3000/api/auth/callback/${slug}`,
      groupMappings: [{ group: 'ops', role: 'admin', environmentIds: [] }],
    });
    expect(await listSignInProviders()).toEqual([]);
    const [secret] = await system((tx) => tx.select().from(identityProviderSecrets));
    expect(secret?.clientSecret).toMatch(/^eyJ/);
    const rows = JSON.stringify([detail, await auditOf('identity_provider.create')]);
    expect(rows).not.toContain(FORM.clientSecret);
    expect(rows).toContain(FORM.issuer);
  });

  it('shares one namespace of slugs with environments, in both directions', async () => {
    const admin = await makeContext('admin');
    await makeEnvironment({ slug: 'shared', name: 'Shared' });
    expect((await createIdentityProvider(admin, { ...FORM, name: 'Shared' })).slug).toBe('shared-2');
    const environment = await createEnvironment(admin, {
      name: 'Shared',
      kind: 'sandbox',
      origin: 'https://acme.my.salesforce.com',
      clientId: '3MVG9',
    });
    expect(environment.slug).toBe('shared-3');
    const at = await Promise.all(
      [1, 2, 3].map(() => createIdentityProvider(admin, { ...FORM, name: 'Same' })),
    );
    expect(new Set(at.map(({ slug }) => slug)).size).toBe(3);
  });

  it('is read by auditors without a word of its secret, and by members not at all', async () => {
    const { slug } = await createIdentityProvider(await makeContext('admin'), FORM);
    const auditor = await makeContext('auditor');
    expect(await getIdentityProvider(auditor, slug)).toMatchObject({ issuer: FORM.issuer, secret: null });
    expect(await codeOf(createIdentityProvider(auditor, FORM))).toBe('FORBIDDEN');
    for (const act of [enableIdentityProvider, disableIdentityProvider]) {
      expect(await codeOf(act(auditor, slug))).toBe('FORBIDDEN');
    }
    expect(await codeOf(updateIdentityProvider(auditor, { slug, form: FORM }))).toBe('FORBIDDEN');
    expect(await codeOf(deleteIdentityProvider(auditor, { slug, confirmation: FORM.name }))).toBe(
      'FORBIDDEN',
    );
    expect(await codeOf(setSalesforceSignIn(auditor, false))).toBe('FORBIDDEN');
    const member = await makeContext();
    expect(await codeOf(listIdentityProviders(member))).toBe('FORBIDDEN');
    expect(await codeOf(getSalesforceSignIn(member))).toBe('FORBIDDEN');
  });

  it.each([
    ['issuer', { issuer: 'http://login.acme.example' }],
    ['issuer', { issuer: 'https://login.acme.example/?tenant=1' }],
    ['scopes', { scopes: 'profile' }],
    ['scopes', { scopes: 'openid offline_access' }],
    ['groupsClaim', { groupsClaim: '' }],
    ['groupMappings', { groupMappings: '[{"group":"a","role":"owner","environmentIds":[]}]' }],
    ['groupMappings', { groupMappings: 'not JSON' }],
    [
      'groupMappings',
      { groupMappings: `[${Array(2).fill('{"group":"a","role":"member","environmentIds":[]}')}]` },
    ],
    [
      'groupMappings',
      { groupMappings: `[{"group":"a","role":"member","environmentIds":["${crypto.randomUUID()}"]}]` },
    ],
    ['clientId', { clientId: '' }],
    ['form', { enabled: 'true' }],
  ])('is refused with a word about its %s: %o', async (field, values) => {
    const admin = await makeContext('admin');
    const error = await createIdentityProvider(admin, { ...FORM, ...values }).catch(
      (caught: unknown) => caught,
    );
    expect(error).toMatchObject({ code: 'INVALID_INPUT', details: { [field]: expect.any(String) } });
  });

  it('takes the address of a discovery document for its issuer', async () => {
    const admin = await makeContext('admin');
    const issuer = 'https://acme.eu.auth0.com/.well-known/openid-configuration';
    const { slug } = await createIdentityProvider(admin, { ...FORM, issuer });
    expect((await requireIdentityProvider(admin, slug)).issuer).toBe('https://acme.eu.auth0.com');
  });

  it('is enabled only when its discovery works', async () => {
    const openId = await startOpenIdProvider();
    const admin = await makeContext('admin');
    const { slug } = await createIdentityProvider(admin, { ...FORM, issuer: openId.issuer });
    openId.bendDiscovery = (metadata) => ({ ...metadata, issuer: 'https://other.example' });
    expect(await codeOf(enableIdentityProvider(admin, slug))).toBe('PROVIDER_DISCOVERY_INVALID');
    expect((await requireIdentityProvider(admin, slug)).enabled).toBe(false);
    openId.bendDiscovery = null;
    await enableIdentityProvider(admin, slug);
    expect(await listSignInProviders()).toContainEqual({ slug, name: FORM.name });
    expect((await auditOf('identity_provider.enable')).at(-1)?.details).toMatchObject({
      issuer: openId.issuer,
      origins: [openId.issuer],
    });
    await disableIdentityProvider(admin, slug);
    expect((await auditOf('identity_provider.disable')).at(-1)?.outcome).toBe('done');
    expect((await listSignInProviders()).map((row) => row.slug)).not.toContain(slug);
  });

  it('that moves is disabled, and wants its secret anew', async () => {
    const openId = await startOpenIdProvider();
    const admin = await makeContext('admin');
    const { slug, id } = await makeIdentityProvider(openId, { lastSignInAt: new Date() });
    const moved = { ...FORM, clientSecret: '', issuer: 'https://elsewhere.example' };
    expect(await codeOf(updateIdentityProvider(admin, { slug, form: moved }))).toBe('INVALID_INPUT');
    await updateIdentityProvider(admin, { slug, form: { ...moved, clientSecret: 'another-secret' } });
    expect(await requireIdentityProvider(admin, slug)).toMatchObject({ enabled: false, lastSignInAt: null });
    const rows = (await auditOf('identity_provider.update')).filter((row) => row.subjectId === id);
    expect(rows).toMatchObject([
      {
        details: {
          before: { issuer: openId.issuer, enabled: true },
          after: { issuer: 'https://elsewhere.example', enabled: false },
          secretChanged: true,
        },
      },
    ]);
    expect(JSON.stringify(rows)).not.toContain('another-secret');
  });

  it('keeps its secret when the form leaves it empty, and loses it when asked to', async () => {
    const admin = await makeContext('admin');
    const { slug } = await createIdentityProvider(admin, FORM);
    await updateIdentityProvider(admin, { slug, form: { ...FORM, clientSecret: '', name: 'Renamed' } });
    expect(await requireIdentityProvider(admin, slug)).toMatchObject({
      name: 'Renamed',
      secret: { stored: true },
    });
    await updateIdentityProvider(admin, { slug, form: { ...FORM, clientSecret: '', removeSecret: 'on' } });
    expect((await requireIdentityProvider(admin, slug)).secret).toEqual({ stored: false, updatedAt: null });
  });

  it('is deleted by its typed name, and its people stay', async () => {
    const admin = await makeContext('admin');
    const { slug } = await createIdentityProvider(admin, FORM);
    await linkIdentityTo(admin, FORM.issuer, 'ada');
    expect(await codeOf(deleteIdentityProvider(admin, { slug, confirmation: 'wrong' }))).toBe(
      'INVALID_INPUT',
    );
    await deleteIdentityProvider(admin, { slug, confirmation: FORM.name });
    expect(await getIdentityProvider(admin, slug)).toBeNull();
    expect(await listOwnIdentities(admin)).toHaveLength(1);
    expect(await codeOf(enableIdentityProvider(admin, slug))).toBe('NOT_FOUND');
  });
});

describe('Salesforce sign-in', () => {
  it('cannot be switched off before an administrator has come in through a provider', async () => {
    const openId = await startOpenIdProvider();
    const admin = await makeContext('admin');
    await system((tx) => tx.delete(identityProviders));
    expect(await codeOf(setSalesforceSignIn(admin, false))).toBe('CONFLICT');
    const provider = await makeIdentityProvider(openId, { admitsUnknown: true });
    await signInAt(new Browser(), provider.slug, makeAccount(openId));
    expect(await getSalesforceSignIn(admin)).toEqual({ allowed: true, maySwitchOff: false });
    expect(await codeOf(setSalesforceSignIn(admin, false))).toBe('CONFLICT');
  });

  it('switched off is hidden, and neither begun nor finished; connecting goes on', async () => {
    const { admin, openId } = await makeProvenAdmin();
    const stub = await startSalesforceStub();
    const environment = await makeStubEnvironment(stub, { membership: 'everyone_of_org' });
    const under = new Browser();
    const body = { environment: environment.slug, intent: 'sign_in' };
    const url = await beginUrl(under, body);
    expect((await listSignInEnvironments()).map((row) => row.slug)).toContain(environment.slug);
    await setSalesforceSignIn(admin, false);
    expect(await listSignInEnvironments()).toEqual([]);
    const { location } = await comeBack(under, environment.slug, stub.allow(url, stubUser('ada')));
    expect(await failureAt(location)).toMatchObject({ code: 'FORBIDDEN' });
    expect(under.cookies.has('orgdock.session')).toBe(false);
    expect((await begin(new Browser(), body)).status).toBe(403);
    const connecting = new Browser();
    const person = await system((tx) => tx.select().from(people).where(eq(people.id, admin.personId)));
    await connecting.signIn(person[0] as never);
    expect((await begin(connecting, { ...body, intent: 'connect' })).status).toBe(200);
    expect((await auditOf('portal.salesforce_sign_in')).at(-1)?.details).toEqual({
      before: true,
      after: false,
    });
    await setSalesforceSignIn(admin, true);
    expect((await listSignInEnvironments()).length).toBeGreaterThan(0);
    expect(openId.issuer).toBeTruthy();
  });

  it('while off, what would shut every administrator out is refused', async () => {
    const { admin, slug, provider } = await makeProvenAdmin();
    await setSalesforceSignIn(admin, false);
    expect(await codeOf(disableIdentityProvider(admin, slug))).toBe('CONFLICT');
    expect(await codeOf(deleteIdentityProvider(admin, { slug, confirmation: provider.name }))).toBe(
      'CONFLICT',
    );
    const form = { ...FORM, name: provider.name, issuer: 'https://elsewhere.example' };
    expect(await codeOf(updateIdentityProvider(admin, { slug, form }))).toBe('CONFLICT');
    expect((await requireIdentityProvider(admin, slug)).enabled).toBe(true);
    await linkIdentityTo(admin, 'salesforce:00D000000000001EAA', '005000000000001AAA');
    const own = await listOwnIdentities(admin);
    const ofProvider = own.find((row) => row.issuer === provider.issuer);
    expect(await codeOf(unlinkIdentity(admin, ofProvider?.id ?? ''))).toBe('CONFLICT');
    await setSalesforceSignIn(admin, true);
    await unlinkIdentity(admin, ofProvider?.id ?? '');
    expect(await listOwnIdentities(admin)).toHaveLength(1);
    await system((tx) => tx.update(portal).set({ salesforceSignIn: true }));
  });
});

describe('my identities', () => {
  it('are unlinked by me only, and never the last usable one', async () => {
    const [me, other] = [await makeContext(), await makeContext()];
    await linkIdentityTo(me, 'salesforce:00D000000000001EAA', crypto.randomUUID());
    await linkIdentityTo(me, 'https://gone.example', crypto.randomUUID());
    const [salesforce, gone] = await listOwnIdentities(me);
    expect(await codeOf(unlinkIdentity(other, gone?.id ?? ''))).toBe('NOT_FOUND');
    expect(await codeOf(unlinkIdentity(me, 'made-up'))).toBe('NOT_FOUND');
    // The other one is of a provider that is not there any more.
    expect(await codeOf(unlinkIdentity(me, salesforce?.id ?? ''))).toBe('CONFLICT');
    await unlinkIdentity(me, gone?.id ?? '');
    expect(await codeOf(unlinkIdentity(me, salesforce?.id ?? ''))).toBe('CONFLICT');
    expect((await auditOf('person.unlink_identity')).at(-1)).toMatchObject({
      subjectId: me.personId,
      details: { issuer: 'https://gone.example' },
    });
  });
});
