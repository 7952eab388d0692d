import type { RecordsAccess } from '@/lib/records/with-records';
import type { DataBench } from '@/simulator/testing/data-service';
import { sendJson, startLoopback } from './loopback';
import { accessTo } from './records-access';

/** The data services of a bench over HTTP, for one of its users. Stops with the test. */
export async function startBenchOrg(bench: DataBench, username: string): Promise<() => RecordsAccess> {
  const user = bench.user(username);
  const { origin } = await startLoopback(async ({ method, url, headers, body }, response) => {
    const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    const place = url.pathname + url.search;
    const answer =
      method === 'POST'
        ? await bench.post(place, JSON.parse(body), { user })
        : await bench.get(place, { user, headers: given });
    for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
    if (answer.body.kind === 'json') return sendJson(response, answer.status, answer.body.value);
    return response.writeHead(answer.status).end();
  });
  return () => accessTo(origin, { orgId: bench.org.orgId, userId: user.id });
}
