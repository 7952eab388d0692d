import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCell } from './cell';
import { formatDate, formatDateTime, parseInstant } from './dates';
import { formatRelative } from './duration';
import { isSalesforceId, toId18 } from './ids';
import { knownTimeZone, salesforceLocaleToBcp47 } from './locale';
import { formatMoney } from './money';
import { formatNumber, formatPercent } from './numbers';

describe('toId18', () => {
  it.each([
    ['001dM000014u6vB', '001dM000014u6vBQAQ'],
    ['00Dx0000000BV7z', '00Dx0000000BV7zEAG'],
    ['001dM000014u6vBQAQ', '001dM000014u6vBQAQ'],
    ['not an id', 'not an id'],
  ])('makes %s %s', (id, id18) => expect(toId18(id)).toBe(id18));

  it('gives every id of 15 characters a checksum that tells its case', () => {
    const id15 = fc.stringMatching(/^[A-Za-z0-9]{15}$/);
    fc.assert(
      fc.property(id15, id15, (a, b) => {
        expect(isSalesforceId(toId18(a))).toBe(true);
        if (a !== b && a.toLowerCase() === b.toLowerCase())
          expect(toId18(a).slice(15)).not.toBe(toId18(b).slice(15));
      }),
    );
  });

  it.each(['001dM000014u6vBQAZ', '001dM000014u6v', 'x', '001dM000014u6vB!', ''])(
    'knows %j as no id',
    (text) => expect(isSalesforceId(text)).toBe(false),
  );
});

describe('salesforceLocaleToBcp47', () => {
  it.each([
    ['en_US', 'en-US'],
    ['de_DE', 'de-DE'],
    ['en-GB', 'en-GB'],
    ['iw_IL', 'he-IL'],
    ['in_ID', 'id-ID'],
    ['no_NO', 'nb-NO'],
    ['sh_BA', 'sr-Latn-BA'],
    ['zh_Hant_TW', 'zh-Hant-TW'],
    ['de_DE_EURO', 'de-DE'],
    ['es_419', 'es-419'],
    ['fr', 'fr'],
    ['', 'en-US'],
    [null, 'en-US'],
    [undefined, 'en-US'],
    ['klingon_QX', 'en-US'],
    ['<script>', 'en-US'],
  ])('makes %j %s', (locale, tag) => expect(salesforceLocaleToBcp47(locale)).toBe(tag));

  it('always gives a tag that Intl takes', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => new Intl.NumberFormat(salesforceLocaleToBcp47(text))).not.toThrow();
      }),
    );
  });
});

describe('knownTimeZone', () => {
  it.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['Mars/Olympus', 'UTC'],
    ['', 'UTC'],
    [null, 'UTC'],
    [undefined, 'UTC'],
  ])('makes %j %s', (zone, known) => expect(knownTimeZone(zone)).toBe(known));
});

describe('numbers', () => {
  it('follow the locale, with at most the digits of the field', () => {
    expect(formatNumber(1_234_567.891, { locale: 'en-US', scale: 2 })).toBe('1,234,567.89');
    expect(formatNumber(1_234_567.891, { locale: 'de-DE', scale: 0 })).toBe('1.234.568');
    expect(formatNumber(1234.5, { locale: 'fr-FR', scale: 99 })).toBe('1 234,5');
    expect(formatNumber(1.5, { locale: 'en-US', scale: Number.NaN })).toBe('2');
  });

  it('show 75 as 75 %', () => {
    expect(formatPercent(75, { locale: 'en-US', scale: 0 })).toBe('75%');
    expect(formatPercent(12.5, { locale: 'de-DE', scale: 1 })).toBe('12,5 %');
  });
});

describe('formatMoney', () => {
  it.each([
    [139_000_000, 'USD', 'en-US', 0, '$139,000,000'],
    [1234.5, 'USD', 'en-US', 2, '$1,234.50'],
    [1234.5, 'EUR', 'de-DE', 2, '1.234,50 €'],
    [1234, 'GBP', 'en-GB', 2, '£1,234.00'],
    [1234.5, 'GBP', 'en-GB', 0, '£1,235'],
    [1234, 'JPY', 'en-US', 2, '¥1,234'],
    [-5, 'USD', 'en-US', 2, '-$5.00'],
    [1234, null, 'en-US', 2, '1,234'],
    [1234, 'NOT A CODE', 'en-US', 2, '1,234'],
    [1234, 'XTS', 'en-US', 2, 'XTS 1,234.00'],
  ])('shows %d %s in %s as %s', (value, currency, locale, scale, text) => {
    expect(formatMoney(value, { locale, scale, currency })).toBe(text);
  });
});

