import type { Viewer } from '@/components/states/instant';
import type { ConnectionForecast } from '@/lib/connections/types';
import { formatDay } from '@/lib/format/dates';

export interface ForecastWords {
  text: string;
  /** The reader should do something, or decide to let it be. */
  warning: boolean;
}

/** When a grant ends, in a sentence or two: by which limit, and what Orgdock does about it. */
export function forecastWords(forecast: ConnectionForecast, viewer: Viewer): ForecastWords {
  const { endsAt, endsBy, keepAlive, keepAliveAt } = forecast;
  const day = (iso: string) =>
    formatDay(iso, { locale: viewer.locale, timeZone: viewer.timeZone, now: new Date(viewer.now) });
  const isPast = (iso: string) => Date.parse(iso) <= Date.parse(viewer.now);
  if (endsAt === null) {
    return { text: 'No end in sight: no limit of the app is known to Orgdock.', warning: false };
  }
  if (isPast(endsAt)) {
    return {
      text: `By the app’s limits it should have ended on ${day(endsAt)}. The next refresh will tell.`,
      warning: true,
    };
  }
  if (endsBy === 'absolute') {
    return {
      text: `Ends on ${day(endsAt)}, however it is used: the app limits the age of its grants. Reconnect before.`,
      warning: false,
    };
  }
  if (!keepAlive || keepAliveAt === null) {
    return {
      text: `Ends on ${day(endsAt)} unless somebody uses it when its session has run out: Orgdock does not refresh it by itself.`,
      warning: true,
    };
  }
  const refresh = isPast(keepAliveAt)
    ? 'Orgdock is about to do that'
    : `Orgdock refreshes it by ${day(keepAliveAt)}`;
  return { text: `Ends on ${day(endsAt)} unless refreshed; ${refresh}.`, warning: false };
}
