import { describe, expect, it } from 'vitest';
import { registry } from '@/lib/registry';

describe('the database modules', () => {
  it('open nothing when they are imported, so that a build opens no database', async () => {
    await import('@/db/client');
    await import('@/db/start');
    expect([...registry().slots.keys()]).toEqual([]);
  });
});
