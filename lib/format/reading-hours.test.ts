import { describe, expect, it } from 'vitest';
import { hoursInWords } from './reading-hours';

const hours = { days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00', timeZone: 'Europe/Berlin' };

describe('hoursInWords', () => {
  it.each([
    [hours, 'Mon to Fri, 08:00 to 18:00 (Europe/Berlin)'],
    [{ ...hours, days: [7, 6] }, 'Sat, Sun, 08:00 to 18:00 (Europe/Berlin)'],
    [{ ...hours, days: [1, 2, 3, 5, 6, 7] }, 'Mon to Wed, Fri to Sun, 08:00 to 18:00 (Europe/Berlin)'],
    [
      { days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '06:00', timeZone: 'UTC' },
      'every day, 22:00 to 06:00 the next day (UTC)',
    ],
    [{ ...hours, days: [3], from: '00:00', to: '00:00' }, 'Wed, all day from 00:00 (Europe/Berlin)'],
  ])('says %j', (given, words) => {
    expect(hoursInWords(given)).toBe(words);
  });
});
