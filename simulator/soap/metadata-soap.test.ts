import { Connection } from 'jsforce';
import { describe, expect, it } from 'vitest';
import { PRODUCTION } from '@/simulator/seed/facts';
import { signInAt } from '@/simulator/testing/admin';
import { appPackage } from '@/simulator/testing/app-package';
import { CALLBACK } from '@/simulator/testing/client';
import { useSimulator } from '@/simulator/testing/simulator';

const TYPE = 'ExtlClntAppGlobalOauthSettings';

describe('the Metadata API over SOAP', () => {
  const sim = useSimulator();

  /** jsforce as it comes: a client that others wrote. */
  const metadataOf = (accessToken: string) =>
    new Connection({ instanceUrl: sim.simulator.org('production').origin, accessToken, version: '66.0' })
      .metadata;

  async function post(body: string, headers: Record<string, string> = {}) {
    const { origin } = sim.simulator.org('production');
    const response = await fetch(`${origin}/services/Soap/m/66.0`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'text/xml', soapaction: '""', ...headers },
    });
    return { status: response.status, text: await response.text() };
  }

  it('lists and reads the global OAuth settings of each app', async () => {
    const admin = await signInAt(sim);
    await admin.deploy(appPackage());
    const metadata = metadataOf(admin.token);
    const listed = await metadata.list([{ type: TYPE }], '66.0');
    expect(listed.map(({ fullName }) => fullName)).toEqual(['Orgdock_glbloauth', 'Portal']);
    await sim.control.act({ act: 'rotation', org: 'production', app: 'Portal', on: false });
    const read = await metadata.read(TYPE as never, ['Orgdock_glbloauth', 'Portal', 'Nobody']);
    const [own, portal] = read as unknown as Array<Record<string, unknown>>;
    expect(own).toMatchObject({
      fullName: 'Orgdock_glbloauth',
      callbackUrl: `${CALLBACK}\n${CALLBACK}?kept=1`,
      externalClientApplication: 'Orgdock',
      consumerKey: PRODUCTION.clientId,
    });
    expect(portal).toMatchObject({
      externalClientApplication: 'Portal',
      isPkceRequired: 'true',
      isRefreshTokenRotationEnabled: 'false',
      isSecretRequiredForRefreshToken: 'true',
    });
  });

  it('answers an ended session and a user without permission with a fault', async () => {
    await expect(metadataOf('00D!dead').list([{ type: TYPE }], '66.0')).rejects.toThrow('INVALID_SESSION_ID');
    const user = await signInAt(sim, PRODUCTION.users.grace.username);
    await expect(metadataOf(user.token).list([{ type: TYPE }], '66.0')).rejects.toThrow(
      'INSUFFICIENT_ACCESS',
    );
    expect((await post('<nothing/>')).status).toBe(500);
    expect((await post('not xml')).text).toContain('No operation available');
  });

  it('knows nothing else', async () => {
    const admin = await signInAt(sim);
    const envelope = (operation: string) =>
      `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><SessionHeader><sessionId>${admin.token}</sessionId></SessionHeader></e:Header><e:Body xmlns="http://soap.sforce.com/2006/04/metadata">${operation}</e:Body></e:Envelope>`;
    const read = (type: string) =>
      `<readMetadata><type>${type}</type><fullNames>A</fullNames></readMetadata>`;
    expect((await post(envelope(read(TYPE)))).text).toContain('xsi:nil="true"');
    expect((await post(envelope(read('Flow')))).status).toBe(501);
    expect((await post(envelope('<describeMetadata/>'))).status).toBe(501);
  });
});
