import { z } from 'zod';
import { fromJson } from '@/lib/environments/fields/from-json';

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const MAX_TEXT = 512;

const hours = z.strictObject({
  days: z
    .array(z.number().int().min(1).max(7), 'Choose at least one day.')
    .min(1, 'Choose at least one day.')
    .transform((days) => [...new Set(days)].sort((one, other) => one - other)),
  from: z.string().regex(TIME, 'Write times such as 08:00.'),
  to: z.string().regex(TIME, 'Write times such as 18:00.'),
  timeZone: z.string().refine(isTimeZone, 'Choose a time zone, such as Europe/Berlin.'),
});

/** When reading is expected: an object, or the same as JSON; empty means at any time. */
export const readingHours = z
  .union([
    z
      .string()
      .max(MAX_TEXT)
      .transform((text) => fromJson(text, null)),
    z.unknown(),
  ])
  .pipe(hours.nullable())
  .default(null);

function isTimeZone(name: string): boolean {
  return name !== '' && (name === 'UTC' || Intl.supportedValuesOf('timeZone').includes(name));
}
