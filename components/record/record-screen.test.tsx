import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { fieldMatches, fieldText } from '@/components/record/fields/field-text';
import { FieldValue } from '@/components/record/fields/field-value';
import { relatedHref, relatedWindowHref } from '@/components/record/related/related-hrefs';
import type { RecordField } from '@/lib/records/record/types';
import type { ColumnKind } from '@/lib/records/types';
import { parseFilter } from '@/lib/soql/filter-text';

const FORMATS = {
  connectionId: 'c1',
  instanceUrl: 'https://acme.my.salesforce.com',
  locale: 'en-US',
  timeZone: 'UTC',
  currency: 'EUR',
};
const field = (
  kind: ColumnKind,
  value: unknown,
  options?: RecordField['column']['options'],
): RecordField => ({
  column: {
    ...{ name: 'Field__c', label: 'A field', kind, sortable: false, filterable: false, scale: 2 },
    ...{ isName: false, isCalculated: false, ...(options && { options }) },
  },
  value,
});
const draw = (one: RecordField) => renderToStaticMarkup(<FieldValue field={one} formats={FORMATS} />);

describe('a value on a record’s page', () => {
  it('is written as in the grid', () => {
    expect(fieldText(field('currency', 1234.5), FORMATS)).toBe('€1,234.50');
    const options = [{ value: 'P1', label: 'Very urgent', active: true }];
    expect(fieldText(field('picklist', 'P1', options), FORMATS)).toBe('Very urgent');
    expect(draw(field('picklist', 'P1', options))).toContain('Very urgent');
  });

  it('leads from a lookup to the record that it points to', () => {
    const html = draw(field('reference', { id: '003000000000001AAA', name: 'Ada' }));
    expect(html).toContain('href="/connections/c1/records/003000000000001AAA"');
    expect(html).toContain('>Ada<');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x'])('makes no link of %s', (value) =>
    expect(draw(field('url', value))).not.toContain('<a'),
  );

  it('stands in lines where it is an address, and says so when it is empty', () => {
    const address = {
      street: 'Main St 1',
      city: 'Bonn',
      state: null,
      postalCode: '53111',
      country: 'Germany',
    };
    expect(draw(field('address', address))).toContain('Main St 1\n53111 Bonn\nGermany');
    expect(draw(field('text', null))).toContain('–');
  });

  it.each([
    ['a fie', true],
    ['FIELD__C', true],
    ['urgent', true],
    ['  ', true],
    ['P1', false],
    ['other', false],
  ])('is found by %j: %s', (search, expected) => {
    const options = [{ value: 'P1', label: 'Urgent', active: true }];
    expect(fieldMatches(field('picklist', 'P1', options), FORMATS, search)).toBe(expected);
  });
});

describe('a related list', () => {
  it('asks for the children that point to the record, and shows the same in a grid', () => {
    const list = { relationship: 'Contacts', label: 'Contacts', sobject: 'Contact', field: 'AccountId' };
    const record = { connectionId: 'c1', id: '001000000000001AAA' };
    const wanted = { match: 'all', of: [{ field: 'AccountId', operator: 'in', values: [record.id] }] };
    const grid = new URL(relatedHref(record, list), 'https://portal.example');
    const route = new URL(relatedWindowHref(record, list), 'https://portal.example');
    expect(grid.pathname).toBe('/connections/c1/objects/Contact');
    expect(route.pathname).toBe('/api/connections/c1/window');
    expect(route.searchParams.get('sobject')).toBe('Contact');
    for (const { searchParams } of [grid, route]) {
      expect(parseFilter(searchParams.get('filter') ?? '')).toEqual(wanted);
    }
  });
});