describe('dates', () => {
  it('stay the same day in every time zone', () => {
    expect(formatDate('2026-03-08', { locale: 'en-US' })).toBe('Mar 8, 2026');
    expect(formatDate('2026-12-31', { locale: 'de-DE' })).toBe('31.12.2026');
  });

  it('show an instant in the zone asked for', () => {
    const text = '2026-05-01T07:25:37.000+0000';
    expect(formatDateTime(text, { locale: 'en-US', timeZone: 'America/New_York' })).toBe(
      'May 1, 2026, 3:25 AM',
    );
    expect(formatDateTime(text, { locale: 'en-GB', timeZone: 'Europe/London' })).toBe('1 May 2026, 08:25');
    expect(formatDateTime('2026-05-01T23:25:37Z', { locale: 'de-DE', timeZone: 'Europe/Berlin' })).toBe(
      '02.05.2026, 01:25',
    );
  });

  it('leave alone what is none', () => {
    expect(formatDate('soon', { locale: 'en-US' })).toBe('soon');
    expect(formatDate('2026-13-45', { locale: 'en-US' })).toBe('2026-13-45');
    expect(formatDateTime('soon', { locale: 'en-US', timeZone: 'UTC' })).toBe('soon');
    expect(parseInstant('2026-05-01T07:25:37.000+0200')?.toISOString()).toBe('2026-05-01T05:25:37.000Z');
  });

  it('read every instant that Salesforce writes', () => {
    const date = fc.date({ min: new Date('1700-01-01'), max: new Date('4000-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(date, (instant) => {
        expect(parseInstant(instant.toISOString().replace('Z', '+0000'))).toEqual(instant);
      }),
    );
  });
});

describe('formatRelative', () => {
  const now = new Date('2026-06-15T12:00:00Z');
  it.each([
    ['2026-06-15T12:00:00Z', 'now'],
    ['2026-06-15T11:59:30Z', 'now'],
    ['2026-06-15T11:55:00Z', '5 minutes ago'],
    ['2026-06-15T09:59:00Z', '2 hours ago'],
    ['2026-06-14T11:00:00Z', 'yesterday'],
    ['2026-06-17T12:00:00Z', 'in 2 days'],
    ['2026-05-30T12:00:00Z', '2 weeks ago'],
    ['2026-03-01T12:00:00Z', '3 months ago'],
    ['2024-01-01T12:00:00Z', '2 years ago'],
    ['never', 'never'],
  ])('shows %s as %s', (text, words) => expect(formatRelative(text, { locale: 'en-US', now })).toBe(words));
});

describe('formatCell', () => {
  const options = { locale: 'en-US', timeZone: 'America/New_York', currency: 'EUR', scale: 2 };
  it.each<[string, unknown, string]>([
    ['currency', 1200, '€1,200.00'],
    ['percent', 75, '75%'],
    ['number', 1200.5, '1,200.5'],
    ['text', 1200, '1200'],
    ['date', '2026-03-08', 'Mar 8, 2026'],
    ['dateTime', '2026-05-01T07:25:37.000+0000', 'May 1, 2026, 3:25 AM'],
    ['time', '14:30:00.000Z', '2:30 PM'],
    ['time', 'noon', 'noon'],
    ['count', 1234, '1,234'],
    ['richText', '<p>Hello <b>world</b></p>', 'Hello world'],
    [
      'address',
      { street: '1 Quay\nDock 2', city: 'Kiel', state: null, postalCode: '24103', country: 'Germany' },
      '1 Quay, Dock 2, 24103 Kiel, Germany',
    ],
    ['boolean', true, 'Yes'],
    ['boolean', false, 'No'],
    ['multiPicklist', 'Hot;Cold', 'Hot, Cold'],
    ['text', 'Acme;Corp', 'Acme;Corp'],
    ['reference', { id: '005x', name: 'Ada Lovelace' }, 'Ada Lovelace'],
    ['reference', { id: '005x', name: null }, '005x'],
    ['text', { city: 'Berlin' }, '{"city":"Berlin"}'],
    ['currency', null, ''],
    ['text', undefined, ''],
  ])('shows %s %j as %j', (kind, value, text) => expect(formatCell(kind, value, options)).toBe(text));
});

it('keeps making formatters beyond the number that it keeps', () => {
  for (let scale = 0; scale < 21; scale += 1) {
    for (const locale of [
      'en-US',
      'de-DE',
      'fr-FR',
      'ja-JP',
      'hi-IN',
      'pt-BR',
      'it-IT',
      'es-ES',
      'nl-NL',
      'pl-PL',
    ]) {
      expect(formatNumber(1, { locale, scale })).not.toBe('');
    }
  }
});
