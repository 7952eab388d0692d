import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import path from 'node:path';

const README = path.join(import.meta.dirname, 'README.md');

/** Writes a result into bench/README.md, in the place of the one before. */
export function record(name: string, result: string): void {
  writeFileSync(README, replaceResult(readFileSync(README, 'utf8'), name, result));
}

/** The text with another result between the markers of a benchmark. Throws when they are not there once each. */
export function replaceResult(text: string, name: string, result: string): string {
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const [before, after, ...more] = text.split(begin);
  const [, rest, ...further] = (after ?? '').split(end);
  if (before === undefined || rest === undefined || more.length > 0 || further.length > 0) {
    throw new Error(`bench/README.md needs ${begin} and ${end}, once each and in this order.`);
  }
  return `${before}${begin}\n\n${result.trim()}\n\n${end}${rest}`;
}

/** When and on what this is measured. The load is that of the minute before, by everything on the machine. */
export function describeMachine(): string {
  const [load = 0] = loadavg();
  const memory = Math.round(totalmem() / 2 ** 30);
  const facts = [
    new Date().toISOString().slice(0, 10),
    `commit ${commit()}`,
    `Node ${process.versions.node}`,
    `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}`,
    `${memory} GiB`,
    `load before ${load.toFixed(1)}`,
  ].join(' · ');
  const warning = busyWarning(load, availableParallelism());
  return warning === null ? facts : `${facts}\n\n${warning}`;
}

/** A warning when others worked on the machine before a run; null when its figures are its own. */
export function busyWarning(load: number, cores: number): string | null {
  if (load <= cores) return null;
  return `**Others worked on this machine (load ${load.toFixed(0)} on ${cores} cores): waits and p99s are theirs as much, and limits that are near to a fault's duration are met by chance. Run it again on a quiet one.**`;
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'unknown';
  }
}
