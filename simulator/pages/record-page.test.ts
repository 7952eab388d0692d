import { describe, expect, it } from 'vitest';
import { PRODUCTION } from '@/simulator/seed/facts';
import { useSimulator } from '@/simulator/testing/simulator';

const { ada, franz } = PRODUCTION.users;

describe('a record page', () => {
  const sim = useSimulator();

  async function firstAccountId(): Promise<string> {
    const client = sim.client();
    const { access_token } = await client.connect(ada.username);
    const q = 'SELECT Id FROM Account WHERE AnnualRevenue != null LIMIT 1';
    const path = `/services/data/v66.0/query?${new URLSearchParams({ q })}`;
    const answer = (await (await client.get(path, access_token)).json()) as {
      records: Array<{ Id: string }>;
    };
    return answer.records[0]?.Id ?? '';
  }

  it('asks for a login first and comes back to the record', async () => {
    const id = await firstAccountId();
    const client = sim.client();
    const { url } = await client.browser.follow(`${client.org.origin}/${id}`);
    expect(new URL(url).pathname).toBe('/login');
    const page = await client.logIn(url, ada.username);
    expect(new URL(page.url).pathname).toBe(`/lightning/r/Account/${id}/view`);
    expect(page.response.status).toBe(200);
    expect(await page.response.text()).toContain('AnnualRevenue');
  });

  it('takes the 15-character id', async () => {
    const id = await firstAccountId();
    const client = sim.client();
    await client.logIn(`${client.org.origin}/login`, ada.username);
    const { url } = await client.browser.follow(`${client.org.origin}/${id.slice(0, 15)}`);
    expect(new URL(url).pathname).toBe(`/lightning/r/Account/${id}/view`);
  });

  it('hides what field-level security hides', async () => {
    const id = await firstAccountId();
    const client = sim.client();
    await client.logIn(`${client.org.origin}/login`, franz.username);
    const { response } = await client.browser.follow(`${client.org.origin}/${id}`);
    expect(await response.text()).not.toContain('AnnualRevenue');
  });

  it('is 404 for a record that does not exist', async () => {
    const client = sim.client();
    await client.logIn(`${client.org.origin}/login`, ada.username);
    const path = `${client.org.origin}/lightning/r/Account/001000000000000AAA/view`;
    expect((await client.browser.request(path)).status).toBe(404);
    expect((await client.browser.request(`${client.org.origin}/zzz000000000000AAA`)).status).toBe(404);
  });
});
