import type { ObjectEntry } from '@/lib/records/objects/types';

export interface ObjectSection {
  title: string;
  objects: ObjectEntry[];
}

/** A line of the list: the title of a section, or an object in it. */
export type ObjectLine = { title: string; count: number } | { key: string; object: ObjectEntry };

const RECENT = 6;

/** The objects by why somebody would look for them; with a search text one section, the best first. */
export function objectSections(objects: readonly ObjectEntry[], text: string): ObjectSection[] {
  if (text.trim() !== '') {
    return [{ title: 'Found', objects: findObjects(objects, text) }].filter(isFilled);
  }
  const of = (...kinds: Array<ObjectEntry['kind']>) => objects.filter(({ kind }) => kinds.includes(kind));
  return [
    { title: 'Favourites', objects: objects.filter(({ isFavourite }) => isFavourite) },
    { title: 'Recent', objects: recentObjects(objects) },
    { title: 'Main objects', objects: of('main') },
    { title: 'Custom objects', objects: of('custom') },
    { title: 'All others', objects: of('standard', 'system') },
  ].filter(isFilled);
}

/** Sections as the lines of one list. */
export function linesOf(sections: readonly ObjectSection[]): ObjectLine[] {
  return sections.flatMap(({ title, objects }) => [
    { title, count: objects.length },
    ...objects.map((object) => ({ key: `${title} ${object.name}`, object })),
  ]);
}

/** A key that stays with the line. */
export function keyOf(line: ObjectLine | undefined, index: number): string {
  if (line === undefined) return String(index);
  return 'title' in line ? line.title : line.key;
}

/** Objects whose label or API name holds every word; those that begin with the text first. */
export function findObjects(objects: readonly ObjectEntry[], text: string): ObjectEntry[] {
  const wanted = text.trim().toLowerCase();
  const words = wanted.split(/\s+/);
  const ranked = objects.flatMap((object, index) => {
    const names = [object.label, object.labelPlural, object.name].map((name) => name.toLowerCase());
    if (!words.every((word) => names.some((name) => name.includes(word)))) return [];
    const rank = names.includes(wanted) ? 0 : names.some((name) => name.startsWith(wanted)) ? 1 : 2;
    return [{ object, rank: rank * objects.length + index }];
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ object }) => object);
}

/** Where an object's grid is. */
export function objectHref(connectionId: string, name: string): string {
  const own = { Account: 'accounts', Opportunity: 'opportunities' }[name];
  return `/connections/${connectionId}/${own ?? `objects/${name}`}`;
}

function recentObjects(objects: readonly ObjectEntry[]): ObjectEntry[] {
  const opened = objects.filter(({ lastOpenedAt }) => lastOpenedAt !== null);
  const latestFirst = (a: ObjectEntry, b: ObjectEntry) =>
    (b.lastOpenedAt ?? '').localeCompare(a.lastOpenedAt ?? '');
  return opened.sort(latestFirst).slice(0, RECENT);
}

function isFilled({ objects }: ObjectSection): boolean {
  return objects.length > 0;
}
