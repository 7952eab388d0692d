'use client';

import { Button } from '@heroui/react/button';
import { type FormEvent, useId, useMemo, useState } from 'react';
import { ControlDialog } from '@/components/grid-controls/fields/control-dialog';
import { useFieldChoices, useKnownColumns } from '@/components/grid-controls/fields/field-choices';
import type { GridControlProps } from '@/components/grid-controls/types';
import type { GridColumn } from '@/lib/records/types';
import { OPERATORS } from '@/lib/soql/filter/operators';
import { formatFilter, parseFilter } from '@/lib/soql/filter-text';
import { addCondition, type DraftGroup, fromDraft, toDraft, unfinishedCount } from './filter-draft';
import { FilterEditing } from './filter-editing';
import { GroupEditor } from './group-editor';
import { nameLookup } from './known-names';

/** Whether the builder offers a column: Salesforce can filter by it, and some operator fits. */
function isUsable(column: GridColumn): boolean {
  return column.filterable && OPERATORS[column.kind].length > 0;
}

/** The filter builder. Nothing is asked of Salesforce before Apply. */
export function FilterDialog({ window, state, change, onClose }: GridControlProps & { onClose: () => void }) {
  const formId = useId();
  const { connectionId, sobject, columns, locale, timeZone } = window;
  const source = useMemo(() => ({ connectionId, sobject }), [connectionId, sobject]);
  const columnOf = useKnownColumns(source, columns);
  useFieldChoices(source, '');
  const nameOf = useMemo(() => nameLookup(window), [window]);
  const [draft, setDraft] = useState<DraftGroup>(() => {
    const kept = toDraft(state.filter);
    return kept.of.length > 0 ? kept : addCondition(kept, kept.id);
  });
  const unfinished = unfinishedCount(draft);
  const [tooLong, setTooLong] = useState(false);
  const editing = useMemo(
    () => ({ source, locale, timeZone, columnOf, nameOf, isUsable, edit: setDraft }),
    [source, locale, timeZone, columnOf, nameOf],
  );

  const apply = (event: FormEvent) => {
    event.preventDefault();
    const filter = fromDraft(draft);
    if (filter !== null && parseFilter(formatFilter(filter)) === null) return setTooLong(true);
    change({ filter, row: 1 });
    onClose();
  };

  return (
    <ControlDialog
      title="Filter"
      description={`Of all ${window.labelPlural}, show those for which this holds.`}
      wide
      onClose={onClose}
      footer={
        <div className="flex w-full flex-wrap items-center gap-2">
          <Button variant="ghost" onPress={() => setDraft(toDraft(null))}>
            Clear all
          </Button>
          <p role="status" className="flex-1 text-xs text-muted max-sm:order-first max-sm:basis-full">
            {tooLong ? TOO_LONG : unfinished > 0 ? unfinishedWords(unfinished) : ''}
          </p>
          <Button variant="tertiary" onPress={onClose}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary">
            Apply
          </Button>
        </div>
      }
    >
      <form id={formId} onSubmit={apply} noValidate className="p-1">
        <FilterEditing value={editing}>
          <GroupEditor group={draft} root={draft} depth={1} />
        </FilterEditing>
      </form>
    </ControlDialog>
  );
}

const TOO_LONG = 'This is too much for one filter. Take conditions or values away.';

function unfinishedWords(count: number): string {
  return count === 1
    ? 'One condition is not finished and will be left out.'
    : `${count} conditions are not finished and will be left out.`;
}
