import { absoluteWords, type Viewer } from '@/components/states/instant';
import type { Alert } from '@/lib/custody/usage/types';
import { formatNumber } from '@/lib/format/numbers';
import { hoursInWords } from '@/lib/format/reading-hours';

/** What an alert says: a title, and the facts as they were when it was raised. */
export function alertInWords(
  { facts, reader }: Pick<Alert, 'facts' | 'reader'>,
  viewer: Pick<Viewer, 'locale' | 'timeZone'>,
): { title: string; text: string } {
  const number = (value: number) => formatNumber(value, { locale: viewer.locale, scale: 1 });
  const rows = facts.rows === 1 ? '1 row' : `${number(facts.rows)} rows`;
  const who = reader ?? 'The portal';
  if (facts.kind === 'outside_hours') {
    return {
      title: 'Read outside the hours',
      text: `${who} read ${rows} on ${absoluteWords(facts.at, viewer)}. Reading is expected ${hoursInWords(facts.hours)}.`,
    };
  }
  const usual =
    facts.median === 0
      ? 'No rows were read in the 30 days before.'
      : `The median hour of the 30 days before had ${number(facts.median)}.`;
  return {
    title: 'Unusually many rows',
    text: `By the time of this alert, ${rows} had been read in the hour from ${absoluteWords(facts.hour, viewer)}, the last by ${reader ?? 'the portal'}. ${usual}`,
  };
}
