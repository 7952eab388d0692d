import type { Role } from '@/lib/context';
import { formatDate, formatDateTime, formatDay } from '@/lib/format/dates';
import { knownTimeZone, salesforceLocaleToBcp47 } from '@/lib/format/locale';
import type { Occasion } from '@/lib/notify/occasion';
import type { ConnectionNotice } from '@/lib/notify/types';

export interface NoticeSubject {
  /** Of the environment. */
  environmentName: string;
  username: string;
  /** Of a service connection. */
  name: string | null;
  ownerId: string | null;
  connectionId: string;
  state: string;
  appChanged: boolean;
  keepAlive: boolean;
  /** Salesforce's own error, when it ended the grant. */
  problemError: string | null;
  /** Of the Salesforce user. */
  locale: string | null;
  timeZone: string | null;
}

interface Reader {
  /** The person's own choices; null: as in Salesforce. */
  locale: string | null;
  timeZone: string | null;
}

/** An occasion in words, with dates as its reader writes them. */
export function noticeWords(
  occasion: Occasion,
  subject: NoticeSubject,
  reader: Reader & { now: Date },
): ConnectionNotice {
  const { environmentName, connectionId, ownerId, name } = subject;
  const what = `${environmentName} (${name ?? subject.username})`;
  const href = ownerId === null ? '/admin/connections' : `/connections/${connectionId}`;
  if (occasion.kind === 'connection_ended') {
    const title = `${environmentName} needs to be reconnected`;
    return { kind: occasion.kind, title, text: `${endWords(subject, what)}: reconnect.`, href };
  }
  const day = formatDay(occasion.endsAt.toISOString(), { ...placeOf(subject, reader), now: reader.now });
  const isPast = occasion.stage === 'past';
  const title = isPast ? `${environmentName} was to end on ${day}` : `${environmentName} ends on ${day}`;
  return { kind: occasion.kind, title, text: forecastWords(occasion, subject, { what, day }), href };
}

/** An alert in words. Its figures are on the administrators' page: an owner may not see them. */
export function alertWords(
  { kind, occasion }: { kind: 'unusual_reading' | 'outside_hours'; occasion: string },
  subject: NoticeSubject,
  reader: Reader & { role: Role; now: Date },
): ConnectionNotice {
  const { environmentName, name, username, connectionId, ownerId } = subject;
  const isStaff = reader.role !== 'member';
  const href =
    isStaff || ownerId === null ? `/admin/connections/${connectionId}` : `/connections/${connectionId}`;
  const what = `${environmentName} (${name ?? username})`;
  const next = isStaff ? 'See what was read and by whom.' : 'If this was not you, tell an administrator.';
  if (kind === 'outside_hours') {
    const day = formatDate(occasion.slice(0, 10), { locale: placeOf(subject, reader).locale });
    const title = `${environmentName} was read outside its reading hours`;
    return {
      kind,
      title,
      text: `Records were read through ${what} on ${day}, outside its reading hours. ${next}`,
      href,
    };
  }
  const since = formatDateTime(occasion, placeOf(subject, reader));
  const title = `Unusually many rows were read through ${environmentName}`;
  return {
    kind,
    title,
    text: `In the hour from ${since}, unusually many rows were read through ${what}. ${next}`,
    href,
  };
}

function endWords({ state, appChanged, problemError }: NoticeSubject, what: string): string {
  if (state === 'uncertain') return `It is unknown how the last refresh of the connection to ${what} ended`;
  if (state === 'idle' && appChanged) {
    return `The app of ${what} was changed, so its connection cannot be refreshed any more`;
  }
  return problemError === null
    ? `The connection to ${what} has ended`
    : `Salesforce ended the connection to ${what}`;
}

function forecastWords(
  { stage, endsBy }: Extract<Occasion, { kind: 'connection_ends_soon' }>,
  { keepAlive }: NoticeSubject,
  { what, day }: { what: string; day: string },
): string {
  if (stage === 'past') {
    return `By the policy of its app, the connection to ${what} ended on ${day}. Salesforce has not said so yet; reconnect to be sure.`;
  }
  if (endsBy === 'absolute') {
    return `The connection to ${what} ends on ${day}, however it is used. Reconnect before then.`;
  }
  const why = keepAlive
    ? 'Keep-alive has not been able to refresh it so far.'
    : 'Keep-alive is off: turn it on, or reconnect before then.';
  return `The connection to ${what} ends on ${day} unless refreshed. ${why}`;
}

function placeOf(subject: NoticeSubject, reader: Reader): { locale: string; timeZone: string } {
  const salesforceLocale = subject.locale === null ? 'en-GB' : salesforceLocaleToBcp47(subject.locale);
  return {
    locale: reader.locale ?? salesforceLocale,
    timeZone: knownTimeZone(reader.timeZone ?? subject.timeZone),
  };
}
