import { describe, expect, it } from 'vitest';
import { snippetsOf } from './snippets';

const portal = 'https://orgdock.example';

describe('examples of a key', () => {
  it('call the portal’s root when it is bound to one connection', () => {
    const [first, jsforce] = snippetsOf({ portal, boundTo: { id: 'c', alias: 'main', apiVersion: '67.0' } });
    expect(first?.code).toContain(`"${portal}/services/data/v67.0/query?q=`);
    expect(jsforce?.code).toContain(`instanceUrl: '${portal}'`);
  });

  it('call through the prefix when there are several', () => {
    const codes = snippetsOf({ portal, boundTo: null }).map(({ code }) => code);
    expect(codes.join()).not.toContain(`${portal}/services`);
    expect(codes.join()).toContain(`${portal}/api/v1/connections/$CONNECTION/proxy/services/`);
  });

  it('never show a secret', () => {
    for (const boundTo of [null, { id: 'c', alias: null, apiVersion: '66.0' }]) {
      for (const { code } of snippetsOf({ portal, boundTo })) {
        expect(code).toMatch(/\$ORGDOCK_KEY|accessToken: key,/);
        expect(code).not.toContain('odk_');
      }
    }
  });
});
