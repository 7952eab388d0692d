import { describe, expect, it } from 'vitest';
import { formatGridState, parseGridState } from './grid-state';
import type { FilterGroup } from './types';
import { changeGridState, fillFromView, isViewEdited } from './view-state';

const FILTER: FilterGroup = { match: 'all', of: [{ field: 'Name', operator: 'eq', values: ['x'] }] };
const view = {
  id: 'banks',
  state: { sort: [{ field: 'Name', descending: true }], q: 'bank', filter: FILTER, columns: ['Name'] },
};
const at = (text: string) => parseGridState(new URLSearchParams(text));

describe('the state of a grid with a view', () => {
  it('comes from the view where the URL says nothing', () => {
    expect(fillFromView(at('view=banks&columns=Phone'), view)).toEqual({
      ...view.state,
      columns: ['Phone'],
      view: 'banks',
      row: 1,
    });
  });

  it('stays without filter when the filter was taken away, through the URL too', () => {
    const next = changeGridState(at('view=banks'), view, { filter: null });
    const again = at(formatGridState(next));
    expect(again.view).toBe('banks');
    expect(fillFromView(again, view).filter).toBeNull();
  });

  it('leaves the view when its search is taken away, and keeps the rest', () => {
    const next = changeGridState(at('view=banks'), view, { q: '' });
    expect(next).toEqual({ ...view.state, q: '', view: 'all', row: 1 });
  });

  it('takes another view as it is', () => {
    const patch = { view: 'other', filter: null, q: '' };
    expect(changeGridState(at('view=banks'), view, patch)).toMatchObject(patch);
  });

  it('is edited by what differs from the view, and by nothing else', () => {
    expect(isViewEdited(at('view=banks'), view)).toBe(false);
    expect(isViewEdited(at('view=banks&row=900'), view)).toBe(false);
    expect(isViewEdited(at('view=banks&sort=-Name&q=bank'), view)).toBe(false);
    expect(isViewEdited(at('view=banks&sort=Name'), view)).toBe(true);
    expect(isViewEdited(at('view=banks&filter=["all"]'), view)).toBe(true);
    expect(isViewEdited(at('q=bank'), null)).toBe(true);
    expect(isViewEdited(at(''), null)).toBe(false);
  });
});
