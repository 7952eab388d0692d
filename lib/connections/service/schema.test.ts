import { describe, expect, it } from 'vitest';
import { parseCreateForm, parseName, parseRenewForm } from '@/lib/connections/service/schema';
import { AppError } from '@/lib/errors';

function detailsOf(parse: () => unknown): Record<string, string> {
  try {
    parse();
  } catch (error) {
    if (error instanceof AppError && error.code === 'INVALID_INPUT') return error.details;
    throw error;
  }
  throw new Error('it was taken');
}

const jwt = { name: 'Reporting', flow: 'jwt_bearer', username: 'ada@acme.example', key: 'make' };

describe('the form of a new service connection', () => {
  it('knows three flows, each with its own fields', () => {
    expect(parseCreateForm(jwt)).toEqual({ ...jwt, privateKey: '' });
    expect(parseCreateForm({ name: ' Reporting ', flow: 'client_credentials' })).toEqual({
      name: 'Reporting',
      flow: 'client_credentials',
    });
    expect(
      parseCreateForm({ name: 'Old', flow: 'password', username: 'ada@acme.example', password: ' #42 ' }),
    ).toEqual({
      name: 'Old',
      flow: 'password',
      username: 'ada@acme.example',
      password: ' #42 ',
      securityToken: '',
    });
  });

  it.each([
    ['no name', { ...jwt, name: ' ' }, 'name'],
    ['markup in the name', { ...jwt, name: '<b>' }, 'name'],
    ['a line break in the name', { ...jwt, name: 'a\nb' }, 'name'],
    ['a long name', { ...jwt, name: 'x'.repeat(81) }, 'name'],
    ['no username', { ...jwt, username: undefined }, 'username'],
    ['a username that is none', { ...jwt, username: 'ada' }, 'username'],
    ['no source of the key', { ...jwt, key: undefined }, 'key'],
    ['a source for renewals only', { ...jwt, key: 'next' }, 'key'],
    ['an endless key', { ...jwt, key: 'own', privateKey: 'x'.repeat(20_001) }, 'privateKey'],
    [
      'no password',
      { name: 'Old', flow: 'password', username: 'ada@acme.example', password: '' },
      'password',
    ],
    ['another flow', { ...jwt, flow: 'authorization_code' }, 'flow'],
    ['no flow', { name: 'x' }, 'flow'],
    ['a field of another flow', { name: 'x', flow: 'client_credentials', password: 'secret-1' }, 'form'],
  ])('refuses %s', (_name, form, field) => {
    const details = detailsOf(() => parseCreateForm(form));
    expect(Object.keys(details)).toEqual([field]);
    expect(JSON.stringify(details)).not.toContain('secret-1');
  });
});

describe('the form of new credentials', () => {
  it('accepts another user only when it is said', () => {
    expect(parseRenewForm({ flow: 'client_credentials' }).acceptOtherUser).toBe(false);
    expect(parseRenewForm({ flow: 'client_credentials', acceptOtherUser: 'on' }).acceptOtherUser).toBe(true);
  });

  it('does not make keys', () => {
    const { name: _, ...form } = jwt;
    expect(Object.keys(detailsOf(() => parseRenewForm(form)))).toEqual(['key']);
    expect(parseRenewForm({ ...form, key: 'current' })).toMatchObject({ key: 'current' });
  });
});

it('refuses a new name that is none', () => {
  expect(parseName(' Reports ')).toBe('Reports');
  for (const name of ['', null, 5, '<']) expect(detailsOf(() => parseName(name))).toHaveProperty('name');
});
