import { describe, expect, it } from 'vitest';
import { type ListState, listHref } from '@/components/grants/list-href';

const plain: ListState = {
  q: '',
  environment: null,
  health: null,
  sort: { key: 'environment', descending: false },
  page: 1,
};

describe('the address of a view of all grants', () => {
  it('is bare for the plain view', () => {
    expect(listHref(plain, {})).toBe('/admin/connections');
  });

  it('keeps what was asked for and begins at the first page', () => {
    const state = { ...plain, q: 'a b&c', environment: 'uat', health: 'unknown', page: 3 };
    expect(listHref(state, { sort: { key: 'used', descending: true } })).toBe(
      '/admin/connections?q=a+b%26c&environment=uat&health=unknown&sort=-used',
    );
    expect(listHref(state, { page: 4 })).toContain('page=4');
  });
});
