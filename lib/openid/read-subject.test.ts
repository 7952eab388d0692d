import { describe, expect, it } from 'vitest';
import { type Claims, readSubject } from './read-subject';

const claims = (more: Record<string, unknown>) =>
  ({ iss: 'https://login.acme.example', sub: 'ida-1', aud: 'orgdock', exp: 2, iat: 1, ...more }) as Claims;

describe('what an ID token says of a person', () => {
  it.each([true, 'true', undefined])('has the address when it is verified: %s', (email_verified) => {
    const subject = readSubject(claims({ email: 'ida@acme.example', email_verified }), null);
    expect(subject).toMatchObject({ email: 'ida@acme.example', username: 'ida@acme.example' });
  });

  it.each([false, 'false'])('has no address that anybody may have typed: %s', (email_verified) => {
    const subject = readSubject(claims({ email: 'ceo@acme.example', email_verified }), null);
    expect(subject).toMatchObject({ email: null, username: 'ida-1', displayName: 'ida-1', subject: 'ida-1' });
  });
});
