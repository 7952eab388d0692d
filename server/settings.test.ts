import { describe, expect, it } from 'vitest';
import { describeFaults, settingFaults } from './settings.mjs';

const good = { NEXTAUTH_URL: 'https://portal.example', NEXTAUTH_SECRET: 'x'.repeat(32) };
const namesOf = (settings: Record<string, string>) =>
  settingFaults({ ...good, ...settings }).map(({ name }) => name);

describe('settings of a production start', () => {
  it('are complete with an address and a secret', () => {
    expect(settingFaults(good)).toEqual([]);
  });

  it('are all named at once when they are missing or wrong, each with its fix', () => {
    const faults = settingFaults({ DATABASE_URL: 'mysql://x', PORT: '0', LOG_LEVEL: 'loud' });
    expect(faults.map(({ name }) => name)).toEqual([
      'NEXTAUTH_URL',
      'NEXTAUTH_SECRET',
      'ORGDOCK_KEYRING',
      'DATABASE_URL',
      'PORT',
      'LOG_LEVEL',
    ]);
    const text = describeFaults(faults);
    for (const { name, fix } of faults) {
      expect(text).toContain(`${name}: `);
      expect(text).toContain(fix);
    }
  });

  it.each([
    ['NEXTAUTH_URL', 'http://portal.example'],
    ['NEXTAUTH_URL', 'https://portal.example/base'],
    ['NEXTAUTH_URL', 'https://user:secret@portal.example'],
    ['NEXTAUTH_URL', 'portal.example'],
    ['NEXTAUTH_SECRET', 'short'],
    ['DATABASE_OWNER_URL', 'db.internal:5432'],
    ['DATABASE_DIRECT_URL', 'postgres://portal@db.internal/orgdock'],
    ['ORGDOCK_SMTP_URL', 'mail.example.com:587'],
    ['ORGDOCK_SMTP_URL', 'smtp://'],
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['ORGDOCK_TRUSTED_PROXIES', '10.0.0.0/99'],
    ['ORGDOCK_ALLOW_HOSTS', 'http://acme.example'],
    ['ORGDOCK_ALLOW_HOSTS', 'https://acme.example/services'],
    ['ORGDOCK_SETUP_TOKEN', 'guess'],
  ])('refuse %s=%s', (name, value) => {
    expect(namesOf({ [name]: value })).toEqual([name]);
  });

  it.each([
    ['NEXTAUTH_URL', 'http://localhost:3000'],
    ['NEXTAUTH_URL', 'http://127.0.0.1:3000'],
    ['NEXTAUTH_URL', 'http://[::1]:3000'],
    ['ORGDOCK_ALLOW_HOSTS', 'http://localhost:4501, https://partner.example'],
    ['ORGDOCK_TRUSTED_PROXIES', '10.0.0.0/8 ::1'],
    ['DATABASE_URL', ''],
    ['ORGDOCK_SMTP_URL', 'smtps://user:p%40ss@mail.example.com:465?from=orgdock@example.com'],
    ['ORGDOCK_SMTP_URL', 'smtp://localhost'],
  ])('allow %s=%s', (name, value) => {
    expect(namesOf({ [name]: value })).toEqual([]);
  });

  it('do not repeat a database address, which holds a password', () => {
    const text = describeFaults(
      settingFaults({ ...good, ORGDOCK_KEYRING: '{}', DATABASE_URL: 'mysql://u:hunter2@x' }),
    );
    expect(text).toContain('DATABASE_URL');
    expect(text).not.toContain('hunter2');
  });
});
