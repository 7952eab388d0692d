import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import { allowOrigins } from '@/tests/loopback';
import { checkProviderUrl } from './provider-url';

function reasonFor(text: string): string | null {
  try {
    checkProviderUrl(text);
    return null;
  } catch (error) {
    if (error instanceof AppError && error.code === 'HOST_NOT_ALLOWED') return error.details.reason ?? '';
    throw error;
  }
}

describe('the address of an identity provider', () => {
  it.each([
    'https://login.acme.example',
    'https://login.acme.example:8443/realms/acme',
    'https://login.microsoftonline.com/4f0a/v2.0',
    'https://acme.eu.auth0.com/',
  ])('may be https on any host name: %s', (text) => {
    expect(reasonFor(text)).toBeNull();
    expect(checkProviderUrl(text).href).toBe(new URL(text).href);
  });

  it.each([
    ['http://login.acme.example', 'only https'],
    ['https://127.0.0.1', 'IP address'],
    ['https://[::1]/', 'IP address'],
    ['https://10.1.2.3/realm', 'IP address'],
    ['https://2130706433/', 'IP address'],
    ['https://user:pw@login.acme.example', 'user name'],
    ['https://login.acme.example.', 'dot'],
    ['https://login.acme.example/#x', 'fragment'],
    ['https:\\\\login.acme.example', 'backslash'],
    ['https://lоgin.acme.example', 'letters outside'],
    ['file:///etc/passwd', 'https://'],
    ['javascript:alert(1)', 'https://'],
    ['', 'empty'],
  ])('may not be %s: %s', (text, why) => {
    expect(reasonFor(text)).toContain(why);
  });

  it('may be an exact origin that an operator allows, and no other', () => {
    allowOrigins('http://127.0.0.1:4700');
    expect(reasonFor('http://127.0.0.1:4700/realm')).toBeNull();
    expect(reasonFor('http://127.0.0.1:4701/realm')).not.toBeNull();
    expect(reasonFor('https://127.0.0.1:4700/realm')).not.toBeNull();
  });
});
