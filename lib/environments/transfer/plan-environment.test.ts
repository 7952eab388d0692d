import { describe, expect, it } from 'vitest';
import { parseEnvironmentForm } from '@/lib/environments/schema';
import type { EnvironmentSettings } from '@/lib/environments/settings';
import { planEnvironment } from './plan-environment';
import type { CurrentEnvironment } from './read-current';
import type { TransferEntry } from './schema';

const FORM = {
  name: 'UAT',
  kind: 'uat' as const,
  origin: 'https://acme--uat.sandbox.my.salesforce.com',
  clientId: '3MVG9.uat',
};

function settingsFor(changes: object = {}): EnvironmentSettings {
  const { consumerSecret, removeSecret, saveAs, ...settings } = parseEnvironmentForm({ ...FORM, ...changes });
  return settings;
}

const currentOf = (changes: Partial<CurrentEnvironment> = {}): CurrentEnvironment => ({
  id: 'e1',
  slug: 'uat',
  deleted: false,
  status: 'active',
  settings: settingsFor(),
  expectedOrgId: null,
  hasSecret: true,
  secret: null,
  rotating: false,
  updatedAt: '2026-03-06T10:00:00.000Z',
  secretUpdatedAt: '2026-03-06T10:00:00.000Z',
  ...changes,
});

function plan(
  entry: Partial<TransferEntry>,
  rest: { current?: CurrentEnvironment | null; isTaken?: boolean; secret?: string | null } = {},
) {
  const { current = null, isTaken = false, secret = null } = rest;
  return planEnvironment({ entry: { slug: 'uat', ...entry }, current, isTaken, secret });
}

describe('a new environment of a file', () => {
  it('is a draft while its secret is missing, and in use with it or as a public client', () => {
    expect(plan(FORM)).toMatchObject({
      item: { kind: 'create', asksSecret: true, notes: [expect.stringContaining('It is a draft until')] },
      write: { status: 'draft', secret: null },
    });
    expect(plan(FORM, { secret: 's' }).write).toMatchObject({ status: 'active', secret: 's' });
    expect(plan({ ...FORM, clientType: 'public' })).toMatchObject({
      item: { asksSecret: false, notes: [] },
      write: { status: 'active' },
    });
    expect(plan({ ...FORM, status: 'disabled' }, { secret: 's' }).write?.status).toBe('disabled');
  });

  it('may be a draft without consumer key, but not in use without one', () => {
    expect(plan({ ...FORM, clientId: '', status: 'draft' }).item.kind).toBe('create');
    expect(plan({ ...FORM, clientId: '' }).item).toMatchObject({
      kind: 'refused',
      reasons: [expect.stringContaining('clientId:')],
    });
  });

  it('is refused where its slug is taken, reserved or none', () => {
    expect(plan(FORM, { isTaken: true }).item.kind).toBe('refused');
    for (const slug of ['new', 'import', 'UAT', 'a/b', '-a', 'x'.repeat(60)]) {
      expect(plan({ ...FORM, slug })).toMatchObject({ item: { kind: 'refused' }, write: null });
    }
  });

  it('says that chosen people are in no file', () => {
    expect(plan({ ...FORM, access: 'chosen' }, { secret: 's' }).item.notes).toEqual([
      expect.stringContaining('chosen people'),
    ]);
  });
});

