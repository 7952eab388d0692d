import { inspect } from 'node:util';
import { eq } from 'drizzle-orm';
import { describe, expect, it, vi } from 'vitest';
import { withSystem } from '@/db/client';
import { connectionUsage } from '@/db/schema';
import { requireReadable } from '@/lib/connections/queries';
import { toId18 } from '@/lib/format/ids';
import { loadRecord } from '@/lib/records/record/load-record';
import { openInSalesforce } from '@/lib/records/record/open-in-salesforce';
import { readRecordId } from '@/lib/records/record/schema';
import type { RecordView } from '@/lib/records/record/types';
import { withRecords } from '@/lib/records/with-records';
import { describeGlobal } from '@/lib/salesforce/objects/describe-global';
import { runQuery } from '@/lib/salesforce/query';
import type { DemoUser } from '@/simulator/seed/facts';
import { TestBrowser } from '@/simulator/testing/browser';
import { auditOf } from '@/tests/consent';
import { type SimulatedConnection, useSimulatedOrgs } from '@/tests/simulated';

const WEB = 'api refresh_token openid web';
describe('records of an org', () => {
  const orgs = useSimulatedOrgs();

  async function connect(user: DemoUser = 'ada', scope = WEB): Promise<SimulatedConnection> {
    return await orgs.connect(await orgs.makeEnvironment('production'), user, undefined, scope);
  }

  /** Runs in the connection what `withRecords` gives. */
  async function within<T>(
    { ctx, id }: SimulatedConnection,
    work: Parameters<typeof withRecords<T>>[2],
  ): Promise<T> {
    return await withRecords(ctx, await requireReadable(ctx, id), work);
  }

  async function firstId(connection: SimulatedConnection, sobject: string): Promise<string> {
    const { records } = await within(connection, ({ client }) =>
      runQuery(client, `SELECT Id FROM ${sobject} ORDER BY Name ASC, Id ASC`, { batchSize: 200 }),
    );
    return String(records[0]?.Id);
  }

  const load = (connection: SimulatedConnection, recordId: string) =>
    within(connection, (access) => loadRecord(access, recordId));

  const columnsOf = (view: RecordView, title: string) =>
    view.sections.find((section) => section.title === title)?.fields.map(({ column }) => column.name) ?? [];

  describe('a record', () => {
    it('comes with its fields in sections and the names of what it points to, and its raw form without a token', async () => {
      const connection = await connect();
      const recordId = await firstId(connection, 'Account');
      const view = await load(connection, recordId);
      expect(view).toMatchObject({
        id: recordId,
        sobject: 'Account',
        label: 'Account',
        opensSignedIn: true,
        salesforceUrl: `${view.instanceUrl}/lightning/r/Account/${recordId}/view`,
      });
      expect(view.sections.map(({ title }) => title)).toEqual(
        expect.arrayContaining(['Key facts', 'Address', 'System']),
      );
      expect(columnsOf(view, 'Key facts').slice(0, 2)).toEqual(['Name', 'ParentId']);
      expect(columnsOf(view, 'Key facts')).toContain('OwnerId');
      expect(columnsOf(view, 'System')).toEqual(
        expect.arrayContaining(['Id', 'CreatedDate', 'LastModifiedById']),
      );
      expect(columnsOf(view, 'Address')).toContain('BillingAddress');
      expect(view.sections.flatMap(({ fields }) => fields.map(({ column }) => column.name))).not.toContain(
        'BillingCity',
      );
      const owner = view.sections
        .flatMap(({ fields }) => fields)
        .find(({ column }) => column.name === 'OwnerId');
      expect(owner?.value).toMatchObject({
        id: expect.stringMatching(/^005/),
        name: expect.stringMatching(/\S/),
      });
      expect(view.raw.Id).toBe(recordId);
      expect(JSON.stringify(view)).not.toMatch(/00D\w{12,15}!/);
    });

    it('costs one call once the describes are cached, and its row is counted', async () => {
      const connection = await connect();
      const recordId = await firstId(connection, 'Account');
      await load(connection, recordId);
      const rowsOf = async () => {
        const rows = await withSystem('test', (tx) =>
          tx.select().from(connectionUsage).where(eq(connectionUsage.connectionId, connection.id)),
        );
        return rows.reduce((sum, { rows: some }) => sum + some, 0);
      };
      await vi.waitFor(async () => expect(await rowsOf()).toBeGreaterThan(1));
      const before = await rowsOf();
      expect((await load(connection, recordId)).calls).toBe(1);
      await vi.waitFor(async () => expect(await rowsOf()).toBe(before + 1));
    });

    it('is known by its id of 15 characters as well', async () => {
      const connection = await connect();
      const recordId = await firstId(connection, 'Account');
      expect(readRecordId(recordId.slice(0, 15))).toBe(recordId);
      expect(readRecordId(`${recordId.slice(0, 17)}!`)).toBeNull();
    });

    it('says which fields field-level security keeps from the reader, and lists what belongs to it', async () => {
      const connection = await connect('franz');
      const view = await load(connection, await firstId(connection, 'Account'));
      expect(view.missing).toMatchObject([{ name: 'AnnualRevenue', reason: 'hidden' }]);
      expect(JSON.stringify(view.raw)).not.toContain('AnnualRevenue');
      const main = view.related.map(({ sobject, field }) => [sobject, field]);
      expect(main[0]).toEqual(['Contact', 'AccountId']);
      expect(main).toContainEqual(['Opportunity', 'AccountId']);
    });

    it('names no child records of objects that the reader cannot list', async () => {
      const connection = await connect();
      const view = await load(connection, await firstId(connection, 'Account'));
      const all = await within(connection, ({ client, reader }) =>
        describeGlobal(client, `${reader.orgId} ${reader.userId}`),
      );
      const queryable = all.filter((one) => one.queryable).map(({ name }) => name);
      expect(view.related.length).toBeGreaterThan(0);
      for (const { sobject } of view.related) expect(queryable).toContain(sobject);
    });

    it('that does not exist, or of an unknown object, is no failure of Salesforce', async () => {
      const connection = await connect();
      const recordId = await firstId(connection, 'Account');
      const gone = toId18(`${recordId.slice(0, 9)}zzzzzz`);
      await expect(load(connection, gone)).rejects.toMatchObject({
        code: 'SALESFORCE_NOT_FOUND',
        message: expect.stringContaining('no such Account'),
      });
      await expect(load(connection, 'zzz000000000001AAA')).rejects.toMatchObject({
        code: 'SALESFORCE_NOT_FOUND',
        message: expect.stringContaining('zzz'),
      });
    });

    it('is read again with new describes when a field was hidden meanwhile', async () => {
      const connection = await connect('grace');
      const recordId = await firstId(connection, 'Account');
      await load(connection, recordId);
      await orgs.control.act({
        act: 'hide_field',
        org: 'production',
        field: 'Account.Industry',
        hidden: true,
      } as never);
      const view = await load(connection, recordId);
      expect(view.raw).not.toHaveProperty('Industry');
      expect(view.missing).toMatchObject([{ name: 'Industry', reason: 'hidden' }]);
    });
  });

  describe('opening a record in Salesforce', () => {
    it('gives an address that signs its own user in once, and leaves an audit row', async () => {
      const connection = await connect();
      const recordId = await firstId(connection, 'Account');
      const readable = await requireReadable(connection.ctx, connection.id);
      const url = await openInSalesforce(connection.ctx, readable, recordId);
      const answer = await new TestBrowser().request(url);
      expect(answer.headers.get('location')).toBe(`/lightning/r/Account/${recordId}/view`);
      const rows = await auditOf('record.open_in_salesforce');
      expect(rows.at(-1)).toMatchObject({
        subjectId: connection.id,
        personId: connection.ctx.personId,
        details: { sobject: 'Account', recordId },
      });
      expect(JSON.stringify(rows)).not.toContain('otp');
    });

    it('renews an access token that has ended', async () => {
      const connection = await connect();
      const recordId = await firstId(connection, 'Account');
      const readable = await requireReadable(connection.ctx, connection.id);
      await orgs.control.act({ act: 'expire_access_tokens', org: 'production', username: readable.username });
      expect(await openInSalesforce(connection.ctx, readable, recordId)).toContain('/secur/frontdoor.jsp?');
    });

    it('needs the scope “web” or “full”, and asks Salesforce nothing without', async () => {
      const connection = await connect('ada', 'api refresh_token openid');
      const recordId = await firstId(connection, 'Account');
      expect((await load(connection, recordId)).opensSignedIn).toBe(false);
      const readable = await requireReadable(connection.ctx, connection.id);
      await expect(openInSalesforce(connection.ctx, readable, recordId)).rejects.toMatchObject({
        code: 'SALESFORCE_FORBIDDEN',
        message: expect.stringContaining('web'),
      });
      expect(await singleAccessRequests()).toEqual([]);
    });

    it('signs nobody in as the user of a service connection', async () => {
      const connection = await connect();
      const recordId = await firstId(connection, 'Account');
      const readable = await requireReadable(connection.ctx, connection.id);
      const shared = { ...readable, service: { name: 'Reporting', flow: 'jwt_bearer' as const } };
      const before = (await auditOf('record.open_in_salesforce')).length;
      await expect(openInSalesforce(connection.ctx, shared, recordId)).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
      expect(await singleAccessRequests()).toEqual([]);
      expect(await auditOf('record.open_in_salesforce')).toHaveLength(before);
    });

    it('leaves no audit row and no address when Salesforce fails, and does not ask twice', async () => {
      const connection = await connect();
      const recordId = await firstId(connection, 'Account');
      const readable = await requireReadable(connection.ctx, connection.id);
      await orgs.control.addFault({ endpoint: 'single_access', fault: 'server_error', status: 503 });
      const before = (await auditOf('record.open_in_salesforce')).length;
      const error = await openInSalesforce(connection.ctx, readable, recordId).catch(
        (reason: unknown) => reason,
      );
      expect(error).toMatchObject({ code: 'SALESFORCE_UNAVAILABLE' });
      expect(inspect(error, { depth: Infinity })).not.toContain('otp=');
      expect(await singleAccessRequests()).toHaveLength(1);
      expect(await auditOf('record.open_in_salesforce')).toHaveLength(before);
    });
  });

  async function singleAccessRequests() {
    const requests = await orgs.control.listRequests();
    return requests.filter(({ path }) => path.endsWith('/singleaccess'));
  }
});
