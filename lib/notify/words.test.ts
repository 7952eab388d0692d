import { describe, expect, it } from 'vitest';
import type { Occasion } from '@/lib/notify/occasion';
import { type NoticeSubject, noticeWords } from '@/lib/notify/words';

const subject: NoticeSubject = {
  environmentName: 'Production',
  username: 'ada@acme.example',
  name: null,
  ownerId: 'ada',
  connectionId: '1',
  state: 'idle',
  appChanged: false,
  keepAlive: false,
  problemError: null,
  locale: 'en_GB',
  timeZone: 'Europe/London',
};
const now = new Date('2026-01-06T12:00:00Z');
const soon: Occasion = {
  kind: 'connection_ends_soon',
  key: '',
  stage: 'week',
  endsAt: new Date('2026-01-12T23:30:00Z'),
  endsBy: 'idle',
};
const ended: Occasion = { kind: 'connection_ended', key: '' };
const asInSalesforce = { locale: null, timeZone: null, now };

const say = (occasion: Occasion, changes: Partial<NoticeSubject> = {}, reader = asInSalesforce) =>
  noticeWords(occasion, { ...subject, ...changes }, reader);

describe('the words of a notice', () => {
  it('say the day in the reader’s own locale and zone', () => {
    expect(say(soon)).toEqual({
      kind: 'connection_ends_soon',
      title: 'Production ends on 12 January',
      text: 'The connection to Production (ada@acme.example) ends on 12 January unless refreshed. Keep-alive is off: turn it on, or reconnect before then.',
      href: '/connections/1',
    });
    const berlin = { locale: 'de-DE', timeZone: 'Europe/Berlin', now } as unknown as typeof asInSalesforce;
    expect(say(soon, {}, berlin).title).toBe('Production ends on 13. Januar');
    expect(say(soon, { locale: 'en_US', timeZone: 'America/New_York' }).title).toBe(
      'Production ends on January 12',
    );
    expect(say(soon, { locale: null, timeZone: null }).title).toBe('Production ends on 12 January');
  });

  it('name the year when it is not this one', () => {
    const endsAt = new Date('2027-01-02T12:00:00Z');
    expect(say({ ...soon, endsAt }).title).toBe('Production ends on 2 January 2027');
  });

  it('promise nothing that a refresh cannot do', () => {
    expect(say({ ...soon, endsBy: 'absolute' }).text).toBe(
      'The connection to Production (ada@acme.example) ends on 12 January, however it is used. Reconnect before then.',
    );
    expect(say(soon, { keepAlive: true }).text).toContain(
      'Keep-alive has not been able to refresh it so far.',
    );
  });

  it('do not say for Salesforce what it has not said', () => {
    expect(say({ ...soon, stage: 'past' })).toMatchObject({
      title: 'Production was to end on 12 January',
      text: expect.stringContaining('Salesforce has not said so yet'),
    });
    expect(say(ended, { state: 'uncertain' }).text).toMatch(
      /^It is unknown how the last refresh .+: reconnect\.$/,
    );
    expect(say(ended, { state: 'needs_reconnect' }).text).toBe(
      'The connection to Production (ada@acme.example) has ended: reconnect.',
    );
    expect(say(ended, { appChanged: true }).text).toContain(
      'The app of Production (ada@acme.example) was changed',
    );
  });

  it('say that Salesforce ended it when it did', () => {
    expect(say(ended, { state: 'needs_reconnect', problemError: 'invalid_grant' }).text).toBe(
      'Salesforce ended the connection to Production (ada@acme.example): reconnect.',
    );
  });

  it('lead administrators to where the portal’s own connections are', () => {
    const service = say(ended, { state: 'needs_reconnect', ownerId: null, name: 'Nightly reports' });
    expect(service).toMatchObject({ href: '/admin/connections' });
    expect(service.text).toContain('Production (Nightly reports)');
  });
});
