import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from '@/lib/broker/openapi/document';
import { OPERATIONS_OF_API } from '@/lib/broker/openapi/operations';
import { PROBLEM_MEANINGS } from '@/lib/broker/openapi/problems';
import { componentSchemas } from '@/lib/broker/openapi/schemas';

const APP = path.resolve(import.meta.dirname, '../../../app');

/** Answers NOT_FOUND to everything that has no route. */
const CATCH_ALL = 'api/v1/[...path]/route.ts';

/** `GET /api/v1/connections/{id}` of every method that a route below `app` takes. */
function builtOperations(): string[] {
  const files = ['api/v1', 'services'].flatMap((folder) =>
    readdirSync(path.join(APP, folder), { recursive: true, encoding: 'utf8' })
      .map((file) => `${folder}/${file}`)
      .filter((file) => file.endsWith('/route.ts') && file !== CATCH_ALL),
  );
  return files.flatMap((file) => {
    const text = readFileSync(path.join(APP, file), 'utf8');
    const exports = [...text.matchAll(/^export (?:async )?function ([A-Z]+)\b|^export \{([^}]+)\}/gm)];
    const methods = exports.flatMap(([, one, several]) =>
      one === undefined ? [...(several ?? '').matchAll(/as ([A-Z]+)/g)].map(([, name]) => name) : [one],
    );
    const address = file.replace('/route.ts', '').replaceAll(/\[(?:\.\.\.)?(\w+)\]/g, '{$1}');
    return methods.map((method) => `${method} /${address}`);
  });
}

describe('the OpenAPI document', () => {
  it('tells of every route that there is, and of no other', () => {
    const told = OPERATIONS_OF_API.map(({ method, path: at }) => `${method.toUpperCase()} ${at}`);
    expect(told.toSorted()).toEqual(builtOperations().toSorted());
  });

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const document = openApiDocument('https://portal.example');
    expect(await validator.validate(JSON.parse(JSON.stringify(document)))).toMatchObject({ valid: true });
    expect(validator.version).toBe('3.1');
    const broken = { ...document, paths: { '/x': { get: { responses: { 200: {} } } } } };
    expect(await validator.validate(JSON.parse(JSON.stringify(broken)))).toMatchObject({ valid: false });
  });

  it('refers to nothing that it does not hold, and holds nothing that it does not refer to', () => {
    const { paths, components } = openApiDocument('https://portal.example') as {
      paths: unknown;
      components: Record<string, Record<string, unknown>>;
    };
    const told = [...JSON.stringify(paths).matchAll(/"#\/components\/(\w+)\/([\w-]+)"/g)].map(
      ([, kind, name]) => `${kind}/${name}`,
    );
    const held = ['schemas', 'headers'].flatMap((kind) =>
      Object.keys(components[kind] ?? {}).map((name) => `${kind}/${name}`),
    );
    expect([...new Set(told)].toSorted()).toEqual(held.toSorted());
  });

  it('names each operation once, and every parameter of its path', () => {
    const ids = OPERATIONS_OF_API.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path: at, parameters, operationId } of OPERATIONS_OF_API) {
      const inPath = parameters.filter((one) => one.in === 'path').map(({ name }) => name);
      expect(inPath, operationId).toEqual([...at.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    }
  });

  it('says what each code means', () => {
    const codes = new Set(OPERATIONS_OF_API.flatMap(({ problems }) => problems));
    const unsaid = [...codes].filter((code) => !(code in PROBLEM_MEANINGS));
    expect(unsaid).toEqual([]);
  });

  it('leaves out of bodies what has a default, and nothing out of answers', () => {
    const { QueryRequest, Connection } = componentSchemas();
    expect(QueryRequest?.required).toEqual(['soql']);
    expect(Connection?.required).toContain('lastUsedAt');
    expect(Connection?.additionalProperties).toBe(false);
  });
});
