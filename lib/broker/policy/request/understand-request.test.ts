import { describe, expect, it } from 'vitest';
import { needsBody, understandRequest } from '@/lib/broker/policy/request/understand-request';
import { describeLittleOrg } from '@/tests/policy-org';

const DATA = '/services/data/v60.0';
const understand = (method: string, path: string, body: unknown = null) =>
  understandRequest({
    method,
    target: DATA + path,
    headers: [['content-type', 'application/json']],
    body: body === null ? null : new TextEncoder().encode(JSON.stringify(body)),
    describe: describeLittleOrg,
  });

describe('understandRequest', () => {
  it('counts the records that a call writes, and says that it may not be sent again', async () => {
    const records = [
      { attributes: { type: 'Contact' }, Name: 'a' },
      { attributes: { type: 'Contact' }, Name: 'b' },
    ];
    expect(await understand('POST', '/composite/sobjects', { records })).toMatchObject({
      rows: 2,
      reads: false,
    });
    expect(await understand('GET', '/query?q=SELECT+Id+FROM+Contact')).toMatchObject({
      rows: null,
      reads: true,
    });
  });

  it('gives the locator of a further page', async () => {
    const what = await understand('GET', '/query/0r8xx5R2yF2gs3VASQ-2000');
    expect(what).toMatchObject({ locator: '0r8xx5R2yF2gs3VASQ-2000', reads: true });
  });

  it('takes an upsert for creating and updating, and for reading by the external id', async () => {
    const what = await understand('PATCH', '/sobjects/Contact/Number__c/7', { Name: 'a' });
    expect(what).toMatchObject({
      touches: expect.arrayContaining([
        { operation: 'read', sobject: 'Contact', field: 'Number__c' },
        { operation: 'create', sobject: 'Contact', field: 'Name' },
        { operation: 'update', sobject: 'Contact', field: 'Name' },
      ]),
    });
  });

  it('refuses bytes that are no UTF-8', async () => {
    const what = await understandRequest({
      method: 'POST',
      target: `${DATA}/sobjects/Contact`,
      headers: [['content-type', 'application/json']],
      body: new Uint8Array([0x7b, 0xff, 0x7d]),
      describe: null,
    });
    expect(what).toHaveProperty('refused', 'not_understood');
  });
});

describe('needsBody', () => {
  it('lets bodies stream that nobody looks into', () => {
    expect(needsBody('POST', `${DATA}/sobjects/Account`, 'application/json')).toBe(true);
    expect(needsBody('POST', `${DATA}/sobjects/Document`, 'multipart/form-data; boundary=x')).toBe(false);
    expect(needsBody('PUT', `${DATA}/jobs/ingest/750000000000001/batches`, 'text/csv')).toBe(false);
    expect(needsBody('POST', `${DATA}//sobjects`, 'application/json')).toBe(false);
  });
});
