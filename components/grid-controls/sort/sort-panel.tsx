'use client';

import { Button } from '@heroui/react/button';
import { Plus } from 'lucide-react';
import { type RefObject, useMemo, useRef, useState } from 'react';
import { moved } from '@/components/grid-controls/columns/column-order';
import { ControlPopover } from '@/components/grid-controls/fields/control-popover';
import { useKnownColumns } from '@/components/grid-controls/fields/field-choices';
import { FieldPicker } from '@/components/grid-controls/fields/field-picker';
import type { GridControlProps } from '@/components/grid-controls/types';
import type { SortKey } from '@/lib/soql/types';
import { SortRow } from './sort-row';

interface SortPanelProps extends GridControlProps {
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** As many as the URL keeps. */
const MAX_KEYS = 5;

/** The columns by which the list is sorted, the first before the others. Salesforce is asked on Apply. */
export function SortPanel({ window, state, change, anchor, onClose }: SortPanelProps) {
  const { connectionId, sobject, columns, locale } = window;
  const source = useMemo(() => ({ connectionId, sobject }), [connectionId, sobject]);
  const columnOf = useKnownColumns(source, columns);
  const adder = useRef<HTMLButtonElement>(null);
  const [adding, setAdding] = useState(false);
  const [keys, setKeys] = useState<SortKey[]>(state.sort.length > 0 ? state.sort : window.state.sort);

  const apply = (sort: SortKey[]) => {
    change({ sort, row: 1 });
    onClose();
  };
  const turn = (field: string, descending: boolean) =>
    setKeys((list) => list.map((key) => (key.field === field ? { ...key, descending } : key)));

  return (
    <ControlPopover label="Sort" anchor={anchor} onClose={onClose} className="w-[26rem]">
      <div className="space-y-3">
        {keys.length === 0 ? (
          <p className="text-sm text-muted">Not sorted. Add a column to sort by.</p>
        ) : (
          <ol className="space-y-1.5">
            {keys.map((key, index) => (
              <SortRow
                key={key.field}
                sortKey={key}
                column={columnOf(key.field)}
                isFirst={index === 0}
                isLast={index === keys.length - 1}
                onTurn={(descending) => turn(key.field, descending)}
                onMove={(by) => setKeys((list) => moved(list, index, index + by))}
                onRemove={() => setKeys((list) => list.filter(({ field }) => field !== key.field))}
              />
            ))}
          </ol>
        )}
        {keys.length < MAX_KEYS ? (
          <Button ref={adder} size="sm" variant="ghost" onPress={() => setAdding(true)}>
            <Plus aria-hidden="true" />
            Add column
          </Button>
        ) : (
          <p className="text-xs text-muted">{`${MAX_KEYS} columns are the most.`}</p>
        )}
        {adding ? (
          <FieldPicker
            source={source}
            locale={locale}
            anchor={adder}
            usable={({ sortable, name }) => sortable && !keys.some(({ field }) => field === name)}
            onPick={({ name }) => {
              setKeys((list) => [...list, { field: name, descending: false }]);
              setAdding(false);
            }}
            onClose={() => setAdding(false)}
          />
        ) : null}
        <div className="flex items-center gap-2 border-separator border-t pt-3">
          <Button size="sm" variant="ghost" onPress={() => apply([])}>
            Reset
          </Button>
          <span className="flex-1" />
          <Button size="sm" variant="primary" onPress={() => apply(keys)}>
            Apply
          </Button>
        </div>
      </div>
    </ControlPopover>
  );
}
