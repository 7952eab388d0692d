/**
 * The rows `first` to before `last` in the order in which their elements stand. An element belongs to a slot, and is used
 * again for the row that comes `slots` rows later; it keeps its place in the document from one rest of the reader
 * (`origin` was the first row then) to the next, so that scrolling neither makes nor moves elements.
 */
export function rowsBySlot({
  first,
  last,
  origin,
  slots,
}: {
  first: number;
  last: number;
  origin: number;
  slots: number;
}): number[] {
  const rows: number[] = [];
  for (let place = 0; place < slots; place++) {
    const step = (origin + place - first) % slots;
    const row = first + (step < 0 ? step + slots : step);
    if (row < last) rows.push(row);
  }
  return rows;
}
