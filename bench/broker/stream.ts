import { readFileSync } from 'node:fs';
import { BIG_BYTES } from './big-upstream';
import type { Stage } from './stage';

export interface Streamed {
  bytes: number;
  tookMs: number;
  /** Resident memory of the portal's process, in bytes: before, and the most while it streamed. */
  before: number;
  most: number;
}

const PATH = '/services/data/v66.0/sobjects/ContentVersion/068000000000001AAA/VersionData';
const SAMPLE_MS = 20;

/** A file of 500 MB through the portal, twice: what the first one needs for good is not what a stream costs. */
export async function measureStream(stage: Stage): Promise<Streamed> {
  await readOnce(stage);
  return await readOnce(stage);
}

async function readOnce(stage: Stage): Promise<Streamed> {
  const { pid, origin } = stage.portal;
  const before = residentBytes(pid);
  let most = before;
  const sampling = setInterval(() => {
    most = Math.max(most, residentBytes(pid));
  }, SAMPLE_MS);
  const started = performance.now();
  try {
    const headers = { authorization: `Bearer ${stage.program('big', 0).secret}` };
    const answer = await fetch(origin + PATH, { headers });
    if (answer.status !== 200)
      throw new Error(`The stream was answered ${answer.status}: ${await answer.text()}`);
    let bytes = 0;
    for await (const piece of answer.body as unknown as AsyncIterable<Uint8Array>) bytes += piece.length;
    if (bytes !== BIG_BYTES) throw new Error(`Of ${BIG_BYTES} bytes ${bytes} came.`);
    return { bytes, tookMs: performance.now() - started, before, most };
  } finally {
    clearInterval(sampling);
  }
}

/** NaN where /proc does not tell. */
function residentBytes(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
  } catch {
    return Number.NaN;
  }
}
