import { Connection } from 'jsforce';
import { describe, expect, it } from 'vitest';
import { PRODUCTION } from '@/simulator/seed/facts';
import { TestClient } from '@/simulator/testing/client';
import { useSimulator } from '@/simulator/testing/simulator';

describe('writing records', () => {
  const sim = useSimulator();

  async function connect() {
    const org = sim.simulator.org('production');
    const tokens = await new TestClient(org).connect(PRODUCTION.users.ada.username);
    return new Connection({ instanceUrl: org.origin, accessToken: tokens.access_token, version: '66.0' });
  }

  it('creates, reads, changes and deletes one by its id', async () => {
    const account = (await connect()).sobject('Account');
    const made = await account.create({ Name: 'Written', Industry: 'Energy' });
    expect(made).toMatchObject({ success: true, errors: [] });
    const id = made.id ?? '';
    expect(id).toMatch(/^001\w{15}$/);
    expect(await account.retrieve(id)).toMatchObject({
      Id: id,
      Name: 'Written',
      Industry: 'Energy',
      Phone: null,
    });
    await account.update({ Id: id, Industry: null } as never);
    expect(await account.retrieve(id)).toMatchObject({ Name: 'Written', Industry: null });
    await account.destroy(id);
    await expect(account.retrieve(id)).rejects.toMatchObject({ errorCode: 'ENTITY_IS_DELETED' });
  });

  it('changes a generated row for whoever reads it by its id', async () => {
    const connection = await connect();
    const [first] = (await connection.query('SELECT Id, Name FROM Account LIMIT 1')).records;
    const account = connection.sobject('Account');
    await account.update({ Id: String(first?.Id), Name: 'Another' });
    expect(await account.retrieve(String(first?.Id))).toMatchObject({ Name: 'Another' });
    await sim.control.reset();
    expect((await (await connect()).sobject('Account').retrieve(String(first?.Id))).Name).toBe(first?.Name);
  });

  it('creates once and then changes by an external id', async () => {
    const project = (await connect()).sobject('Project__c');
    const first = await project.upsert({ External_Key__c: 'P-1', Name: 'One' }, 'External_Key__c');
    const again = await project.upsert({ External_Key__c: 'P-1', Name: 'Two' }, 'External_Key__c');
    expect(again).toMatchObject({ id: first.id });
    expect(await project.retrieve(String(first.id))).toMatchObject({ Name: 'Two', External_Key__c: 'P-1' });
  });

  it('refuses as Salesforce does', async () => {
    const account = (await connect()).sobject('Account');
    await expect(account.create({ Industry: 'Energy' } as never)).rejects.toMatchObject({
      errorCode: 'REQUIRED_FIELD_MISSING',
    });
    await expect(account.create({ Name: 'A', Nope: 1 } as never)).rejects.toMatchObject({
      errorCode: 'INVALID_FIELD',
    });
    await expect(account.create({ Name: 'A', CreatedDate: '2026-01-01' } as never)).rejects.toMatchObject({
      errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
    });
    await expect(account.destroy('001000000000000AAA')).rejects.toMatchObject({ errorCode: 'NOT_FOUND' });
    await expect(account.upsert({ Name: 'A', Phone: '1' }, 'Phone')).rejects.toMatchObject({
      errorCode: 'NOT_FOUND',
    });
  });
});
