import { describe, expect, it } from 'vitest';
import { externalHref, recordPath, salesforceHref } from './hrefs';

const window = { instanceUrl: 'https://acme.my.salesforce.com', connectionId: 'c0ffee' };

describe('links of a record', () => {
  it('lead to its page in the portal', () => {
    expect(recordPath(window, '001xx000003DGb2AAG')).toBe('/connections/c0ffee/records/001xx000003DGb2AAG');
  });

  it('lead to Salesforce by its id', () => {
    expect(salesforceHref(window, '005xx000001Sv6e')).toBe('https://acme.my.salesforce.com/005xx000001Sv6e');
  });

  it('never leave the instance, whatever the id holds', () => {
    expect(salesforceHref(window, '../@evil.example')).toBe(
      'https://acme.my.salesforce.com/..%2F%40evil.example',
    );
    expect(recordPath(window, '../../admin')).toBe('/connections/c0ffee/records/..%2F..%2Fadmin');
  });
});

describe('an address typed into a record', () => {
  it.each([
    ['https://acme.example/a', 'https://acme.example/a'],
    ['www.acme.example', 'http://www.acme.example/'],
    ['acme.example:8080/x', 'http://acme.example:8080/x'],
  ])('links %s', (value, href) => {
    expect(externalHref(value)).toBe(href);
  });

  it.each(['javascript:alert(1)', ' JaVaScRiPt:alert(1)', 'data:text/html,x', 'not a url', 'localhost', ''])(
    'leaves %j as text',
    (value) => {
      expect(externalHref(value)).toBeNull();
    },
  );
});
