import { describe, expect, it, vi } from 'vitest';
import { registry } from '@/lib/registry';

describe('the database modules', () => {
  it('open nothing when they are imported, so that a build opens no database', async () => {
    // Loaded here, and not before.
    vi.resetModules();
    await import('@/db/client');
    await import('@/db/start');
    expect([...registry().slots.keys()]).toEqual([]);
  });
});
