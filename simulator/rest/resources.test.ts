import { describe, expect, it } from 'vitest';
import { UAT } from '@/simulator/seed/facts';
import { dataBench, jsonOf } from '@/simulator/testing/data-service';

const bench = dataBench();
const ROOT = '/services/data/v66.0';

interface Described {
  fields: { name: string; type: string; label: string; picklistValues: { value: string }[] }[];
  urls: Record<string, string>;
}

describe('versions', () => {
  it('are listed from 31.0 to 68.0, with the curly quote in the label of 42.0', async () => {
    const versions = jsonOf<{ label: string; url: string; version: string }[]>(
      await bench.get('/services/data'),
    );
    expect(versions[0]).toEqual({ label: "Summer '14", url: '/services/data/v31.0', version: '31.0' });
    expect(versions.at(-1)).toEqual({ label: "Winter '27", url: '/services/data/v68.0', version: '68.0' });
    expect(versions.find(({ version }) => version === '42.0')?.label).toBe('Spring ’18');
    expect(versions.find(({ version }) => version === '66.0')?.label).toBe("Spring '26");
    expect(versions).toHaveLength(38);
  });

  it.each([
    ['v30.0', 410, 'GONE'],
    ['v69.0', 404, 'NOT_FOUND'],
    ['v66', 404, 'NOT_FOUND'],
    ['66.0', 404, 'NOT_FOUND'],
  ])('%s answers %i', async (version, status, errorCode) => {
    const response = await bench.get(`/services/data/${version}/limits`);
    expect(response.status).toBe(status);
    expect(jsonOf(response)).toMatchObject([{ errorCode }]);
  });

  it('name their resources and the identity of the caller', async () => {
    const resources = jsonOf<Record<string, string>>(await bench.get(ROOT));
    expect(resources.query).toBe(`${ROOT}/query`);
    expect(resources.identity).toBe(`http://localhost:4501/id/${bench.org.orgId}/${bench.user('ada').id}`);
  });
});

