import { describe, expect, it } from 'vitest';
import { decide } from '@/lib/broker/policy/decide';
import { understandRequest } from '@/lib/broker/policy/request/understand-request';
import type { KeyPolicy, PolicyRule } from '@/lib/broker/types';
import { describeLittleOrg, LIMITED, policyOf, SETTINGS } from '@/tests/policy-org';

const DATA = '/services/data/v60.0';
const ID = '001000000000001AAA';
const JSON_BODY = { 'content-type': 'application/json' };

interface Attempt {
  method?: string;
  target: string;
  headers?: Record<string, string>;
  body?: unknown;
}

async function answer(policy: KeyPolicy, { method = 'GET', target, headers = {}, body }: Attempt) {
  const what = await understandRequest({
    method,
    target,
    headers: Object.entries(body === undefined ? headers : { ...JSON_BODY, ...headers }),
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    describe: policy.objects === null ? null : describeLittleOrg,
  });
  return decide(policy, SETTINGS, what);
}

const soql = (text: string): Attempt => ({ target: `${DATA}/query?q=${encodeURIComponent(text)}` });
const post = (path: string, body: unknown): Attempt => ({ method: 'POST', target: `${DATA}${path}`, body });
const composite = (...compositeRequest: unknown[]) => post('/composite', { compositeRequest });
const inner = (method: string, url: string, more = {}) => ({ method, url, referenceId: 'r', ...more });

