import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { environments } from '@/db/schema';
import { Browser } from '@/tests/browser';
import { beginUrl, comeBack, failureAt, makeStubEnvironment } from '@/tests/consent';
import { makePerson } from '@/tests/factories';
import { allowOrigins } from '@/tests/loopback';
import { startSalesforceStub, stubUser } from '@/tests/salesforce-stub';

it.each(['consumer key', 'address'])(
  'code and verifier go nowhere when the app got another %s while the consent was under way',
  async (what) => {
    const stub = await startSalesforceStub();
    const elsewhere = await startSalesforceStub();
    allowOrigins(stub.origin, elsewhere.origin);
    const environment = await makeStubEnvironment(stub);
    const browser = new Browser();
    await browser.signIn(await makePerson());
    const url = await beginUrl(browser, { environment: environment.slug, intent: 'connect' });
    const change = what === 'address' ? { origin: elsewhere.origin } : { clientId: 'another' };
    await withSystem('test', (tx) =>
      tx.update(environments).set(change).where(eq(environments.id, environment.id)),
    );
    const { location } = await comeBack(browser, environment.slug, stub.allow(url, stubUser('ada')));
    expect(await failureAt(location)).toMatchObject({
      code: 'CONSENT_ATTEMPT_EXPIRED',
      message: expect.stringContaining('was changed'),
    });
    expect([stub.tokenRequests, elsewhere.tokenRequests]).toEqual([[], []]);
  },
);
