import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { ConnectionDetail } from '@/lib/connections/types';
import { ConnectionFacts } from './connection-facts';

const AT = '2026-11-26T12:00:00Z';
const CONNECTION = {
  environment: { name: 'Production' },
  scopes: ['api', 'refresh_token'],
  instanceUrl: 'https://acme.my.salesforce.com',
  tokenHost: 'https://acme.my.salesforce.com',
  orgId: '00D000000000001AAA',
  salesforceUserId: '005000000000001AAA',
  username: 'ada@acme.example',
  userDisplayName: 'Ada',
  generation: 1,
  retrievedAt: AT,
  consentedAt: AT,
  createdAt: AT,
} as ConnectionDetail;

describe('the facts of a connection', () => {
  it('say that an access token is short-lived, and that Orgdock gets the next one', () => {
    const viewer = { now: AT, locale: 'en-GB', timeZone: 'UTC' };
    const html = renderToStaticMarkup(
      <ConnectionFacts connection={CONNECTION} viewer={viewer} usedBy={null} />,
    );
    expect(html).toContain('An access token is short-lived');
    expect(html).toContain('Orgdock then gets a new one');
  });
});