const BYPASSES: [PolicyRule, string, Attempt][] = [
  // SOQL
  ['not_understood', 'a comment in SOQL', soql('SELECT Name /* */ FROM Account')],
  ['not_understood', 'a line comment in SOQL', soql('SELECT Name FROM Account -- ')],
  ['not_understood', 'a bind variable', soql('SELECT Name FROM Account WHERE Name = :x')],
  [
    'not_understood',
    'a condition that the parser drops',
    soql('SELECT Name FROM Account GROUP BY Name HAVING (NOT MAX(Secret__c) > 1) AND Name != null'),
  ],
  ['not_understood', 'a second statement', soql('SELECT Name FROM Account; SELECT Id FROM User')],
  ['not_understood', 'a relationship that nobody knows', soql('SELECT Nobody.Name FROM Account')],
  ['not_understood', 'an alias that is also a parent', soql('SELECT Owner.Name FROM Account Owner')],
  [
    'not_understood',
    'a text without an end',
    soql(`SELECT Name FROM Account WHERE Name = '${"\\'".repeat(500)}`),
  ],
  ['not_understood', 'a look-alike letter', soql('SELECT Nаme FROM Account')],
  ['not_understood', 'SYSTEM_MODE', soql('SELECT Name FROM Account WITH SYSTEM_MODE')],
  ['objects', 'another object', soql('SELECT Name FROM User')],
  [
    'objects',
    'a nested query of another object',
    soql('SELECT Name, (SELECT Subject FROM Tasks) FROM Contact'),
  ],
  [
    'objects',
    'a semi-join',
    soql("SELECT Name FROM Account WHERE OwnerId IN (SELECT Id FROM User WHERE Name = 'x')"),
  ],
  ['objects', 'a field of a parent', soql('SELECT Owner.Name FROM Account')],
  ['objects', 'a parent five away', soql('SELECT Account.Owner.Manager.Manager.Manager.Name FROM Contact')],
  ['objects', 'a parent in a condition', soql("SELECT Name FROM Account WHERE Owner.Name = 'x'")],
  ['objects', 'a parent in the order', soql('SELECT Name FROM Account ORDER BY Owner.Name')],
  ['objects', 'TYPEOF', soql('SELECT TYPEOF What WHEN Account THEN Name END FROM Task')],
  ['fields', 'another field', soql('SELECT Secret__c FROM Account')],
  ['fields', 'another field in other letters', soql('select sEcReT__C from aCCount')],
  ['fields', 'a field below an alias', soql('SELECT a.Secret__c FROM Account a')],
  ['fields', 'a field with an alias', soql('SELECT MAX(Secret__c) Name FROM Account')],
  [
    'fields',
    'an alias that is the name of a field',
    soql('SELECT COUNT(Id) Secret__c FROM Account GROUP BY Name ORDER BY Secret__c'),
  ],
  ['fields', 'a field in a function', soql('SELECT FORMAT(convertCurrency(Secret__c)) Name FROM Account')],
  ['fields', 'a field in a condition', soql("SELECT Name FROM Account WHERE (NOT Secret__c LIKE 'a%')")],
  ['fields', 'a field in HAVING', soql('SELECT Name FROM Account GROUP BY Name HAVING MAX(Secret__c) > 1')],
  ['fields', 'a field in GROUP BY ROLLUP', soql('SELECT COUNT(Id) FROM Account GROUP BY ROLLUP(Secret__c)')],
  ['fields', 'a field in the order', soql('SELECT Name FROM Account ORDER BY Secret__c')],
  ['fields', 'a field of a parent that is named', soql('SELECT Account.Secret__c FROM Contact')],
  ['fields', 'the id of a parent whose lookup is not named', soql('SELECT Parent.Id FROM Account')],
  [
    'fields',
    'the lookup of a nested query',
    soql('SELECT Name, (SELECT Name FROM ChildAccounts) FROM Account'),
  ],
  ['fields', 'FIELDS(ALL)', soql('SELECT FIELDS(ALL) FROM Account LIMIT 200')],
  ['fields', 'FIELDS(STANDARD)', soql('SELECT FIELDS(STANDARD) FROM Account')],
  ['fields', 'FOR VIEW, which writes', soql('SELECT Name FROM Account FOR VIEW')],
  ['fields', 'explain', { target: `${DATA}/query?explain=SELECT+Secret__c+FROM+Account` }],
  ['objects', 'queryAll', { target: `${DATA}/queryAll?q=SELECT+Name+FROM+User` }],
  // SOSL
  [
    'fields',
    'SOSL',
    { target: `${DATA}/search?q=${encodeURIComponent('FIND {x} RETURNING Account(Name)')}` },
  ],
  [
    'objects',
    'SOSL of another object',
    { target: `${DATA}/search?q=${encodeURIComponent('FIND {x} RETURNING Contact(Name), User(Name)')}` },
  ],
  [
    'not_understood',
    'SOSL without objects',
    { target: `${DATA}/search?q=${encodeURIComponent('FIND {x}')}` },
  ],
  [
    'not_understood',
    'a parameterized search without objects',
    { target: `${DATA}/parameterizedSearch?q=ab` },
  ],
  [
    'objects',
    'a parameterized search in a body',
    post('/parameterizedSearch', { q: 'ab', sobjects: [{ name: 'User' }] }),
  ],
  // Paths
  ['path', 'two slashes', { target: `/services/data//v60.0/sobjects/Account/${ID}?fields=Name` }],
  ['path', 'two dots', { target: `${DATA}/sobjects/Account/../User/${ID}` }],
  ['path', 'encoded dots', { target: `${DATA}/sobjects/Account/%2e%2e/User/${ID}` }],
  ['path', 'an encoded slash', { target: `${DATA}/sobjects%2fUser` }],
  ['path', 'an encoded backslash', { target: `${DATA}/sobjects%5CUser` }],
  ['path', 'an encoded letter', { target: `${DATA}/sobj%65cts/User` }],
  ['path', 'encoded twice', { target: `${DATA}/sobjects/%252e%252e/User` }],
  ['path', 'a null byte', { target: `${DATA}/sobjects/Account%00/User` }],
  ['path', 'a backslash', { target: `${DATA}/sobjects\\User` }],
  ['path', 'a path parameter', { target: `${DATA}/sobjects;x=1/User` }],
  ['path', 'an at sign', { target: `/services/@evil.example${DATA}` }],
  ['path', 'an absolute URL', { target: `https://evil.example${DATA}/sobjects/Account` }],
  ['path', 'a URL of another host', { target: `//evil.example${DATA}/sobjects/Account` }],
  ['path', 'another letter case', { target: `${DATA}/Tooling/query?q=SELECT+Id+FROM+ApexClass` }],
  ['path', 'another letter case of a service', { target: '/services/soap/u/60.0' }],
  ['path', 'a line break', { target: `${DATA}/limits\r\nx: y` }],
  ['path', 'a fragment', { target: `${DATA}/sobjects/Account#/User` }],
  ['path', 'a parameter twice', { target: `${DATA}/query?q=SELECT+Name+FROM+Account&Q=SELECT+Id+FROM+User` }],
  ['path', 'an encoded parameter name', { target: `${DATA}/query?%71=SELECT+Id+FROM+User` }],
  ['path', 'an overlong encoding', { target: `${DATA}/sobjects/Account/%c0%ae%c0%ae/User` }],
  ['path', 'a version of another form', { target: '/services/data/v60/sobjects' }],
  // Method override and smuggling
  ['method_override', '_HttpMethod', { ...post(`/sobjects/Account/${ID}?_HttpMethod=DELETE`, {}) }],
  [
    'method_override',
    'an encoded _HttpMethod',
    { ...post(`/sobjects/Account/${ID}?_Http%4dethod=DELETE`, {}) },
  ],
  ['method_override', 'an access token in the query', { target: `${DATA}/limits?oauth_token=x` }],
  [
    'method_override',
    'X-HTTP-Method-Override',
    { target: `${DATA}/limits`, headers: { 'X-HTTP-Method-Override': 'DELETE' } },
  ],
  [
    'method_override',
    'X-Original-URL',
    { target: `${DATA}/limits`, headers: { 'x-original-url': '/services/Soap' } },
  ],
  [
    'method_override',
    'two lengths',
    { target: `${DATA}/limits`, headers: { 'content-length': '0', 'transfer-encoding': 'chunked' } },
  ],
  [
    'method_override',
    'an odd transfer coding',
    { target: `${DATA}/limits`, headers: { 'transfer-encoding': 'xchunked' } },
  ],
  [
    'method_override',
    'a header that takes another away',
    { target: `${DATA}/limits`, headers: { connection: 'authorization' } },
  ],
  [
    'method_override',
    'a default namespace',
    { target: `${DATA}/limits`, headers: { 'Sforce-Call-Options': 'client=x, defaultNamespace=y' } },
  ],
  [
    'method_override',
    'details of duplicates',
    {
      target: `${DATA}/limits`,
      headers: { 'Sforce-Duplicate-Rule-Header': 'allowSave=true; includeRecordDetails=true' },
    },
  ],
  ['method_override', 'x-sfdc headers', { target: `${DATA}/limits`, headers: { 'x-sfdc-x': 'y' } }],
  [
    'not_understood',
    'a compressed body',
    { ...post('/sobjects/Account', '{}'), headers: { 'content-encoding': 'gzip' } },
  ],
  ['not_understood', 'a method that nobody knows', { method: 'TRACE', target: `${DATA}/limits` }],
  // Bodies
  ['not_understood', 'a key twice', post('/sobjects/Account', '{"Name":"a","name":"b"}')],
  ['not_understood', 'an escaped key twice', post('/sobjects/Account', '{"Name":"a","N\\u0061me":"b"}')],
  [
    'not_understood',
    'a body that is no JSON',
    {
      method: 'POST',
      target: `${DATA}/sobjects/Account`,
      body: '<a/>',
      headers: { 'content-type': 'application/xml' },
    },
  ],
  [
    'not_understood',
    'a body of several parts',
    {
      method: 'POST',
      target: `${DATA}/sobjects/Contact`,
      body: '--x',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    },
  ],
  [
    'not_understood',
    'another object in the attributes',
    post('/sobjects/Account', { attributes: { type: 'User' }, Name: 'a' }),
  ],
  ['not_understood', 'a GET with a body', { target: `${DATA}/sobjects`, body: {} }],
  ['fields', 'a written field', post('/sobjects/Account', { Secret__c: 'a' })],
  ['fields', 'every field of a record', { target: `${DATA}/sobjects/Account/${ID}` }],
  ['fields', 'a field of a record', { target: `${DATA}/sobjects/Account/${ID}?fields=Name,Secret__c` }],
  ['objects', 'a parent below a record', { target: `${DATA}/sobjects/Account/${ID}/Owner?fields=Name` }],
  [
    'objects',
    'children below a record',
    { target: `${DATA}/sobjects/Contact/003000000000001/Tasks?fields=Subject` },
  ],
  ['fields', 'the bytes of a field', { target: `${DATA}/sobjects/Account/${ID}/Secret__c` }],
  ['fields', 'an external id as an oracle', { target: `${DATA}/sobjects/Account/Secret__c/7?fields=Name` }],
  ['fields', 'a field that is as long as an id', { target: `${DATA}/sobjects/Account/AnExternalIdOfX/Name` }],
  ['fields', 'recent records', { target: `${DATA}/sobjects/Account` }],
  ['objects', 'recent records of every kind', { target: `${DATA}/recent` }],
  [
    'objects',
    'a list view, whose columns are parents’ fields as well',
    { target: `${DATA}/sobjects/Account/listviews/00B000000000001/results` },
  ],
  [
    'objects',
    'the values that a quick action begins with',
    { target: `${DATA}/sobjects/Contact/quickActions/NewTask/defaultValues/003000000000001` },
  ],
  [
    'objects',
    'the values that a quick action begins with, in other letters',
    { target: `${DATA}/sobjects/Contact/quickActions/NewTask/DefaultValuesById/003000000000001` },
  ],
  [
    'objects',
    'a parent in the fields of all objects of a parameterized search',
    post('/parameterizedSearch', { q: 'ab', sobjects: [{ name: 'Contact' }], fields: ['Owner.Name'] }),
  ],
  [
    'objects',
    'a parent in the fields of all objects of a search by parameters',
    { target: `${DATA}/parameterizedSearch?q=ab&sobject=Contact&fields=Owner.Name` },
  ],
  // Composite
  [
    'objects',
    'another object in a composite',
    composite(
      inner('GET', `${DATA}/sobjects/Contact/003000000000001`),
      inner('GET', `${DATA}/sobjects/User/005000000000001`),
    ),
  ],
  ['path', 'a path in a composite', composite(inner('GET', `${DATA}/sobjects/Contact/../User`))],
  [
    'not_understood',
    'another part of the API in a composite',
    composite(inner('GET', '/services/apexrest/x')),
  ],
  [
    'families',
    'tooling in a composite',
    composite(inner('GET', `${DATA}/tooling/query?q=SELECT+Id+FROM+ApexClass`)),
  ],
  [
    'method_override',
    'a header in a composite',
    composite(inner('GET', `${DATA}/limits`, { httpHeaders: { 'X-HTTP-Method': 'DELETE' } })),
  ],
  ['not_understood', 'a reference for an object', composite(inner('GET', `${DATA}/sobjects/@{a.b}/${ID}`))],
  ['not_understood', 'a reference for an id', composite(inner('GET', `${DATA}/sobjects/Contact/@{a.id}`))],
  [
    'not_understood',
    'a reference in SOQL',
    composite(inner('GET', `${DATA}/query?q=SELECT+@{a.b}+FROM+Account`)),
  ],
  [
    'not_understood',
    'a composite in a composite in a composite',
    composite(
      inner('POST', `${DATA}/composite`, {
        body: { compositeRequest: [inner('POST', `${DATA}/composite`, { body: { compositeRequest: [] } })] },
      }),
    ),
  ],
  [
    'objects',
    'another object in a batch',
    post('/composite/batch', {
      batchRequests: [{ method: 'GET', url: 'v60.0/sobjects/User/005000000000001' }],
    }),
  ],
  [
    'objects',
    'another object in a graph',
    post('/composite/graph', {
      graphs: [
        { graphId: 'g', compositeRequest: [inner('DELETE', `${DATA}/sobjects/User/005000000000001`)] },
      ],
    }),
  ],
  [
    'objects',
    'a child in a tree',
    post('/composite/tree/Contact', {
      records: [
        {
          attributes: { type: 'Contact', referenceId: 'a' },
          Tasks: { records: [{ attributes: { type: 'Task', referenceId: 'b' }, Subject: 'x' }] },
        },
      ],
    }),
  ],
  [
    'fields',
    'the lookup of a child in a tree',
    post('/composite/tree/Account', {
      records: [
        {
          attributes: { type: 'Account', referenceId: 'a' },
          ChildAccounts: { records: [{ attributes: { type: 'Account', referenceId: 'b' }, Name: 'x' }] },
        },
      ],
    }),
  ],
  [
    'not_understood',
    'children in a tree that nobody knows',
    post('/composite/tree/Account', {
      records: [
        {
          attributes: { type: 'Account', referenceId: 'a' },
          Nobody: { records: [{ attributes: { type: 'Contact', referenceId: 'b' }, Name: 'x' }] },
        },
      ],
    }),
  ],
  [
    'objects',
    'another object in a collection',
    post('/composite/sobjects', {
      records: [
        { attributes: { type: 'Contact' }, Name: 'a' },
        { attributes: { type: 'User' }, Name: 'a' },
      ],
    }),
  ],
  [
    'not_understood',
    'ids of any object',
    { method: 'DELETE', target: `${DATA}/composite/sobjects?ids=${ID}` },
  ],
  ['objects', 'a parent by external id', post('/sobjects/Contact', { Owner: { Number__c: '7' } })],
  // Other families
  [
    'families',
    'SOAP',
    {
      method: 'POST',
      target: '/services/Soap/u/60.0',
      body: '<x/>',
      headers: { 'content-type': 'text/xml' },
    },
  ],
  ['families', 'Apex REST', { target: '/services/apexrest/Accounts' }],
  ['families', 'Tooling', { target: `${DATA}/tooling/sobjects` }],
  ['families', 'Bulk 2', post('/jobs/query', { operation: 'query', query: 'SELECT Id FROM User' })],
  ['families', 'Bulk 1', { target: '/services/async/60.0/job' }],
  ['families', 'Metadata', post('/metadata/deployRequest', {})],
  ['families', 'the UI API', { target: `${DATA}/ui-api/records/${ID}` }],
  ['families', 'OAuth', { target: '/services/oauth2/userinfo' }],
];

