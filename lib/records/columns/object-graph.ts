import type { FieldDescribe, SobjectDescribe } from '@/lib/salesforce/types';

/** Reads an object's describe as the reader sees it; null: they do not see it. */
export type DescribeObject = (sobject: string) => Promise<SobjectDescribe | null>;

/**
 * An object with the parents that some field paths go through. By relationship path (`Parent.Owner`); null: one that
 * cannot be described, as it may be of several objects or is hidden.
 */
export interface ObjectGraph {
  root: SobjectDescribe;
  parents: ReadonlyMap<string, SobjectDescribe | null>;
}

const LEVELS = 5;

/** Describes the parents on all paths, level by level. What is hidden or unknown is no error. */
export async function readGraph(
  root: SobjectDescribe,
  paths: Iterable<string>,
  describeObject: DescribeObject,
): Promise<ObjectGraph> {
  const parents = new Map<string, SobjectDescribe | null>();
  const graph = { root, parents };
  for (const relationship of relationshipsOf(paths)) {
    const lookup = lookupOf(graph, relationship);
    const [target, another] = lookup?.referenceTo ?? [];
    const known = target !== undefined && another === undefined;
    parents.set(relationship, known ? await describeObject(target) : null);
  }
  return graph;
}

/** The object that a relationship path leads to; the empty path is the object itself. */
export function objectAt({ root, parents }: ObjectGraph, relationship: string): SobjectDescribe | null {
  return relationship === '' ? root : (parents.get(relationship) ?? null);
}

/** The field at the end of a path; null when describe does not name it. */
export function fieldAt(graph: ObjectGraph, path: string): FieldDescribe | null {
  const [relationship, name] = splitPath(path);
  return objectAt(graph, relationship)?.fields.find((field) => field.name === name) ?? null;
}

/** The lookup that a relationship path ends with, such as `OwnerId` of the parent for `Parent.Owner`. */
export function lookupOf(graph: ObjectGraph, relationship: string): FieldDescribe | null {
  const [before, name] = splitPath(relationship);
  return objectAt(graph, before)?.fields.find((field) => field.relationshipName === name) ?? null;
}

/** `Parent.Owner.Name` as `Parent.Owner` and `Name`. */
export function splitPath(path: string): [relationship: string, name: string] {
  const dot = path.lastIndexOf('.');
  return dot < 0 ? ['', path] : [path.slice(0, dot), path.slice(dot + 1)];
}

/** Every relationship on the paths, parents before what lies behind them. */
function relationshipsOf(paths: Iterable<string>): string[] {
  const found = new Set<string>();
  for (const path of paths) {
    const names = path.split('.').slice(0, -1);
    for (let length = 1; length <= Math.min(names.length, LEVELS); length += 1) {
      found.add(names.slice(0, length).join('.'));
    }
  }
  return [...found].sort((one, other) => one.split('.').length - other.split('.').length);
}
