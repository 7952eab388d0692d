/** An event of Chromium's tracing; times in microseconds. */
export interface TraceEvent {
  name: string;
  ph: string;
  ts: number;
  dur?: number;
  pid: number;
  tid: number;
}

/** What runs a page's own code, whoever calls it. */
const SCRIPT = new Set([
  'FunctionCall',
  'EvaluateScript',
  'EventDispatch',
  'FireAnimationFrame',
  'TimerFire',
  'RunMicrotasks',
  'v8.run',
]);
const FRAME = 'BeginMainThreadFrame';

/**
 * Milliseconds of script in each frame of the thread that drew most of them: what ran between the beginning of a
 * frame and that of the next. Calls inside calls count once.
 */
export function scriptPerFrame(events: readonly TraceEvent[]): number[] {
  const thread = busiestThread(events.filter(({ name }) => name === FRAME));
  const own = events.filter((event) => `${event.pid} ${event.tid}` === thread);
  const begins = own.filter(({ name }) => name === FRAME).map(({ ts }) => ts);
  const spans = union(own.filter(({ name, ph, dur }) => SCRIPT.has(name) && ph === 'X' && dur !== undefined));
  begins.sort((a, b) => a - b);
  let at = 0;
  return begins.slice(0, -1).map((begin, index) => {
    const end = begins[index + 1] ?? begin;
    let micros = 0;
    while ((spans[at]?.to ?? Number.POSITIVE_INFINITY) <= begin) at += 1;
    for (let next = at; (spans[next]?.from ?? end) < end; next += 1) {
      const span = spans[next];
      if (span) micros += Math.min(span.to, end) - Math.max(span.from, begin);
    }
    return micros / 1_000;
  });
}

function busiestThread(frames: readonly TraceEvent[]): string | null {
  const counts = new Map<string, number>();
  for (const { pid, tid } of frames) counts.set(`${pid} ${tid}`, (counts.get(`${pid} ${tid}`) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

/** The times during which any of the events ran, in order, without overlaps. */
function union(events: readonly TraceEvent[]): { from: number; to: number }[] {
  const spans: { from: number; to: number }[] = [];
  for (const { ts, dur = 0 } of [...events].sort((a, b) => a.ts - b.ts)) {
    const last = spans.at(-1);
    if (last && ts <= last.to) last.to = Math.max(last.to, ts + dur);
    else spans.push({ from: ts, to: ts + dur });
  }
  return spans;
}
