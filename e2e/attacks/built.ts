import { readFileSync } from 'node:fs';
import path from 'node:path';

const folder = path.resolve(import.meta.dirname, '../..', process.env.NEXT_DIST_DIR ?? '.next');

export interface BuiltAction {
  id: string;
  name: string;
  /** A page that has it, as the folder of its route: `/connections/[id]`. */
  page: string;
}

interface ActionManifest {
  node: Record<string, { exportedName: string; workers: Record<string, unknown> }>;
}

function readManifest<T>(file: string): T {
  return JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as T;
}

/** Every route of the built app, such as `/connections/[id]`. */
export function builtRoutes(): string[] {
  return [
    ...new Set(Object.values(readManifest<Record<string, string>>('app-path-routes-manifest.json'))),
  ].sort();
}

/** Every server action of the built app. */
export function builtActions(): BuiltAction[] {
  const { node } = readManifest<ActionManifest>('server/server-reference-manifest.json');
  return Object.entries(node).map(([id, { exportedName, workers }]) => {
    const [file = ''] = Object.keys(workers);
    const page = file.replace(/^app|\/page$|\/\([^/]+\)/g, '');
    return { id, name: exportedName, page: page === '' ? '/' : page };
  });
}
