import { describe, expect, it } from 'vitest';
import { leastHeaders } from './headers.mjs';

describe('the headers of every answer', () => {
  it('let nothing be guessed, framed or loaded', () => {
    expect(Object.fromEntries(leastHeaders('http'))).toEqual({
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'same-origin',
    });
  });

  it('keep browsers on https for a year, once they came over it', () => {
    expect(Object.fromEntries(leastHeaders('https'))['strict-transport-security']).toBe(
      'max-age=31536000; includeSubDomains',
    );
    expect(leastHeaders(undefined).map(([name]) => name)).not.toContain('strict-transport-security');
  });
});
