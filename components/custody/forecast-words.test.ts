import { describe, expect, it } from 'vitest';
import { forecastWords } from '@/components/custody/forecast-words';
import type { ConnectionForecast } from '@/lib/connections/types';

const viewer = { locale: 'en-GB', timeZone: 'UTC', now: '2025-12-20T10:00:00Z' };
const idle: ConnectionForecast = {
  endsAt: '2026-01-12T10:00:00Z',
  endsBy: 'idle',
  keepAlive: true,
  keepAliveAt: '2026-01-02T10:00:00Z',
};

describe('the forecast in words', () => {
  it.each<[string, Partial<ConnectionForecast>, string, boolean]>([
    [
      'kept alive',
      {},
      'Ends on 12 January 2026 unless refreshed; Orgdock refreshes it by 2 January 2026.',
      false,
    ],
    [
      'about to be refreshed',
      { keepAliveAt: '2025-12-20T09:00:00Z' },
      'Ends on 12 January 2026 unless refreshed; Orgdock is about to do that.',
      false,
    ],
    [
      'not kept alive',
      { keepAlive: false },
      'Ends on 12 January 2026 unless somebody uses it when its session has run out: Orgdock does not refresh it by itself.',
      true,
    ],
    [
      'of a limited age',
      { endsBy: 'absolute' },
      'Ends on 12 January 2026, however it is used: the app limits the age of its grants. Reconnect before.',
      false,
    ],
    [
      'overdue',
      { endsAt: '2025-12-19T10:00:00Z' },
      'By the app’s limits it should have ended on 19 December. The next refresh will tell.',
      true,
    ],
    [
      'without a limit',
      { endsAt: null, endsBy: null, keepAliveAt: null },
      'No end in sight: no limit of the app is known to Orgdock.',
      false,
    ],
  ])('of a grant that is %s', (_, changes, text, warning) => {
    expect(forecastWords({ ...idle, ...changes }, viewer)).toEqual({ text, warning });
  });
});
