import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { environmentsJsonSchema, parseTransferFile } from './schema';

const fileOf = (...environments: unknown[]) =>
  JSON.stringify({ orgdock: 'environments', version: 1, environments });

describe('the JSON Schema of the file', () => {
  it('stands in docs as it is: "npm run admin -- environments schema" prints it', () => {
    const file = path.resolve(import.meta.dirname, '../../../docs/environments.schema.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(environmentsJsonSchema());
  });

  it('asks for nothing but the slug, and knows no secret', () => {
    const text = JSON.stringify(environmentsJsonSchema());
    expect(text).toContain('"required":["slug"]');
    expect(text).not.toMatch(/"consumerSecret"|"clientSecret"/);
  });
});

describe('parseTransferFile', () => {
  it('takes a file that names its schema, and entries that say little', () => {
    const content = JSON.stringify({
      $schema: './environments.schema.json',
      ...JSON.parse(fileOf({ slug: 'uat' })),
    });
    expect(parseTransferFile(content)).toEqual([{ slug: 'uat' }]);
  });

  it.each([
    ['no JSON', '{', {}],
    [
      'another kind of file',
      '{"orgdock":"people","version":1,"environments":[]}',
      { orgdock: expect.any(String) },
    ],
    [
      'a later version',
      '{"orgdock":"environments","version":2,"environments":[]}',
      { version: expect.any(String) },
    ],
    ['a slug twice', fileOf({ slug: 'uat' }, { slug: 'uat' }), {}],
    ['a secret', fileOf({ slug: 'uat', consumerSecret: 'x' }), { 'environments.0': expect.any(String) }],
    ['a wrong type', fileOf({ slug: 'uat', rank: '1' }), { 'environments.0.rank': expect.any(String) }],
  ])('refuses %s and says where', (_what, content, details) => {
    expect(() => parseTransferFile(content)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', details }),
    );
  });

  it('quotes nothing of what it could not read', () => {
    const readError = () => {
      try {
        return parseTransferFile('{"canary": canary-of-the-file');
      } catch (error) {
        return error;
      }
    };
    const error = readError();
    expect(error).toMatchObject({ code: 'INVALID_INPUT' });
    expect(inspect(error, { depth: 10 })).not.toContain('canary');
  });
});
