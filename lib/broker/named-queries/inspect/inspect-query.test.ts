import { describe, expect, it } from 'vitest';
import { inspectQuery } from '@/lib/broker/named-queries/inspect/inspect-query';
import { READY_MADE } from '@/lib/broker/named-queries/ready-made';
import type { QueryParameter } from '@/lib/broker/types';

const parameter = (over: Partial<QueryParameter> = {}): QueryParameter => ({
  name: 'name',
  type: 'string',
  required: true,
  default: null,
  description: '',
  ...over,
});

async function faultOf(soql: string, parameters: QueryParameter[] = []) {
  const { fault } = await inspectQuery(soql, parameters);
  return fault && { ...fault, rest: soql.slice(fault.at) };
}

describe('a named query while it is written', () => {
  it('says what is read, also by conditions in brackets', async () => {
    expect(
      await inspectQuery(
        'SELECT Id, Owner.Name, (SELECT Email FROM Contacts) FROM Account WHERE Id != null [AND Phone = :phone]',
        [],
      ),
    ).toEqual({
      fault: null,
      parameters: ['phone'],
      reads: expect.arrayContaining([
        { sobject: 'Account', fields: expect.arrayContaining(['Id', 'Phone', 'Owner.Name']) },
      ]),
    });
  });

  it.each([
    ['SELECT Id FRM Account', 'Account', /cannot go on with “Account”/],
    ['SELECT Id, FROM Account', 'FROM Account', /cannot go on with “FROM”|cannot go on with “Account”/],
    ['SELECT Id FROM Account WHERE', '', /ends too soon/],
    ['SELECT Id FROM Account WHERE Name = :name AND AND', 'AND', /cannot go on with “AND”/],
    ["SELECT Id FROM Account WHERE Name = 'x", "'x", /does not end/],
    ['SELECT Id FROM Account -- all', '-- all', /no comments/],
    ['SELECT Id FROM Account WHERE Id != null [AND Name = :name', '[AND Name = :name', /not closed/],
    ['SELECT Id FROM Account [LIMIT 1]', '[LIMIT 1]', /parameter/],
    ['SELECT Id FROM Account WHERE Name = : name', ': name', /colon/],
    ['SELECT Id FROM Account WHERE Name = :name%', ':name%', /behind LIKE/],
  ])('finds what is wrong in “%s” at its place', async (soql, rest, message) => {
    const fault = await faultOf(soql);
    expect(fault?.message).toMatch(message);
    expect(fault?.rest).toBe(rest);
  });

  it('refuses what a value of the type could not follow', async () => {
    const list = 'SELECT Id FROM Account WHERE Name = :name';
    expect((await faultOf(list, [parameter({ type: 'string_list' })]))?.message).toMatch(/goes behind IN/);
    const text = 'SELECT Id FROM Account WHERE Name IN :name';
    expect((await faultOf(text, [parameter()]))?.message).toMatch(/Behind IN goes a list/);
    const limit = 'SELECT Id FROM Account LIMIT :name';
    expect((await faultOf(limit, [parameter()]))?.message).toMatch(/goes a number/);
  });

  it('refuses a parameter without a value outside of brackets', async () => {
    const soql = 'SELECT Id FROM Account WHERE Name = :name';
    expect((await faultOf(soql, [parameter({ required: false })]))?.message).toMatch(/brackets/);
    expect(await faultOf(soql, [parameter({ required: false, default: 'x' })])).toBeNull();
    expect(
      await faultOf(`${soql} [AND Phone = :phone]`, [
        parameter(),
        parameter({ name: 'phone', required: false }),
      ]),
    ).toBeNull();
  });

  it('refuses a condition without which the query cannot be run, and what writes', async () => {
    expect(await faultOf('SELECT Id FROM Account WHERE [Name = :name]')).toMatchObject({
      rest: '[Name = :name]',
      message: expect.stringMatching(/^Without this condition/),
    });
    expect((await faultOf('SELECT Id FROM Account LIMIT 1 FOR VIEW'))?.message).toMatch(/reads/);
  });

  it.each(READY_MADE.map((query) => [query.name, query] as const))(
    'finds nothing wrong in the ready-made %s, and every parameter declared',
    async (_, { soql, parameters }) => {
      const found = await inspectQuery(soql, parameters);
      expect(found.fault).toBeNull();
      expect([...found.parameters].sort()).toEqual(parameters.map(({ name }) => name).sort());
      expect(found.reads).toHaveLength(1);
    },
  );
});