describe('an environment that is there', () => {
  it('is unchanged when the file says the same, or says nothing', () => {
    for (const entry of [{}, FORM, { ...settingsFor(), status: 'active' as const }]) {
      expect(plan(entry, { current: currentOf() })).toMatchObject({
        item: { kind: 'unchanged', changes: [], warnings: [] },
        write: null,
      });
    }
  });

  it('shows each field before and after', () => {
    const { item, write } = plan(
      { name: 'UAT 2', scopes: ['openid', 'api', 'refresh_token'], status: 'disabled' },
      { current: currentOf() },
    );
    expect(item).toMatchObject({
      kind: 'change',
      changes: [
        { field: 'name', before: 'UAT', after: 'UAT 2' },
        {
          field: 'scopes',
          before: '["openid","id","api","refresh_token"]',
          after: '["openid","api","refresh_token"]',
        },
        { field: 'status', before: 'active', after: 'disabled' },
      ],
      warnings: [expect.stringContaining('Nobody signs in')],
    });
    expect(write).toMatchObject({ moved: false, status: 'disabled' });
  });

  it('never takes its secret to another address or consumer key', () => {
    for (const moved of [{ clientId: '3MVG9.other' }, { origin: 'https://evil.my.salesforce.com' }]) {
      expect(plan(moved, { current: currentOf() })).toMatchObject({
        item: { kind: 'needs_secret', asksSecret: true },
        write: null,
      });
      expect(plan(moved, { current: currentOf(), secret: 'new' })).toMatchObject({
        item: { kind: 'change', warnings: [expect.stringContaining('has to reconnect')] },
        write: { moved: true, secret: 'new' },
      });
      // The same secret, entered anew, is stored anew: it was entered for this app now.
      expect(plan(moved, { current: currentOf({ secret: 'same' }), secret: 'same' }).write?.secret).toBe(
        'same',
      );
      expect(plan({ ...moved, clientType: 'public' }, { current: currentOf() }).write).toMatchObject({
        removesSecret: true,
        secret: null,
      });
    }
  });

  it('takes another secret over, and not the same one again', () => {
    const current = currentOf({ secret: 'stored' });
    expect(plan({}, { current, secret: 'stored' }).item.kind).toBe('unchanged');
    expect(plan({}, { current, secret: 'other' })).toMatchObject({
      item: { kind: 'change', changes: [{ field: 'consumerSecret', before: 'stored', after: 'set anew' }] },
      write: { secret: 'other' },
    });
  });

  it('keeps app and secret while a rotation of the secret is open, and takes what else differs', () => {
    const current = currentOf({ rotating: true });
    for (const [entry, secret] of [
      [{ clientId: '3MVG9.other' }, 's'],
      [{ clientId: '3MVG9.other' }, null],
      [{ origin: 'https://other.my.salesforce.com' }, 's'],
      [{ clientType: 'public' }, null],
      [{ clientId: '3MVG9.other', clientType: 'public' }, null],
      [{}, 's'],
    ] as const) {
      expect(plan(entry, { current, secret })).toMatchObject({
        item: {
          kind: 'refused',
          reasons: [expect.stringContaining('rotation of the consumer secret is open')],
        },
        write: null,
      });
    }
    expect(plan({ name: 'UAT 2' }, { current }).item.kind).toBe('change');
  });

  it('stays a draft without its secret, as often as the file is applied, and gets into use with it', () => {
    const current = currentOf({ status: 'draft', hasSecret: false, secretUpdatedAt: null });
    expect(plan({ status: 'active' }, { current }).item).toMatchObject({
      kind: 'unchanged',
      asksSecret: true,
    });
    expect(plan({ status: 'active' }, { current, secret: 's' }).write).toMatchObject({
      status: 'active',
      secret: 's',
    });
  });

  it('cannot become a draft once it is in use', () => {
    expect(plan({ status: 'draft' }, { current: currentOf() }).item).toMatchObject({
      kind: 'refused',
      reasons: [expect.stringContaining('in use')],
    });
  });

  it('warns about production, about what lets people in, and about another org', () => {
    const current = currentOf({
      settings: settingsFor({ isProduction: true }),
      expectedOrgId: '00D000000000001EAA',
    });
    const { item, write } = plan(
      {
        isProduction: false,
        allowSignIn: true,
        membership: 'everyone_of_org',
        expectedOrg: { id: '00D000000000002EAA', name: null },
      },
      { current },
    );
    expect(item.isProduction).toBe(true);
    expect(item.warnings).toEqual([
      expect.stringContaining('This is production'),
      expect.stringContaining('not be marked as production'),
      expect.stringContaining('sign in to Orgdock'),
      expect.stringContaining('become a member'),
      expect.stringContaining('pinned to another org'),
    ]);
    expect(write?.expectedOrg?.id).toBe('00D000000000002EAA');
  });
});