describe('attempts to get by a policy of Account(Name, OwnerId) and Contact', () => {
  it.each(BYPASSES)('refuses by %s: %s', async (rule, _what, attempt) => {
    expect(await answer(LIMITED, attempt)).toMatchObject({ allowed: false, rule });
  });

  it.each([
    ['a query', soql("SELECT Id, Name FROM Account WHERE Name LIKE 'a%' ORDER BY Name LIMIT 5")],
    ['a parent that is named', soql('SELECT Name, Account.Name FROM Contact')],
    [
      'a nested query',
      soql('SELECT Name, (SELECT Name, Email FROM Contacts) FROM Account a WHERE a.Name = null'),
    ],
    ['a record', { target: `${DATA}/sobjects/Account/${ID}?fields=Id,Name` }],
    ['a record with another slash at its end', { target: `${DATA}/query/?q=SELECT+Id+FROM+Account` }],
    ['a write', post('/sobjects/Account', { Name: 'a' })],
    ['a deletion', { method: 'DELETE', target: `${DATA}/sobjects/Account/${ID}` }],
    ['an external id that is encoded', { target: `${DATA}/sobjects/Contact/Mail__c/a%40b.example` }],
    [
      'a composite',
      composite(
        inner('POST', `${DATA}/sobjects/Account`, { body: { Name: 'a' } }),
        inner('POST', `${DATA}/sobjects/Contact`, { body: { AccountId: '@{a.id}' } }),
      ),
    ],
    ['a describe', { target: `${DATA}/sobjects/Account/describe` }],
    ['versions', { target: '/services/data' }],
    ['a further page', { target: `${DATA}/query/0r8xx5R2yF2gs3VASQ-2000` }],
  ] as [string, Attempt][])('allows %s', async (_what, attempt) => {
    expect(await answer(LIMITED, attempt)).toMatchObject({ allowed: true });
  });

  it.each([
    ['a text of a record', '@{a.Name}'],
    ['a text in a list', '@{a.records[0].Site}'],
    ['a custom field', '@{a.Path__c}'],
  ])('never lets %s lead a request inside of another', async (_what, reference) => {
    const attempt = composite(
      inner('GET', `${DATA}/sobjects/Account/${ID}`),
      inner('GET', `${DATA}/sobjects/Account/${reference}`),
    );
    expect(await answer(policyOf(), attempt)).toMatchObject({ allowed: false, rule: 'not_understood' });
  });

  it.each([['@{a.id}'], ['@{a[0].id}'], ['@{a.records[0].Id}'], ['@{a.records[0].OwnerId}']])(
    'lets %s stand for the id of a record, where objects are not limited',
    async (reference) => {
      const attempt = composite(inner('GET', `${DATA}/sobjects/Account/${reference}`));
      expect(await answer(policyOf(), attempt)).toMatchObject({ allowed: true });
    },
  );

  it('refuses more requests and more queries in one body than Salesforce takes', async () => {
    const graph = (count: number, url: string) =>
      post('/composite/graph', {
        graphs: [1, 2].map((graphId) => ({
          graphId,
          compositeRequest: Array(count).fill(inner('GET', DATA + url)),
        })),
      });
    expect(await answer(policyOf(), graph(250, '/limits'))).toMatchObject({ allowed: true });
    expect(await answer(policyOf(), graph(251, '/limits'))).toMatchObject({
      rule: 'not_understood',
      reason: expect.stringContaining('500 requests'),
    });
    expect(await answer(policyOf(), graph(12, '/query?q=SELECT+Id+FROM+Account'))).toMatchObject({
      allowed: true,
    });
    for (const url of ['/query?q=SELECT+Id+FROM+Account', '/search?q=FIND+%7Bx%7D+RETURNING+Account']) {
      expect(await answer(policyOf(), graph(13, url))).toMatchObject({
        rule: 'not_understood',
        reason: expect.stringContaining('25 queries'),
      });
    }
  });

  it('reads only with a key that reads', async () => {
    const reading = policyOf({ access: 'read' });
    expect(await answer(reading, post('/sobjects/Account', { Name: 'a' }))).toMatchObject({ rule: 'access' });
    expect(await answer(reading, soql('SELECT Id FROM Account FOR REFERENCE'))).toMatchObject({
      rule: 'access',
    });
    expect(await answer(reading, composite(inner('GET', `${DATA}/limits`)))).toMatchObject({ allowed: true });
  });

  it('calls a family that the policy names, and writes there only with a key that writes', async () => {
    const bulk = policyOf({ families: ['bulk'], access: 'read' });
    expect(await answer(bulk, { target: `${DATA}/jobs/query/750000000000001` })).toMatchObject({
      allowed: true,
    });
    expect(await answer(bulk, post('/jobs/query', {}))).toMatchObject({ rule: 'access' });
    expect(await answer({ ...bulk, access: 'write' }, post('/jobs/query', {}))).toMatchObject({
      allowed: true,
    });
    expect(await answer({ ...LIMITED, families: ['bulk'] }, { target: `${DATA}/jobs/query` })).toMatchObject({
      rule: 'families',
    });
  });

  it('never lets a path pass that was not followed', async () => {
    const what = await understandRequest({
      method: 'GET',
      target: soql('SELECT Owner.Name FROM Account').target,
      headers: [],
      body: null,
      describe: null,
    });
    expect(decide(LIMITED, SETTINGS, what)).toMatchObject({ allowed: false, rule: 'fields' });
  });
});
