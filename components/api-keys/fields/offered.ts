import type { KnownName } from '@/lib/broker/types';

/** As many as anybody looks through; more is typed for. */
const MOST = 50;
const SEPARATOR = /[\s,;]/;

/** Names to offer for what is typed: those that begin with it first, then those that contain it in name or label. */
export function offered(names: readonly KnownName[], typed: string): KnownName[] {
  const wanted = typed.trim().toLowerCase();
  const begins = names.filter(({ name }) => name.toLowerCase().startsWith(wanted));
  const contains = names.filter(
    (one) =>
      !begins.includes(one) &&
      (one.name.toLowerCase().includes(wanted) || one.label.toLowerCase().includes(wanted)),
  );
  return [...begins, ...contains].slice(0, MOST);
}

/** The word of a list that is being typed: what stands behind the last separator. */
export function lastWord(text: string): string {
  return text.split(SEPARATOR).at(-1) ?? '';
}

/** The list with its last word replaced by a whole name, ready for the next one. */
export function withLastWord(text: string, name: string): string {
  return `${text.slice(0, text.length - lastWord(text).length)}${name}, `;
}
