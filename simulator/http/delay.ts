import { setTimeout as sleep } from 'node:timers/promises';

/** Waits in real time; a fault asked for it. Does not keep a stopping process alive. */
export async function delay(milliseconds: number): Promise<void> {
  await sleep(milliseconds, undefined, { ref: false });
}
