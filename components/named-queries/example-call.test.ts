import { describe, expect, it } from 'vitest';
import type { QueryParameter } from '@/lib/broker/types';
import { exampleCall } from './example-call';

const parameter = (name: string, over: Partial<QueryParameter> = {}): QueryParameter => ({
  ...{ name, type: 'string', required: false, default: null, description: '' },
  ...over,
});

describe('the example call of a named query', () => {
  it('says what is required, else the first that is not', () => {
    const all = [parameter('a'), parameter('b', { required: true, type: 'number' })];
    expect(exampleCall('https://portal.example', { name: 'q', parameters: all }).split(' \\\n')).toEqual([
      'curl -G -H "Authorization: Bearer $ORGDOCK_KEY"',
      '  --data-urlencode "connection=$CONNECTION"',
      "  --data-urlencode 'b=100'",
      '  "https://portal.example/api/v1/queries/q/run"',
    ]);
    expect(exampleCall('x', { name: 'q', parameters: [parameter('a')] })).toContain("'a=Acme'");
  });

  it('lets no default be run by a shell', () => {
    const sly = parameter('a', { default: "$(id)'; id #" });
    expect(exampleCall('x', { name: 'q', parameters: [sly] })).toContain("'a=$(id)'\\''; id #'");
  });
});
