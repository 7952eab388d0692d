import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { describe, expect, it, onTestFinished } from 'vitest';
import { withSystem } from '@/db/client';
import { environments } from '@/db/schema';
import { openOAuthApp } from '@/lib/environments/oauth-app';
import { NotConfirmedError, UsageError } from './command';
import { runEnvironments } from './environments';

/** Runs the command; what it printed, and what it ended with. */
async function run(args: string[], around: { answer?: string; variables?: Record<string, string> } = {}) {
  const printed: string[] = [];
  const { answer, variables = {} } = around;
  const error = await runEnvironments(args, {
    print: (text) => printed.push(text),
    ask: answer === undefined ? null : async () => answer,
    variable: (name) => variables[name],
  }).then(
    () => null,
    (reason: unknown) => reason,
  );
  return { text: printed.join('\n'), error };
}

function fileOf(...entries: object[]): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'orgdock-import-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'environments.json');
  writeFileSync(file, JSON.stringify({ orgdock: 'environments', version: 1, environments: entries }));
  return file;
}

const entryOf = (changes: object = {}) => ({
  slug: `uat-${randomUUID().slice(0, 8)}`,
  name: 'UAT',
  kind: 'uat',
  origin: 'https://acme--uat.sandbox.my.salesforce.com',
  clientId: '3MVG9.uat',
  ...changes,
});

async function rowOf(slug: string) {
  const [row] = await withSystem('test', (tx) =>
    tx.select().from(environments).where(eq(environments.slug, slug)),
  );
  return row;
}

describe('environments apply', () => {
  it('says the plan, changes nothing unasked, and then does it with the secret of the variable', async () => {
    const entry = entryOf({ consumerSecretFrom: { variable: 'UAT_SECRET' } });
    const file = fileOf(entry);
    const variables = { UAT_SECRET: 'canary-of-the-variable' };
    const unasked = await run(['apply', file], { variables });
    expect(unasked.error).toBeInstanceOf(NotConfirmedError);
    expect(unasked.text).toContain(`+ create ${entry.slug} (UAT)`);
    expect((await run(['apply', file], { variables, answer: 'no' })).error).toBeInstanceOf(NotConfirmedError);
    expect(await rowOf(entry.slug)).toBeUndefined();

    const done = await run(['apply', file, '--yes'], { variables });
    expect(done).toMatchObject({ error: null, text: expect.stringContaining(`Created ${entry.slug}.`) });
    const row = await rowOf(entry.slug);
    expect(row?.status).toBe('active');
    const app = await withSystem('test', (tx) => openOAuthApp(tx, row?.id ?? ''));
    expect(app.clientSecret).toBe('canary-of-the-variable');

    const again = await run(['apply', file], { variables });
    expect(again).toMatchObject({ error: null, text: expect.stringContaining('nothing to apply') });
    const exported = await run(['export', entry.slug]);
    expect(JSON.parse(exported.text).environments).toMatchObject([{ slug: entry.slug, name: 'UAT' }]);
    for (const { text } of [unasked, done, again, exported]) expect(text).not.toContain('canary');
  });

  it('asks on a terminal, and makes a draft where the variable is not set', async () => {
    const entry = entryOf({ consumerSecretFrom: { variable: 'UAT_SECRET' } });
    const { text, error } = await run(['apply', fileOf(entry)], { answer: ' apply ' });
    expect(error).toBeNull();
    expect(text).toContain('The variable UAT_SECRET');
    expect((await rowOf(entry.slug))?.status).toBe('draft');
  });

  it.each([
    'ORGDOCK_KEYRING',
    'NEXTAUTH_SECRET',
    'NEXT_ANYTHING',
    'DATABASE_URL',
    'TEST_DATABASE_URL',
    'orgdock_keyring',
  ])('takes no secret from %s, a setting of Orgdock', async (variable) => {
    const entry = entryOf({ consumerSecretFrom: { variable } });
    const variables = { [variable]: 'canary-of-orgdock' };
    const { text, error } = await run(['apply', fileOf(entry), '--yes'], { variables });
    expect(error).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining(variable) });
    expect(text).not.toContain('canary');
    expect(await rowOf(entry.slug)).toBeUndefined();
  });

  it('does what it can and ends with an error that names what was left out', async () => {
    const [good, bad] = [entryOf(), entryOf({ apiVersion: 'yesterday' })];
    const { text, error } = await run(['apply', fileOf(good, bad), '--yes']);
    expect(text).toContain(`x refused ${bad.slug}`);
    expect(error).toMatchObject({ code: 'CONFLICT', message: `Left out: ${bad.slug}.` });
    expect(await rowOf(good.slug)).toBeDefined();
  });

  it('explains arguments and files that it cannot take', async () => {
    for (const args of [
      [],
      ['apply'],
      ['apply', '--yes'],
      ['apply', 'a', 'b'],
      ['export', 'a', 'b'],
      ['steal'],
    ]) {
      expect((await run(args)).error).toBeInstanceOf(UsageError);
    }
    expect((await run(['apply', '/no/such/file'])).error).toMatchObject({ code: 'NOT_FOUND' });
    expect((await run(['export', 'no-such'])).error).toMatchObject({ code: 'NOT_FOUND' });
  });
});
