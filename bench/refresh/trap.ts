import { existsSync } from 'node:fs';
import type { Message, Trap } from './orders';

const TEN_MS = 10;
let armed: Trap | null = null;

export function setTrap(trap: Trap | null): void {
  armed = trap;
}

/** Called by every strategy with the answer in hand and nothing of it in the database. Springs once. */
export function springTrap(): void {
  const trap = armed;
  if (trap === null) return;
  armed = null;
  process.send?.({ reached: true } satisfies Message);
  if (trap === 'kill') process.kill(process.pid, 'SIGKILL');
  else standStill(trap.until);
}

/** The whole process, as a long pause of its garbage collector would. */
function standStill(file: string): void {
  const never = new Int32Array(new SharedArrayBuffer(4));
  while (!existsSync(file)) Atomics.wait(never, 0, 0, TEN_MS);
}
