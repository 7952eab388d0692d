'use client';

import { useMemo, useTransition } from 'react';
import { GridNotices } from '@/components/states/grid-notices';
import type { GridWindow } from '@/lib/records/types';
import { GridEmpty } from './grid-empty';
import { GridFooter } from './grid-footer';
import { columnsOf, rowsOf, useAppTable } from './grid-table';
import { GridToolbar } from './grid-toolbar';
import { useGridUrl } from './use-grid-url';
import { VirtualTable } from './virtual-table';

/** A grid over one window of records, which comes as one JSON string: cheap to send, parsed once. */
export function DataGrid({ payload }: { payload: string }) {
  const window = useMemo(() => JSON.parse(payload) as GridWindow, [payload]);
  const [pending, startTransition] = useTransition();
  const url = useGridUrl(startTransition);
  const columns = useMemo(() => columnsOf(window), [window]);
  const data = useMemo(() => rowsOf(window), [window]);
  const keys = pending ? url.sort : window.state.sort;
  const sorting = useMemo(
    () => keys.map(({ field, descending }) => ({ id: field, desc: descending })),
    [keys],
  );
  const nameColumn = window.columns.find(({ isName }) => isName)?.name;

  const table = useAppTable({
    data,
    columns,
    rowCount: window.total,
    state: {
      sorting,
      pagination: { pageIndex: window.state.page - 1, pageSize: window.pageSize },
      columnPinning: { start: nameColumn ? [nameColumn] : [], end: [] },
    },
    onSortingChange: (updater) => {
      const next = typeof updater === 'function' ? updater(sorting) : updater;
      url.setSort(next.map(({ id, desc }) => ({ field: id, descending: desc })));
    },
    onPaginationChange: (updater) => {
      const current = { pageIndex: window.state.page - 1, pageSize: window.pageSize };
      url.setPage((typeof updater === 'function' ? updater(current) : updater).pageIndex + 1);
    },
  });

  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3">
      <GridToolbar window={window} q={url.q} onSearch={url.setQ} pending={pending} />
      <GridNotices window={window} />
      {window.ids.length === 0 ? (
        <GridEmpty
          window={window}
          onClearSearch={() => url.setQ('', true)}
          onFirstPage={() => url.setPage(1)}
        />
      ) : (
        <VirtualTable table={table} window={window} pending={pending} />
      )}
      <GridFooter
        window={window}
        pending={pending}
        canPrevious={table.getCanPreviousPage()}
        canNext={table.getCanNextPage()}
        onPage={url.setPage}
      />
    </div>
  );
}
