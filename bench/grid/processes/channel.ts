/** What a process of this benchmark was given by its parent. */
export function settings<T>(): T {
  return JSON.parse(process.env.BENCH_SETTINGS ?? '{}') as T;
}

/** Tells the parent that this process serves, and where; it ends with its parent. */
export function ready(where: unknown): void {
  process.on('disconnect', () => process.exit(0));
  process.send?.({ ready: where });
}

/** Answers the parent's orders, one after the other. */
export function obey<Order>(work: (order: Order) => unknown): void {
  process.on('message', (order: Order) => {
    process.send?.({ answer: work(order) ?? null });
  });
}
