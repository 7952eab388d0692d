import type { SimClock } from '@/simulator/types';

interface Task {
  readonly at: number;
  readonly run: () => void;
  readonly timer: NodeJS.Timeout;
}

/** Real time plus an offset that tests advance. Scheduled work runs when either way of time reaches it. */
export class AdvanceableClock implements SimClock {
  private offset = 0;
  private tasks: Task[] = [];

  now(): number {
    return Date.now() + this.offset;
  }

  advance(milliseconds: number): void {
    this.offset += milliseconds;
    const due = this.tasks.filter((task) => task.at <= this.now()).sort((a, b) => a.at - b.at);
    for (const task of due) this.take(task);
  }

  /** Runs `run` after that much simulated time. */
  schedule(milliseconds: number, run: () => void): void {
    const task: Task = {
      at: this.now() + milliseconds,
      run,
      timer: setTimeout(() => this.take(task), milliseconds),
    };
    this.tasks.push(task);
  }

  /** Back to real time; scheduled work is dropped. */
  reset(): void {
    for (const task of this.tasks) clearTimeout(task.timer);
    this.tasks = [];
    this.offset = 0;
  }

  private take(task: Task): void {
    clearTimeout(task.timer);
    if (!this.tasks.includes(task)) return;
    this.tasks = this.tasks.filter((other) => other !== task);
    task.run();
  }
}
