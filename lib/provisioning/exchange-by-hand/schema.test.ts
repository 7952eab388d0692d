import { describe, expect, it } from 'vitest';
import { parseExchangeForm } from './schema';

const FORM = {
  redirectUri: 'https://portal.example/api/auth/callback/production',
  clientId: '3MVG9.client',
  clientSecret: '',
  code: 'aPrxCode==',
  codeVerifier: 'v'.repeat(43),
};
const codeOf = (code: string) => parseExchangeForm({ ...FORM, code }).code;

describe('parseExchangeForm', () => {
  it('takes a code as it is copied: decoded, encoded, or in the address that it came with', () => {
    expect(codeOf(' aPrxCode== ')).toBe('aPrxCode==');
    expect(codeOf('aPrxCode%3D%3d')).toBe('aPrxCode==');
    expect(codeOf('https://portal.example/cb?code=aPrxCode%3D%3D&state=by-hand')).toBe('aPrxCode==');
    expect(codeOf('myapp://callback?code=aPrxCode%3D%3D')).toBe('aPrxCode==');
  });

  it.each([
    ['code', 'https://portal.example/cb?error=access_denied'],
    ['code', ''],
    ['code', 'two words'],
    ['codeVerifier', 'short'],
    ['codeVerifier', `${'v'.repeat(43)}/`],
    ['redirectUri', 'no address'],
    ['clientId', ''],
    ['clientSecret', 'two words'],
  ])('refuses %s "%s" with a message of its own', (field, value) => {
    expect(() => parseExchangeForm({ ...FORM, [field]: value })).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', details: { [field]: expect.any(String) } }),
    );
  });
});
