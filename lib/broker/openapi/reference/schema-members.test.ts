import { expect, it } from 'vitest';
import { schemaMembers } from './schema-members';

it('says what a member is in words that one reads, and what stands within it', () => {
  const members = schemaMembers({
    type: 'object',
    properties: {
      alias: { type: ['string', 'null'], description: 'Its alias.' },
      format: { enum: ['csv', 'ndjson'], default: 'ndjson' },
      org: { anyOf: [{ type: 'object', properties: { id: { type: 'string' } } }, { type: 'null' }] },
    },
    required: ['alias'],
  });
  expect(members.map(({ name, type, required }) => [name, type, required])).toEqual([
    ['alias', 'string | null', true],
    ['format', '"csv" | "ndjson", left out: "ndjson"', false],
    ['org', 'object | null', false],
    ['org.id', 'string', false],
  ]);
});
