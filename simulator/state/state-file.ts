import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { OrgRuntime } from '@/simulator/org-server';
import type { SavedOrg } from '@/simulator/state/org-state';

/**
 * Takes up what the file holds, and writes it anew after each request that changed a grant or an approval. A file of
 * another org (its ids differ) or a damaged one is started afresh.
 */
export function keepState(file: string, runtimes: readonly OrgRuntime[], servers: readonly Server[]): void {
  const saved = read(file);
  for (const { state } of runtimes) {
    const own = saved[state.org.orgId];
    if (own) state.restore(own);
  }
  let written = '';
  const save = () => {
    const text = JSON.stringify(
      Object.fromEntries(runtimes.map(({ state }) => [state.org.orgId, state.save()])),
    );
    if (text === written) return;
    // Renamed into place, so that a kill in between leaves the file before.
    writeFileSync(`${file}.new`, text, { mode: 0o600 });
    renameSync(`${file}.new`, file);
    written = text;
  };
  for (const server of servers) server.on('request', (_request, response) => response.once('close', save));
}

function read(file: string): Record<string, SavedOrg> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, SavedOrg>;
  } catch {
    return {};
  }
}
