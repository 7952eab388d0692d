import { readFileSync } from 'node:fs';
import { Pool } from 'undici';

/** What is asked for; `turn` counts requests. */
export interface Target {
  origin: string;
  /** Of the process that serves, for its processor time. */
  pid: number;
  ask: (turn: number) => { path: string; headers: Record<string, string> };
  /** What a whole answer holds. */
  holds: string;
}

/** Answers of a target, in milliseconds. Whatever is no 200 with all that it should hold is an error. */
export interface Answers {
  /** Until the first bytes of the body. */
  first: number[];
  whole: number[];
  bytes: number;
  errors: Record<string, number>;
  tookMs: number;
  /** Processor time of the serving process; NaN where /proc does not tell. */
  cpuMs: number;
}

export interface Amount {
  /** So many requests are under way at any time. */
  atOnce: number;
  /** Ends after so many milliseconds, or so many requests. */
  forMs?: number;
  count?: number;
}

export function noAnswers(): Answers {
  return { first: [], whole: [], bytes: 0, errors: {}, tookMs: 0, cpuMs: 0 };
}

/** Several measurements of the same thing as one. */
export function together(all: readonly Answers[]): Answers {
  const sum = noAnswers();
  for (const one of all) {
    sum.first.push(...one.first);
    sum.whole.push(...one.whole);
    sum.bytes += one.bytes;
    sum.tookMs += one.tookMs;
    sum.cpuMs += one.cpuMs;
    for (const [what, times] of Object.entries(one.errors))
      sum.errors[what] = (sum.errors[what] ?? 0) + times;
  }
  return sum;
}

export function errorsOf({ errors }: Answers): number {
  return Object.values(errors).reduce((sum, times) => sum + times, 0);
}

let turns = 0;

/** Asks a target again and again, with keep-alive and without compression. */
export async function load(target: Target, { atOnce, forMs, count }: Amount): Promise<Answers> {
  const pool = new Pool(target.origin, { connections: atOnce });
  const answers = noAnswers();
  const started = performance.now();
  const cpu = cpuMsOf(target.pid);
  let left = count ?? Number.POSITIVE_INFINITY;
  const lane = async () => {
    while (left-- > 0 && performance.now() - started < (forMs ?? Number.POSITIVE_INFINITY)) {
      await askOnce(pool, target, answers);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  answers.tookMs = performance.now() - started;
  answers.cpuMs = cpuMsOf(target.pid) - cpu;
  await pool.close();
  return answers;
}

/** One request, timed from `due`. */
export async function askOnce(
  pool: Pool,
  target: Target,
  answers: Answers,
  due = performance.now(),
): Promise<void> {
  const { path, headers } = target.ask(turns++);
  try {
    const response = await pool.request({ path, method: 'GET', headers });
    const chunks: Buffer[] = [];
    let first = 0;
    for await (const chunk of response.body as AsyncIterable<Buffer>) {
      if (chunks.length === 0) first = performance.now() - due;
      chunks.push(chunk);
    }
    const whole = performance.now() - due;
    const body = Buffer.concat(chunks);
    const fault = response.statusCode === 200 ? null : `status ${response.statusCode}`;
    const lacking = body.includes(target.holds) ? null : 'rows are missing';
    if (fault ?? lacking) return note(answers, fault ?? lacking ?? '');
    answers.first.push(first);
    answers.whole.push(whole);
    answers.bytes += body.length;
  } catch (error) {
    note(answers, error instanceof Error ? error.message : String(error));
  }
}

function note({ errors }: Answers, what: string): void {
  errors[what] = (errors[what] ?? 0) + 1;
}

const TICK_MS = 10;

function cpuMsOf(pid: number): number {
  try {
    // Behind the name in brackets, which may hold spaces: proc(5), fields 14 and 15.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return Number.NaN;
  }
}
