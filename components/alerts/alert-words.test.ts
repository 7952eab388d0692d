import { describe, expect, it } from 'vitest';
import { alertInWords } from './alert-words';

const viewer = { locale: 'en-GB', timeZone: 'UTC' };
const hour = '2026-03-02T12:00:00.000Z';

describe('an alert in words', () => {
  it.each([
    [300, 'The median hour of the 30 days before had 300.'],
    [2.5, 'The median hour of the 30 days before had 2.5.'],
    [0, 'No rows were read in the 30 days before.'],
  ])('says what is usual against a median of %d', (median, usual) => {
    expect(
      alertInWords({ facts: { kind: 'unusual_reading', rows: 1_501, median, hour }, reader: 'Ada' }, viewer),
    ).toEqual({
      title: 'Unusually many rows',
      text: `By the time of this alert, 1,501 rows had been read in the hour from 2 Mar 2026, 12:00 UTC, the last by Ada. ${usual}`,
    });
  });

  it('says when reading is expected, and who read', () => {
    const hours = { days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00', timeZone: 'Europe/Berlin' };
    const facts = { kind: 'outside_hours', rows: 1, at: '2026-03-02T17:00:00.000Z', hours } as const;
    expect(alertInWords({ facts, reader: null }, viewer).text).toBe(
      'The portal read 1 row on 2 Mar 2026, 17:00 UTC. Reading is expected Mon to Fri, 08:00 to 18:00 (Europe/Berlin).',
    );
  });
});
