import { describe, expect, it } from 'vitest';
import { lookIntoRows } from './look-into-rows';
import { operationOf, writtenIds, writtenObject } from './written-records';

const record = { attributes: { type: 'Account' }, Id: '001000000000000AAA' };
const page = (count: number, more: object = {}) => ({
  totalSize: count,
  done: true,
  records: Array.from({ length: count }, () => record),
  ...more,
});
const NEXT = '/services/data/v66.0/query/0r8xx5R2yF2gs3VASQ-2000';

describe('lookIntoRows', () => {
  it.each([
    ['a page', page(3), 3],
    ['a count', { totalSize: 9, done: true, records: [] }, 0],
    ['a record', record, 1],
    ['records of a collection', [record, null, record], 2],
    ['a search', { searchRecords: [record, record] }, 2],
    ['children', page(1, { records: [{ ...record, Contacts: page(4) }] }), 5],
    ['parents, which are no rows', page(1, { records: [{ ...record, Owner: record }] }), 1],
    ['a composite answer', { compositeResponse: [{ body: page(2) }, { body: record }] }, 3],
    ['a batch', { hasErrors: false, results: [{ statusCode: 200, result: page(2) }] }, 2],
    ['a graph', { graphs: [{ graphResponse: { compositeResponse: [{ body: page(2) }] } }] }, 2],
    ['ids of what was updated', { ids: [record.Id, record.Id], latestDateCovered: 'x' }, 2],
    ['what was deleted', { deletedRecords: [{ id: record.Id }], latestDateCovered: 'x' }, 1],
    ['recent records of an object', { objectDescribe: {}, recentItems: [record, record] }, 2],
    ['a describe', { name: 'Account', fields: [] }, 0],
    ['nothing', null, 0],
  ])('counts %s', (_, body, rows) => {
    expect(lookIntoRows(body)).toEqual({ rows, locators: [] });
  });

  it('finds the locators of lists that go on, also of children and inside of others', () => {
    const going = page(1, { done: false, nextRecordsUrl: NEXT });
    const child = { records: [{ ...record, Contacts: going }] };
    expect(lookIntoRows(going).locators).toEqual(['0r8xx5R2yF2gs3VASQ']);
    expect(lookIntoRows({ compositeResponse: [{ body: child }] }).locators).toEqual(['0r8xx5R2yF2gs3VASQ']);
    expect(lookIntoRows(page(1, { nextRecordsUrl: 'https://evil.example/x' })).locators).toEqual([]);
  });
});

describe('what a write did', () => {
  const touch = (operation: 'create' | 'update' | 'query', sobject = 'Account') => ({
    operation,
    sobject,
    field: null,
  });

  it('is told by its touches', () => {
    expect(operationOf([touch('create')])).toBe('create');
    expect(operationOf([touch('create'), touch('update')])).toBe('upsert');
    expect(operationOf([touch('query')])).toBe('other');
    expect(writtenObject([touch('update'), touch('query', 'Contact')])).toBe('Account');
    expect(writtenObject([touch('update'), touch('update', 'Contact')])).toBeNull();
    expect(writtenObject([touch('update', '*')])).toBeNull();
  });

  it('is told by the ids of the answer, or of the path', () => {
    const done = { id: '001000000000000AAA', success: true };
    expect(writtenIds('/x', done)).toEqual([done.id]);
    expect(writtenIds('/x', [done, { success: false, errors: [] }])).toEqual([done.id]);
    expect(writtenIds('/x', { compositeResponse: [{ body: done }, { body: null }] })).toEqual([done.id]);
    expect(writtenIds('/services/data/v66.0/sobjects/Account/001000000000000AAA?x=1', null)).toEqual([
      done.id,
    ]);
    expect(writtenIds('/services/data/v66.0/sobjects/Account', null)).toEqual([]);
  });
});
