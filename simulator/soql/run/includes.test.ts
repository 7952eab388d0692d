import { describe, expect, it } from 'vitest';
import type { LiveObject } from '@/simulator/data/live-table';
import { field } from '@/simulator/data/schema';
import { createDataService } from '@/simulator/rest/service';
import { SoqlError } from '@/simulator/soql/errors';
import { dataBench } from '@/simulator/testing/data-service';

const SKILLS = ['a0S000000000001AAA', 'a0S000000000002AAA', 'a0S000000000003AAA', 'a0S000000000004AAA'];
const CHOSEN = ['Java', 'Java;SQL', 'SQL;Welding', null];

const candidates: LiveObject = {
  definition: {
    name: 'Candidate__c',
    label: 'Candidate',
    labelPlural: 'Candidates',
    keyPrefix: 'a0S',
    flags: ['queryable'],
    fields: [
      field('Id', 'Record ID', 'id', 18, 'afsgdi'),
      field('Name', 'Name', 'string', 80, 'afscungdiN'),
      field('Skills__c', 'Skills', 'multipicklist', 4099, 'fcunp', { picklist: ['Java', 'SQL', 'Welding'] }),
    ],
    children: [],
    scopes: [],
  },
  isFor: () => true,
  rows: () => SKILLS.map((id, row) => ({ id, cells: { Name: `C${row}`, Skills__c: CHOSEN[row] ?? null } })),
};

const bench = dataBench();
const service = createDataService(bench.org, [candidates]);

function found(where: string): unknown[] {
  const soql = `SELECT Skills__c FROM Candidate__c WHERE ${where}`;
  const result = service.engine.run(soql, bench.user('ada'), 0);
  if (result.kind !== 'rows') throw new Error(result.kind);
  return Array.from({ length: result.total }, (_, index) =>
    result.select[0]?.read(result.rows?.[index] ?? index),
  );
}

describe('multi-select picklists', () => {
  it('reads ; as together and , as or', () => {
    expect(found("Skills__c INCLUDES ('Java')")).toEqual(['Java', 'Java;SQL']);
    expect(found("Skills__c INCLUDES ('SQL;Java')")).toEqual(['Java;SQL']);
    expect(found("Skills__c INCLUDES ('java;sql', 'Welding')")).toEqual(['Java;SQL', 'SQL;Welding']);
    expect(found("Skills__c EXCLUDES ('Java', 'Welding')")).toEqual([null]);
    expect(found("Skills__c EXCLUDES ('Java;SQL')")).toEqual(['Java', 'SQL;Welding', null]);
  });

  it('compares whole values and null', () => {
    expect(found("Skills__c = 'Java'")).toEqual(['Java']);
    expect(found("Skills__c != 'Java;SQL'")).toEqual(['Java', 'SQL;Welding', null]);
    expect(found('Skills__c = null')).toEqual([null]);
  });

  it.each([
    ["Name INCLUDES ('Java')", 'invalid operator on string field'],
    ["Id EXCLUDES ('Java')", 'invalid operator on id field'],
    ["Skills__c LIKE 'J%'", 'invalid operator on multipicklist field'],
    ["Skills__c > 'Java'", 'invalid operator on multipicklist field'],
    ['Skills__c INCLUDES (5)', 'must be of type string'],
  ])('refuses %s', (where, message) => {
    expect(() => found(where)).toThrow(SoqlError);
    expect(() => found(where)).toThrow(message);
  });
});
