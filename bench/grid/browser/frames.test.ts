import { describe, expect, it } from 'vitest';
import { scriptPerFrame, type TraceEvent } from './frames';

function event(name: string, ts: number, dur?: number, tid = 1): TraceEvent {
  return { name, ph: dur === undefined ? 'I' : 'X', ts, ...(dur === undefined ? {} : { dur }), pid: 7, tid };
}

const frame = (ts: number, tid = 1) => event('BeginMainThreadFrame', ts, undefined, tid);

describe('script per frame', () => {
  it('counts calls inside calls once', () => {
    const events = [
      frame(0),
      event('EventDispatch', 1_000, 5_000),
      event('FunctionCall', 2_000, 3_000),
      event('FunctionCall', 9_000, 1_000),
      frame(16_000),
    ];
    expect(scriptPerFrame(events)).toEqual([6]);
  });

  it('shares a call out among the frames that it lasts', () => {
    const events = [frame(0), event('TimerFire', 10_000, 10_000), frame(16_000), frame(32_000)];
    expect(scriptPerFrame(events)).toEqual([6, 4]);
  });

  it('looks at the thread that draws, not at workers and the compositor', () => {
    const events = [
      frame(0),
      frame(0, 2),
      event('FunctionCall', 1_000, 9_000, 2),
      event('FunctionCall', 1_000, 2_000),
      frame(16_000),
    ];
    expect(scriptPerFrame(events)).toEqual([2]);
  });

  it('is no script what lays out and paints', () => {
    expect(scriptPerFrame([frame(0), event('Layout', 1_000, 9_000), frame(16_000)])).toEqual([0]);
  });

  it('takes events in any order, and none at all', () => {
    const events = [frame(16_000), event('FunctionCall', 1_000, 2_000), frame(0)];
    expect(scriptPerFrame(events)).toEqual([2]);
    expect(scriptPerFrame([])).toEqual([]);
  });
});
