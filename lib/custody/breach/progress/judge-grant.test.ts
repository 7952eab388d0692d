import { describe, expect, it } from 'vitest';
import { type GrantFacts, judgeGrant } from '@/lib/custody/breach/progress/judge-grant';

const AT = new Date('2026-03-06T10:00:00Z');
const LATER = new Date('2026-03-06T12:00:00Z');

type Holder = NonNullable<GrantFacts['holder']>;
type Stray = NonNullable<GrantFacts['stray']>;

const holder = (values: Partial<Holder> = {}): Holder => ({
  sameGrant: true,
  state: 'disconnecting',
  revocation: 'pending',
  tries: 0,
  nextAt: AT,
  atWork: false,
  error: null,
  description: null,
  ...values,
});

const stray = (values: Partial<Stray> = {}): Stray => ({
  outcome: null,
  finishedAt: null,
  nextAt: LATER,
  atWork: false,
  error: 'http_503',
  description: null,
  ...values,
});

const judge = (facts: Partial<GrantFacts>) =>
  judgeGrant({ kind: 'connection', holder: null, stray: null, revoked: null, ...facts });

describe('the end of a grant of a breach', () => {
  it('is confirmed by what the audit log tells, whatever its row holds by now', () => {
    const now = holder({ sameGrant: false, state: 'idle', revocation: 'none' });
    expect(judge({ holder: now, revoked: { at: AT, proof: 'introspection' } })).toEqual({
      outcome: 'confirmed',
      proof: 'introspection',
      error: null,
      endedAt: AT,
      nextAt: null,
    });
  });

  it('needs no revocation when Salesforce had ended it', () => {
    expect(judge({ revoked: { at: AT, proof: null } })).toMatchObject({ outcome: 'ended', endedAt: AT });
  });

  it('is open while it is tried, with the words of the last try and the time of the next', () => {
    const waits = holder({ revocation: 'unconfirmed', tries: 2, nextAt: LATER, error: 'http_503' });
    expect(judge({ holder: waits })).toMatchObject({ outcome: null, error: 'http_503', nextAt: LATER });
    expect(judge({ holder: holder({ nextAt: null, tries: 1, atWork: true }) })).toMatchObject({
      outcome: null,
    });
  });

  it('is on its way, not waiting, while it was not tried', () => {
    expect(judge({ holder: holder() })).toMatchObject({ outcome: null, error: null, nextAt: null });
  });

  it('is given up when nobody tries any more, and not while somebody does', () => {
    const last = holder({ revocation: 'unconfirmed', tries: 9, nextAt: null, error: 'e', description: 'd' });
    expect(judge({ holder: last })).toMatchObject({ outcome: 'gave_up', error: 'e: d', endedAt: null });
    expect(judge({ holder: { ...last, atWork: true } })).toMatchObject({ outcome: null });
    expect(judge({ holder: { ...last, tries: 0 } })).toMatchObject({ outcome: null });
  });

  it('is not sent when what is stored may be spent', () => {
    const unsent = holder({ state: 'disconnected', revocation: 'unconfirmed', nextAt: null });
    expect(judge({ holder: unsent })).toMatchObject({ outcome: 'unsendable', error: null });
    const restored = { ...unsent, error: 'not_sent', description: 'a restored database' };
    expect(judge({ holder: restored })).toMatchObject({ outcome: 'unsendable' });
    expect(judge({ holder: { ...unsent, error: 'http_503' } })).toMatchObject({ outcome: 'gave_up' });
  });

  it('rests on the row of this very grant where the audit log tells nothing', () => {
    const gone = holder({ state: 'disconnected' });
    expect(judge({ holder: { ...gone, revocation: 'confirmed' } })).toMatchObject({
      outcome: 'confirmed',
      proof: 'elsewhere',
    });
    expect(judge({ holder: { ...gone, revocation: 'none' } })).toMatchObject({ outcome: 'ended' });
  });

  it('is not what became of a later grant of its connection', () => {
    const later = holder({ sameGrant: false, state: 'disconnected' });
    for (const revocation of ['confirmed', 'none', 'unconfirmed']) {
      expect(judge({ holder: { ...later, revocation } })).toMatchObject({ outcome: 'unsendable' });
    }
  });

  it('follows a grant that a new consent has replaced into the queue', () => {
    const renewed = holder({ sameGrant: false, state: 'idle', revocation: 'none' });
    expect(judge({ holder: renewed, stray: stray() })).toMatchObject({ outcome: null, nextAt: LATER });
    expect(judge({ holder: renewed })).toMatchObject({ outcome: 'unsendable' });
  });

  it('of a stray grant is that of its row', () => {
    const at = (values: Partial<Stray>) => judge({ kind: 'stray', stray: stray(values) });
    expect(at({ atWork: true })).toMatchObject({ outcome: null, nextAt: null });
    expect(at({ outcome: 'gave_up', finishedAt: AT })).toMatchObject({
      outcome: 'gave_up',
      error: 'http_503',
    });
    expect(at({ outcome: 'confirmed', finishedAt: AT })).toMatchObject({ proof: 'elsewhere', endedAt: AT });
  });
});
