import { describe, expect, it } from 'vitest';
import type { RowWindow } from '@/lib/records/types';
import { alignColumns } from './align-columns';

const window = { columns: ['Name', 'Phone'], values: [['Acme'], ['1']] } as unknown as RowWindow;

describe('values of a window', () => {
  it('stay as they came when the columns are the same', () => {
    expect(alignColumns(window, ['Name', 'Phone'])).toBe(window);
  });

  it('follow the columns of the grid, empty where a field was taken away', () => {
    expect(alignColumns(window, ['Phone', 'Fax', 'Name']).values).toEqual([['1'], [], ['Acme']]);
  });
});
