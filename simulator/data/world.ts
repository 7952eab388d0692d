import { Draw } from '@/simulator/data/random';
import type { SimOrg } from '@/simulator/types';

/** The day on which the data was "recorded". Fixed, so that every start shows the same rows. */
export const DATA_DAY = Date.UTC(2026, 10, 22);

const DAY = 86_400_000;

/** What the columns of one org are computed from. */
export interface World {
  readonly org: SimOrg;
  /** Characters 4 to 6 of every id. */
  readonly pod: string;
  readonly accounts: number;
  readonly opportunities: number;
  readonly contacts: number;
  readonly projects: number;
  draw(column: string): Draw;
}

export function makeWorld(org: SimOrg): World {
  const { accounts, opportunities, seed } = org.data;
  return {
    org,
    pod: org.orgId.slice(3, 6),
    accounts,
    opportunities,
    contacts: accounts * 2,
    projects: Math.ceil(accounts / 10),
    draw: (column) => new Draw(seed, column),
  };
}

const dates = new Map<number, string>();

/** `2026-03-08`, this many days after the day of the data (negative: before). Few differ, so each is kept. */
export function dateAt(days: number): string {
  const known = dates.get(days);
  if (known) return known;
  const date = new Date(DATA_DAY + days * DAY).toISOString().slice(0, 10);
  dates.set(days, date);
  return date;
}

/** `2026-05-01T07:25:37.000+0000`: Salesforce writes the offset without a colon. */
export function salesforceDateTime(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, -1)}+0000`;
}

const SECONDS_A_DAY = 86_400;

function twoDigits(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}

/** A datetime this many whole seconds before the end of the data's day. A million are written to be sorted. */
export function secondsBefore(seconds: number): string {
  const at = SECONDS_A_DAY - 1 - seconds;
  const day = Math.floor(at / SECONDS_A_DAY);
  const second = at - day * SECONDS_A_DAY;
  const [hour, minute] = [Math.floor(second / 3_600), Math.floor(second / 60) % 60];
  return `${dateAt(day)}T${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(second % 60)}.000+0000`;
}

/** Replaces each `#` by a digit and A, B, X by a letter, the same for the same row. */
export function fillPattern(pattern: string, draw: Draw, row: number): string {
  let bits = draw.bits(row);
  let filled = '';
  for (const place of pattern) {
    if (place !== '#' && place !== 'A' && place !== 'B' && place !== 'X') {
      filled += place;
      continue;
    }
    const digit = bits % 10;
    bits = Math.floor(bits / 10) || draw.bits(row + 7_919);
    filled += place === '#' ? String(digit) : 'ABDEFGHJLN'.charAt(digit);
  }
  return filled;
}

const slugs = new Map<string, string>();

/** Letters and digits only, for a host or mailbox name. Few words differ, so each is kept. */
export function slug(text: string): string {
  const known = slugs.get(text);
  if (known !== undefined) return known;
  const plain = text.replace(/ß/g, 'ss').replace(/[øØ]/g, 'o').replace(/[łŁ]/g, 'l').normalize('NFD');
  const made = plain.replace(/[^A-Za-z0-9]+/g, '').toLowerCase();
  slugs.set(text, made);
  return made;
}
