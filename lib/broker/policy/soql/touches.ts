import type { Operation, Touch } from '@/lib/broker/types';

/** The touches of a call, each once. */
export class Touches {
  readonly #touches = new Map<string, Touch>();

  add(operation: Operation, sobject: string, field: string | null): void {
    const key = `${operation} ${sobject} ${field ?? ''}`.toLowerCase();
    if (!this.#touches.has(key)) this.#touches.set(key, { operation, sobject, field });
  }

  list(): Touch[] {
    return [...this.#touches.values()];
  }
}
