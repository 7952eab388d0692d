import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { UsageCall } from '@/lib/broker/usage/types';
import { CallTable } from './call-table';

const REFUSED: UsageCall = {
  ...{ id: 1, at: '2026-11-27T08:00:00.000Z', keyId: 'key', connectionId: null, requestId: 'request' },
  ...{ operation: 'named_query', method: 'GET', target: 'getAccounts', status: 403, code: 'POLICY_REFUSED' },
  ...{ rule: 'named_queries', rows: 0, cost: 0, bytes: 0, milliseconds: 5, salesforceMilliseconds: 0 },
};
const viewer = { now: '2026-11-27T09:00:00.000Z', locale: 'en-GB', timeZone: 'UTC' };

it('leads from a refused call to the dry run of it', () => {
  const linksOf = (call: UsageCall) => {
    const markup = renderToStaticMarkup(
      <CallTable calls={[call]} dryRun="/keys/1/dry-run" viewer={viewer} />,
    );
    return [...markup.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
  };
  expect(linksOf(REFUSED)).toEqual(['/keys/1/dry-run?query=getAccounts']);
  expect(linksOf({ ...REFUSED, operation: 'proxy', target: 'limits' })).toEqual(['/keys/1/dry-run']);
  expect(linksOf({ ...REFUSED, rule: null })).toEqual([]);
});
