import type { Role } from '@/lib/context';
import { occasionOf, type Watched } from '@/lib/notify/occasion';
import type { ConnectionNotice, ConnectionNoticeKind } from '@/lib/notify/types';
import { alertWords, type NoticeSubject, noticeWords } from '@/lib/notify/words';

interface Told {
  kind: ConnectionNoticeKind;
  occasion: string;
  /** Of the alert, where an administrator has seen to it and the reader may know. */
  settledAt: Date | null;
  now: Date;
}

interface Reader {
  role: Role;
  locale: string | null;
  timeZone: string | null;
}

/** What a notification says to its reader now; null: time, a reconnect or an administrator has overtaken it. Pure. */
export function currentNotice(row: Told & Watched & NoticeSubject, reader: Reader): ConnectionNotice | null {
  const { kind, now } = row;
  if (kind === 'unusual_reading' || kind === 'outside_hours') {
    if (row.settledAt !== null) return null;
    return alertWords({ kind, occasion: row.occasion }, row, { ...reader, now });
  }
  const occasion = occasionOf(row, now);
  if (occasion?.kind !== kind || occasion.key !== row.occasion) return null;
  return noticeWords(occasion, row, { ...reader, now });
}
