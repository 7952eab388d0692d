import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { auditLog } from '@/db/schema';
import {
  changeNamedQuery,
  createNamedQuery,
  deleteNamedQuery,
  enableNamedQuery,
} from '@/lib/broker/named-queries/commands';
import { getNamedQuery, listNamedQueries, requireNamedQuery } from '@/lib/broker/named-queries/queries';
import { makeContext } from '@/tests/factories';

const SOQL = 'SELECT Id FROM Case WHERE Status = :status';
const PARAMETERS = [{ name: 'status', type: 'string', required: true, default: null, description: '' }];
const form = (name: string, over: Record<string, unknown> = {}) => ({
  ...{ name, description: 'Cases', soql: SOQL, parameters: JSON.stringify(PARAMETERS) },
  ...over,
});
const actsOf = async () => {
  const rows = await withSystem('test data', (tx) => tx.select().from(auditLog));
  return rows.filter(({ action }) => action.startsWith('named_query.'));
};

describe('named queries', () => {
  it('are there on day one with nothing configured', async () => {
    const ctx = await makeContext('member');
    const queries = await listNamedQueries(ctx);
    expect(queries).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'getAccounts', origin: 'ready_made', enabled: true }),
        expect.objectContaining({ name: 'getOpportunities', origin: 'ready_made', enabled: true }),
      ]),
    );
  });

  it('are written, changed, switched off and deleted by administrators, and each act is in the audit log', async () => {
    const ctx = await makeContext('admin');
    await createNamedQuery(ctx, form('getCases'));
    await expect(createNamedQuery(ctx, form('GETCASES'))).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { name: expect.stringMatching(/There is a query of this name/) },
    });
    await changeNamedQuery(ctx, { name: 'getCases', form: form('ignored', { description: 'Open cases' }) });
    expect(await requireNamedQuery(ctx, 'getCases')).toMatchObject({
      ...{ name: 'getCases', description: 'Open cases', origin: 'own', updatedBy: ctx.displayName },
    });
    await enableNamedQuery(ctx, { name: 'getCases', enabled: false });
    await expect(requireNamedQuery(ctx, 'getCases')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await deleteNamedQuery(ctx, 'getCases');
    expect(await getNamedQuery(ctx, 'getCases')).toBeNull();
    const mine = (await actsOf()).filter(({ details }) => (details as { name: string }).name === 'getCases');
    expect(mine.map(({ action, details }) => [action, (details as { after?: unknown }).after])).toEqual([
      ['named_query.create', undefined],
      ['named_query.change', { description: 'Open cases' }],
      ['named_query.change', { enabled: false }],
      ['named_query.delete', undefined],
    ]);
  });

  it('of Orgdock are changed in an own version, and deleting that brings them back', async () => {
    const ctx = await makeContext('admin');
    await enableNamedQuery(ctx, { name: 'getAccounts', enabled: false });
    expect(await getNamedQuery(ctx, 'getAccounts')).toMatchObject({ origin: 'changed', enabled: false });
    await deleteNamedQuery(ctx, 'getAccounts');
    expect(await getNamedQuery(ctx, 'getAccounts')).toMatchObject({ origin: 'ready_made', enabled: true });
    await expect(deleteNamedQuery(ctx, 'getAccounts')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it.each(['member', 'auditor'] as const)('are not written by a person of the role %s', async (role) => {
    const ctx = await makeContext(role);
    const denied = expect.objectContaining({ code: 'FORBIDDEN' });
    await expect(createNamedQuery(ctx, form('x'))).rejects.toEqual(denied);
    await expect(changeNamedQuery(ctx, { name: 'getAccounts', form: form('x') })).rejects.toEqual(denied);
    await expect(enableNamedQuery(ctx, { name: 'getAccounts', enabled: false })).rejects.toEqual(denied);
    await expect(deleteNamedQuery(ctx, 'getAccounts')).rejects.toEqual(denied);
  });

  it.each([
    [{ soql: 'SELECT Id FRM Case' }, 'soql', /^Line 1, character 15: It cannot go on with “Case”/],
    [{ soql: `${SOQL}\nAND Priority = :priority` }, 'parameters', /^:priority stands in the query/],
    [{ soql: 'SELECT Id FROM Case' }, 'parameters', /^:status does not stand in the query/],
    [{ name: 'get cases' }, 'name', /A letter/],
    [
      { parameters: JSON.stringify([{ ...PARAMETERS[0], name: 'connection' }]) },
      'parameters',
      /said of every call/,
    ],
    [
      { parameters: JSON.stringify([{ ...PARAMETERS[0], type: 'number', required: false, default: 'x' }]) },
      'parameters',
      /must be a number/,
    ],
    [{ parameters: 'not JSON' }, 'parameters', /could not be read/],
  ])('are refused with %o, at the field', async (over, field, message) => {
    const ctx = await makeContext('admin');
    await expect(createNamedQuery(ctx, form('getMore', over))).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { [field]: expect.stringMatching(message) },
    });
  });
});
