import { describe, expect, it } from 'vitest';
import type { GridWindow } from '@/lib/records/types';
import { externalHref, recordHref, referenceHref } from './hrefs';

const window = {
  instanceUrl: 'https://acme.my.salesforce.com',
  sobject: 'Account',
  ids: ['001xx000003DGb2AAG'],
} as GridWindow;

describe('links to Salesforce', () => {
  it('lead to the record page of the object', () => {
    expect(recordHref(window, 0)).toBe(
      'https://acme.my.salesforce.com/lightning/r/Account/001xx000003DGb2AAG/view',
    );
  });

  it('lead to another record by its id', () => {
    expect(referenceHref(window, '005xx000001Sv6e')).toBe('https://acme.my.salesforce.com/005xx000001Sv6e');
  });

  it('never leave the instance, whatever the id holds', () => {
    expect(referenceHref(window, '../@evil.example')).toBe(
      'https://acme.my.salesforce.com/..%2F%40evil.example',
    );
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
