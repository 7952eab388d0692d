'use client';

import { Button } from '@heroui/react/button';
import { useMemo, useState } from 'react';
import { ControlDialog } from '@/components/grid-controls/fields/control-dialog';
import { useFieldChoices, useKnownColumns } from '@/components/grid-controls/fields/field-choices';
import type { GridControlProps } from '@/components/grid-controls/types';
import { ChooseList } from './choose-list';
import { moved, withNames } from './column-order';
import { ShownList } from './shown-list';

/** The column chooser. Nothing is asked of Salesforce for the rows before Apply. */
export function ColumnsDialog({
  window,
  state,
  change,
  onClose,
}: GridControlProps & { onClose: () => void }) {
  const { connectionId, sobject, columns, missing, locale } = window;
  const source = useMemo(() => ({ connectionId, sobject }), [connectionId, sobject]);
  const columnOf = useKnownColumns(source, columns);
  const { state: own } = useFieldChoices(source, '');
  const children = own.kind === 'ready' ? own.choices.children : [];
  const [names, setNames] = useState(() => state.columns ?? columns.map(({ name }) => name));
  const shown = names.map((name) => ({
    name,
    label: columnOf(name)?.label ?? children.find((child) => child.name === name)?.label ?? name,
    why: missing.find((one) => one.name === name)?.words ?? null,
  }));
  const elsewhere = missing.filter(({ name }) => !names.includes(name));

  const apply = (next: string[] | null) => {
    change({ columns: next });
    onClose();
  };

  return (
    <ControlDialog
      title="Columns"
      description="What is shown, from left to right. Fields of parents and counts of children can be columns, too."
      wide
      onClose={onClose}
      footer={
        <div className="flex w-full flex-wrap items-center gap-2">
          <Button variant="ghost" onPress={() => apply(null)}>
            Reset to default
          </Button>
          <span className="flex-1" />
          <Button variant="tertiary" onPress={onClose}>
            Cancel
          </Button>
          <Button variant="primary" isDisabled={names.length === 0} onPress={() => apply(names)}>
            Apply
          </Button>
        </div>
      }
    >
      <div className="grid gap-5 p-1 sm:grid-cols-2">
        <ShownList
          columns={shown}
          onMove={(from, to) => setNames((list) => moved(list, from, to))}
          onRemove={(name) => setNames((list) => withNames(list, [name], false))}
        />
        <ChooseList
          source={source}
          locale={locale}
          names={names}
          onToggle={(which, on) => setNames((list) => withNames(list, which, on))}
        />
      </div>
      {elsewhere.length > 0 ? (
        <section aria-label="Not available" className="mt-4 border-separator border-t px-1 pt-3">
          <h3 className="text-sm font-medium">Not available</h3>
          <ul className="mt-1 space-y-1 text-sm text-muted">
            {elsewhere.map(({ name, words }) => (
              <li key={name}>{words}</li>
            ))}
          </ul>
        </section>
      ) : null}
    </ControlDialog>
  );
}
