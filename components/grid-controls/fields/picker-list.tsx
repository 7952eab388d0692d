'use client';

import { ChevronRight } from 'lucide-react';
import { ownLabel } from './group-fields';
import { KindIcon } from './kind-icon';
import type { PickerItem, PickerSection } from './picker-sections';

interface PickerListProps {
  id: string;
  sections: readonly PickerSection[];
  /** Place of the active item in all sections. */
  active: number;
  onChoose: (item: PickerItem) => void;
}

/** Fields by type, in a list that the search input above moves in. */
export function PickerList({ id, sections, active, onChoose }: PickerListProps) {
  if (sections.length === 0) return <p className="py-4 text-sm text-muted">No field of that name.</p>;
  let place = 0;
  return (
    <div id={id} role="listbox" aria-label="Fields" className="max-h-72 overflow-y-auto overscroll-contain">
      {sections.map((section, index) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a list box.
        <div key={section.title} role="group" aria-labelledby={`${id}-title-${index}`}>
          <p id={`${id}-title-${index}`} className="px-2 pt-2 pb-1 text-xs font-medium text-muted">
            {section.title}
          </p>
          {section.items.map((item) => {
            const at = place++;
            return (
              <PickerOption
                key={item.kind === 'field' ? item.column.name : `>${item.parent.path}`}
                id={`${id}-${at}`}
                item={item}
                isActive={at === active}
                onChoose={() => onChoose(item)}
              />
            );
          })}
        </div>
      ))}
    </div>
  );
}

interface PickerOptionProps {
  id: string;
  item: PickerItem;
  isActive: boolean;
  onChoose: () => void;
}

function PickerOption({ id, item, isActive, onChoose }: PickerOptionProps) {
  const name = item.kind === 'field' ? item.column.name : item.parent.path;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the search input, which keeps the focus.
    // biome-ignore lint/a11y/useFocusableInteractive: as above.
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      title={name}
      ref={isActive ? intoView : undefined}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
      className={`flex cursor-pointer items-center gap-2 rounded-md px-2 py-1.5 text-sm hover:bg-default ${isActive ? 'bg-default' : ''}`}
    >
      {item.kind === 'field' ? <KindIcon kind={item.column.kind} /> : null}
      <span className="min-w-0 flex-1 truncate">
        {item.kind === 'field' ? ownLabel(item.column.label) : item.parent.label}
      </span>
      {item.kind === 'parent' ? <ChevronRight aria-hidden="true" className="size-4 text-muted" /> : null}
    </div>
  );
}

function intoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}
