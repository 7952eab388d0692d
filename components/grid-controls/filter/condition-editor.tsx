'use client';

import { Button } from '@heroui/react/button';
import { inputVariants } from '@heroui/styles';
import { Copy, Group, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { FieldPicker } from '@/components/grid-controls/fields/field-picker';
import type { GridColumn } from '@/lib/records/types';
import { operatorWords, VALUE_COUNT } from '@/lib/soql/filter/operators';
import type { FilterOperator } from '@/lib/soql/types';
import { copyOf, type DraftCondition, nextId, replacePart, wrapPart } from './filter-draft';
import { focusAdder, useEditing } from './filter-editing';
import { emptyValues, operatorsOf, plainOperator } from './operator-choices';
import { ValueEditor } from './value-editor';

interface ConditionEditorProps {
  condition: DraftCondition;
  /** From 1, among the conditions of its group. */
  place: number;
  canWrap: boolean;
  groupId: number;
}

/** One condition: field, operator, value. */
export function ConditionEditor({ condition, place, canWrap, groupId }: ConditionEditorProps) {
  const { source, locale, columnOf, isUsable, edit } = useEditing();
  const anchor = useRef<HTMLButtonElement>(null);
  const [picking, setPicking] = useState(false);
  const column = columnOf(condition.field);
  const operator = column ? plainOperator(condition.operator, column.kind) : condition.operator;
  const set = (patch: Partial<DraftCondition>) =>
    edit((draft) => replacePart(draft, condition.id, (part) => [{ ...part, ...patch } as DraftCondition]));

  const pick = (picked: GridColumn) => {
    setPicking(false);
    if (picked.name === condition.field) return;
    const [first = 'eq'] = operatorsOf(picked);
    set({ field: picked.name, operator: first, values: emptyValues(first, picked.kind) });
  };
  const choose = (next: FilterOperator) => {
    const same =
      VALUE_COUNT[next] === VALUE_COUNT[operator] && (next === 'relative') === (operator === 'relative');
    set({ operator: next, values: same ? condition.values : emptyValues(next, column?.kind ?? 'text') });
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset within the group's would be read out twice.
    <div role="group" aria-label={`Condition ${place}`} className="flex flex-wrap items-start gap-1.5">
      <Button
        ref={anchor}
        size="sm"
        variant="outline"
        // A new condition begins with its field.
        autoFocus={condition.field === ''}
        onPress={() => setPicking(true)}
        className="h-9 w-full justify-start sm:w-48"
      >
        <span className="min-w-0 truncate">{column?.label ?? (condition.field || 'Choose a field…')}</span>
      </Button>
      {picking ? (
        <FieldPicker
          source={source}
          locale={locale}
          anchor={anchor}
          usable={isUsable}
          onPick={pick}
          onClose={() => setPicking(false)}
        />
      ) : null}
      {column ? (
        <>
          <select
            aria-label={`How ${column.label} is compared`}
            value={operator}
            onChange={({ target }) => choose(target.value as FilterOperator)}
            className={inputVariants({ className: 'h-9 w-auto max-sm:flex-1' })}
          >
            {operatorsOf(column, operator).map((one) => (
              <option key={one} value={one}>
                {operatorWords(one, column.kind)}
              </option>
            ))}
          </select>
          <div className="min-w-0 flex-1 basis-40">
            <ValueEditor
              column={column}
              operator={operator}
              values={condition.values}
              onChange={(values) => set({ operator, values })}
            />
          </div>
        </>
      ) : (
        <span className="flex-1" />
      )}
      <ConditionButtons id={condition.id} canWrap={canWrap} groupId={groupId} />
    </div>
  );
}

function ConditionButtons({ id, canWrap, groupId }: { id: number; canWrap: boolean; groupId: number }) {
  const { edit } = useEditing();
  const duplicate = () =>
    edit((draft) => replacePart(draft, id, (part) => [part, copyOf(part, nextId(draft))]));
  return (
    <div className="flex shrink-0">
      <Button isIconOnly size="sm" variant="ghost" aria-label="Duplicate condition" onPress={duplicate}>
        <Copy aria-hidden="true" />
      </Button>
      {canWrap ? (
        <Button
          isIconOnly
          size="sm"
          variant="ghost"
          aria-label="Put condition into a group"
          onPress={() => edit((draft) => wrapPart(draft, id))}
        >
          <Group aria-hidden="true" />
        </Button>
      ) : null}
      <Button
        isIconOnly
        size="sm"
        variant="ghost"
        aria-label="Remove condition"
        onPress={() => {
          edit((draft) => replacePart(draft, id, () => []));
          focusAdder(groupId);
        }}
      >
        <Trash2 aria-hidden="true" />
      </Button>
    </div>
  );
}
