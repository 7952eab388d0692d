import { describe, expect, it } from 'vitest';
import type { ApiParameter } from '@/lib/broker/openapi/types';
import { requestOf } from './request-of';

const parameter = (name: string, place: ApiParameter['in']): ApiParameter => ({
  ...{ name, in: place, required: false, description: '' },
  schema: { type: 'string' },
});
const ORIGIN = 'https://portal.example';
const ask = (path: string, parameters: ApiParameter[], values: Record<string, string>) =>
  requestOf({ path, parameters }, new Map(Object.entries(values)), ORIGIN);

describe('requestOf', () => {
  it('writes what was filled in where it belongs, and leaves out what was not', () => {
    const parameters = [
      parameter('id', 'path'),
      parameter('environment', 'query'),
      parameter('fields', 'query'),
      parameter('Idempotency-Key', 'header'),
    ];
    const values = { id: 'a b/c', environment: 'uat', fields: '', 'Idempotency-Key': 'one' };
    expect(ask('/api/v1/connections/{id}', parameters, values)).toEqual({
      target: '/api/v1/connections/a%20b%2Fc?environment=uat',
      headers: { 'Idempotency-Key': 'one' },
    });
  });

  it('leaves the slashes and the query of a whole path', () => {
    const values = { path: '/data/v66.0/query?q=SELECT+Id' };
    expect(ask('/services/{path}', [parameter('path', 'path')], values).target).toBe(
      '/services/data/v66.0/query?q=SELECT+Id',
    );
  });

  it('calls nothing but the operation', () => {
    for (const path of ['../account', '../../api/v1/connections', '%2e%2e/account', '..\\account']) {
      expect(ask('/services/{path}', [parameter('path', 'path')], { path }).target, path).toBeNull();
    }
  });
});
