import { expect, test } from './fixtures';

// Every test of every spec is watched for secrets; here one is answered on purpose, so that the watch itself is seen.
test('a token in an answer of the portal is found, and named without its value', async ({
  page,
  stack,
  steps,
}) => {
  await steps.connect(page);
  expect(await stack.leaks()).toEqual([]);
  const issued = await stack.control.listIssued();
  const values = [
    'access token',
    'refresh token',
    'authorization code',
    'code verifier',
    'consumer secret',
  ].map((kind) => issued.findLast((secret) => secret.kind === kind)?.value ?? `no ${kind}`);
  for (const value of values) {
    // A page repeats its own address to the browser.
    await page.request.get(`/sign-in?${new URLSearchParams({ callbackUrl: `/${value}` })}`, {
      maxRedirects: 0,
    });
  }
  const found = await stack.leaks();
  expect(found.map(({ kind }) => kind).sort()).toEqual([
    'access token',
    'authorization code',
    'code verifier',
    'consumer secret',
    'refresh token',
  ]);
  expect(new Set(found.map(({ place }) => place))).toEqual(new Set(['the answer to GET /sign-in']));
});