describe('describe', () => {
  it('has the keys of a captured describe: 45 of an object, 57 of a field', async () => {
    for (const name of [
      'Account',
      'Opportunity',
      'Contact',
      'User',
      'Organization',
      'Project__c',
      'Wide__c',
    ]) {
      const object = jsonOf<Described>(await bench.get(`${ROOT}/sobjects/${name}/describe`));
      expect(Object.keys(object)).toHaveLength(45);
      for (const field of object.fields) expect(Object.keys(field)).toHaveLength(57);
    }
  });

  it('gives Account as a real org does', async () => {
    const { fields, urls } = jsonOf<Described>(await bench.get(`${ROOT}/sobjects/account/describe`));
    const field = (name: string) => fields.find((candidate) => candidate.name === name);
    expect(field('Name')).toMatchObject({
      label: 'Account Name',
      type: 'string',
      soapType: 'xsd:string',
      length: 255,
      byteLength: 765,
      nillable: false,
      createable: true,
      nameField: true,
      extraTypeInfo: 'switchablepersonname',
    });
    expect(field('AnnualRevenue')).toMatchObject({
      type: 'currency',
      soapType: 'xsd:double',
      precision: 18,
      scale: 0,
    });
    expect(field('NumberOfEmployees')).toMatchObject({
      label: 'Employees',
      type: 'int',
      digits: 8,
      length: 0,
    });
    expect(field('OwnerId')).toMatchObject({
      referenceTo: ['User'],
      relationshipName: 'Owner',
      nillable: false,
    });
    expect(field('Description')).toMatchObject({ filterable: false, sortable: false, length: 32_000 });
    expect(field('BillingAddress')).toMatchObject({
      type: 'address',
      soapType: 'urn:address',
      queryByDistance: true,
    });
    expect(field('Industry')?.picklistValues).toHaveLength(32);
    expect(urls.uiDetailTemplate).toBe('http://localhost:4501/{ID}');
    expect(fields).toHaveLength(61);
  });

  it('tells every lookup to an object, named as Salesforce names it', async () => {
    const childrenOf = async (name: string) => {
      const object = jsonOf<{
        childRelationships: { childSObject: string; field: string; relationshipName: string }[];
      }>(await bench.get(`${ROOT}/sobjects/${name}/describe`));
      return object.childRelationships.map((child) => [
        child.childSObject,
        child.field,
        child.relationshipName,
      ]);
    };
    expect(await childrenOf('Account')).toEqual([
      ['Account', 'ParentId', 'ChildAccounts'],
      ['Contact', 'AccountId', 'Contacts'],
      ['Opportunity', 'AccountId', 'Opportunities'],
      ['Project__c', 'Account__c', 'Projects__r'],
    ]);
    expect(await childrenOf('Contact')).toEqual([
      ['Contact', 'ReportsToId', null],
      ['Opportunity', 'ContactId', 'Opportunities'],
    ]);
    expect(await childrenOf('User')).toContainEqual(['Project__c', 'OwnerId', null]);
    expect(await childrenOf('Opportunity')).toEqual([]);
  });

  it('tells what is special about the fields of a custom object', async () => {
    const { fields } = jsonOf<Described>(await bench.get(`${ROOT}/sobjects/Project__c/describe`));
    const field = (name: string) => fields.find((candidate) => candidate.name === name);
    expect(field('Summary__c')).toMatchObject({
      type: 'textarea',
      extraTypeInfo: 'richtextarea',
      htmlFormatted: true,
      filterable: false,
      calculated: false,
    });
    expect(field('Short_Name__c')).toMatchObject({
      type: 'string',
      calculated: true,
      calculatedFormula: "External_Key__c & ' ' & TEXT(Status__c)",
      htmlFormatted: false,
      updateable: false,
      groupable: false,
    });
    expect(field('Remaining_Budget__c')).toMatchObject({ type: 'double', calculated: true, scale: 2 });
    expect(field('Site_Link__c')).toMatchObject({ calculated: true, htmlFormatted: true });
    expect(field('Contract_Number__c')).toMatchObject({
      type: 'encryptedstring',
      filterable: false,
      sortable: false,
      mask: 'X',
      maskType: 'lastFour',
    });
    expect(field('Regions__c')).toMatchObject({ type: 'multipicklist', filterable: true, groupable: false });
    expect(field('Standup__c')).toMatchObject({ type: 'time', soapType: 'xsd:time' });
    expect(field('Margin__c')).toMatchObject({ type: 'percent', precision: 5, scale: 2 });
    expect(field('Priority__c')?.picklistValues[0]).toEqual({
      active: true,
      defaultValue: false,
      label: 'Very urgent',
      validFor: null,
      value: 'P1',
    });
    expect(field('Phase__c')).toMatchObject({ dependentPicklist: true, controllerName: 'Status__c' });
    // Build is for Active and On Hold: the second and third state, bits 1 and 2 from the left.
    const build = field('Phase__c')?.picklistValues[1] as { validFor?: string } | undefined;
    expect(Buffer.from(build?.validFor ?? '', 'base64')).toEqual(Buffer.from([0b0110_0000]));
  });

  it('knows a field only from its API version on', async () => {
    const has = async (version: string, object: string, name: string) => {
      const url = `/services/data/${version}/sobjects/${object}/describe`;
      return jsonOf<Described>(await bench.get(url)).fields.some((field) => field.name === name);
    };
    expect(await has('v53.0', 'Opportunity', 'PushCount')).toBe(true);
    expect(await has('v52.0', 'Opportunity', 'PushCount')).toBe(false);
    expect([await has('v62.0', 'Account', 'Tier'), await has('v61.0', 'Account', 'Tier')]).toEqual([
      true,
      false,
    ]);
    const query = async (version: string) =>
      (await bench.get(`/services/data/${version}/query?q=SELECT+PushCount+FROM+Opportunity+LIMIT+1`)).status;
    expect([await query('v53.0'), await query('v52.0')]).toEqual([200, 400]);
    const record = async (version: string) => {
      const id = bench.service.data.table('Account')?.ids.idOf(0);
      return jsonOf(await bench.get(`/services/data/${version}/sobjects/Account/${id}`));
    };
    expect(await record('v62.0')).toHaveProperty('Tier');
    expect(await record('v61.0')).not.toHaveProperty('Tier');
  });

  it('calls an address filterable, which only DISTANCE() may use', async () => {
    const { fields } = jsonOf<Described>(await bench.get(`${ROOT}/sobjects/Account/describe`));
    expect(fields.find(({ name }) => name === 'BillingAddress')).toMatchObject({
      filterable: true,
      sortable: true,
    });
    for (const rest of ["WHERE BillingAddress = 'x'", 'ORDER BY BillingAddress']) {
      const soql = encodeURIComponent(`SELECT Id FROM Account ${rest}`);
      const response = await bench.get(`${ROOT}/query?q=${soql}`);
      expect([response.status, jsonOf(response)]).toMatchObject([400, [{ errorCode: 'INVALID_FIELD' }]]);
    }
  });

  it('leaves hidden fields out, under a tag of its own', async () => {
    const url = `${ROOT}/sobjects/Account/describe`;
    const own = await bench.get(url, { user: bench.user('franz') });
    expect(jsonOf<Described>(own).fields.map(({ name }) => name)).not.toContain('AnnualRevenue');
    expect(own.headers?.ETag).not.toBe((await bench.get(url)).headers?.ETag);
  });

  it('answers 304 to its tag, compressed or not, and to its date', async () => {
    const url = `${ROOT}/sobjects/Account/describe`;
    const { headers } = await bench.get(url);
    const etag = String(headers?.ETag);
    expect(etag).toMatch(/^"[0-9a-f]{8}"$/);
    const status = async (sent: Record<string, string>) => (await bench.get(url, { headers: sent })).status;
    expect(await status({ 'if-none-match': etag })).toBe(304);
    expect(await status({ 'if-none-match': etag.replace(/"$/, '--gzip"') })).toBe(304);
    expect(await status({ 'if-none-match': '"00000000"' })).toBe(200);
    expect(await status({ 'if-modified-since': String(headers?.['Last-Modified']) })).toBe(304);
    expect(await status({ 'if-modified-since': 'Wed, 01 Jan 2025 00:00:00 GMT' })).toBe(200);
  });

  it('lists the objects and tells them briefly', async () => {
    const { sobjects, ...rest } = jsonOf<{ sobjects: { name: string; urls: object }[] }>(
      await bench.get(`${ROOT}/sobjects`),
    );
    expect(rest).toEqual({ encoding: 'UTF-8', maxBatchSize: 200 });
    expect(sobjects.map(({ name }) => name)).toEqual([
      'Account',
      'Contact',
      'Opportunity',
      'Organization',
      'Project__c',
      'User',
      'Wide__c',
    ]);
    const basic = jsonOf<{ objectDescribe: object; recentItems: [] }>(
      await bench.get(`${ROOT}/sobjects/Account`),
    );
    expect(basic).toEqual({ objectDescribe: sobjects[0], recentItems: [] });
    expect(Object.keys(sobjects[0] ?? {})).toHaveLength(28);
  });

  it('answers 404 for an object that is none', async () => {
    expect((await bench.get(`${ROOT}/sobjects/Nothing/describe`)).status).toBe(404);
    expect((await bench.get(`${ROOT}/sobjects/Nothing`)).status).toBe(404);
  });
});

describe('records', () => {
  const accounts = bench.service.data.table('Account');
  const id = accounts?.ids.idOf(7) ?? '';

  it('come whole or by field', async () => {
    const whole = jsonOf(await bench.get(`${ROOT}/sobjects/Account/${id}`));
    expect(whole).toMatchObject({
      Id: id,
      Name: "O'Hara & Söhne <script>alert(1)</script>",
      MasterRecordId: null,
    });
    expect(jsonOf(await bench.get(`${ROOT}/sobjects/Account/${id}?fields=name,Phone`))).toEqual({
      attributes: { type: 'Account', url: `${ROOT}/sobjects/Account/${id}` },
      Name: whole.Name,
      Phone: whole.Phone,
      Id: id,
    });
  });

  it('have their addresses as objects', async () => {
    const { records } = jsonOf<{ records: { Id: string }[] }>(
      await bench.get(`${ROOT}/query?q=SELECT+Id+FROM+Contact+WHERE+MailingCity+!=+null+LIMIT+1`),
    );
    const contact = jsonOf(await bench.get(`${ROOT}/sobjects/Contact/${records[0]?.Id}`));
    expect(contact.MailingAddress).toEqual({
      city: contact.MailingCity,
      country: contact.MailingCountry,
      countryCode: null,
      geocodeAccuracy: 'City',
      latitude: contact.MailingLatitude,
      longitude: contact.MailingLongitude,
      postalCode: contact.MailingPostalCode,
      state: contact.MailingState,
      stateCode: null,
      street: contact.MailingStreet,
    });
    expect(contact.OtherAddress).toBeNull();
  });

  it('hide what the user may not see', async () => {
    const user = bench.user('franz');
    expect(jsonOf(await bench.get(`${ROOT}/sobjects/Account/${id}`, { user }))).not.toHaveProperty(
      'AnnualRevenue',
    );
    const response = await bench.get(`${ROOT}/sobjects/Account/${id}?fields=AnnualRevenue`, { user });
    expect([response.status, jsonOf(response)]).toMatchObject([400, [{ errorCode: 'INVALID_FIELD' }]]);
  });

  it('carry a tag and the date of their last change', async () => {
    const { headers } = await bench.get(`${ROOT}/sobjects/Account/${id}`);
    const again = await bench.get(`${ROOT}/sobjects/Account/${id}`, {
      headers: { 'if-none-match': String(headers?.ETag) },
    });
    expect(again.status).toBe(304);
    expect(Date.parse(String(headers?.['Last-Modified']))).toBeLessThan(bench.org.clock.now());
  });

  it.each(['001dM0000000001AAA', 'nonsense', '006dM0000020000QAA'])('are 404 for %s', async (wrong) => {
    const response = await bench.get(`${ROOT}/sobjects/Account/${wrong}`);
    expect([response.status, jsonOf(response)]).toEqual([
      404,
      [{ message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' }],
    ]);
  });
});

describe('the org', () => {
  it('tells its API budget', async () => {
    bench.org.api.used = 24;
    const limits = jsonOf<Record<string, { Max: number; Remaining: number }>>(
      await bench.get(`${ROOT}/limits`),
    );
    expect(limits.DailyApiRequests).toEqual({ Max: bench.org.api.max, Remaining: bench.org.api.max - 24 });
  });

  it('counts its records', async () => {
    expect(
      jsonOf(await bench.get(`${ROOT}/limits/recordCount?sObjects=Account,Nothing,Opportunity`)),
    ).toEqual({
      sObjects: [
        { count: 400, name: 'Account' },
        { count: 900, name: 'Opportunity' },
      ],
    });
  });

  it('counts every object when none is named', async () => {
    const { sObjects } = jsonOf<{ sObjects: { name: string; count: number }[] }>(
      await bench.get(`${ROOT}/limits/recordCount`),
    );
    expect(sObjects).toContainEqual({ name: 'Wide__c', count: 300 });
    expect(sObjects).toHaveLength(7);
  });

  it('remembers what was looked at last, of every object, newest first', async () => {
    const recent = jsonOf<{ attributes: { type: string }; Id: string; Name: string }[]>(
      await bench.get(`${ROOT}/recent?limit=20`),
    );
    expect(recent).toHaveLength(20);
    expect(Object.keys(recent[0] ?? {})).toEqual(['attributes', 'Id', 'Name']);
    const seen = await Promise.all(
      recent.map(async ({ attributes, Id }) => {
        const url = `${ROOT}/sobjects/${attributes.type}/${Id}?fields=LastViewedDate`;
        return String(jsonOf(await bench.get(url)).LastViewedDate);
      }),
    );
    expect(seen).toEqual([...seen].sort().reverse());
    expect(new Set(recent.map(({ attributes }) => attributes.type)).size).toBeGreaterThan(2);
    expect((await bench.get(`${ROOT}/recent?limit=none`)).status).toBe(400);
  });

  it('names its currency only when it has one', async () => {
    const url = `${ROOT}/connect/organization`;
    const production = jsonOf(await bench.get(url, { user: bench.user('grace') }));
    expect(production).toMatchObject({
      name: 'Acme Corporation',
      orgId: bench.org.orgId,
      features: { multiCurrency: true, defaultCurrencyIsoCode: null },
      userSettings: {
        userId: bench.user('grace').id,
        userLocale: 'en_GB',
        canModifyAllData: false,
        timeZone: { name: 'Europe/London', gmtOffset: 0 },
      },
    });
    const uat = dataBench(UAT, 20, 20);
    expect(jsonOf(await uat.get(url))).toMatchObject({
      name: 'Acme Corporation UAT',
      features: { multiCurrency: false, defaultCurrencyIsoCode: 'EUR' },
      userSettings: { canModifyAllData: true, currencySymbol: '€', timeZone: { gmtOffset: -5 } },
    });
  });
});
