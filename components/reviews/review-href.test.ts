import { describe, expect, it } from 'vitest';
import { reviewHref } from './review-href';

const none = { undecided: false, unused: false, full: false, page: 1 };

describe('the address of a review', () => {
  it.each([
    [none, {}, ''],
    [none, { undecided: true }, '?undecided=1'],
    [{ ...none, undecided: true, page: 3 }, { full: true }, '?undecided=1&full=1'],
    [{ ...none, unused: true }, { unused: false }, ''],
    [{ ...none, unused: true }, { page: 2 }, '?unused=1&page=2'],
  ])('of %j with %j ends with %s', (filter, changes, end) => {
    expect(reviewHref('x', filter, changes)).toBe(`/admin/connections/reviews/x${end}`);
  });
});
