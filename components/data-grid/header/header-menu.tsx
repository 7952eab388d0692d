'use client';

import { Dropdown } from '@heroui/react/dropdown';
import { Label } from '@heroui/react/label';
import type { LucideIcon } from 'lucide-react';
import {
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  EyeOff,
  Minus,
  MoveHorizontal,
  Pin,
  PinOff,
  Plus,
  X,
} from 'lucide-react';
import type { RefObject } from 'react';
import { AnchoredMenu } from '@/components/menus/anchored-menu';
import type { SortKey } from '@/lib/records/types';
import type { DrawnColumn } from '../columns/drawn-column';
import { sortOf } from '../columns/sorting';
import type { ColumnActions } from '../columns/use-column-actions';

interface HeaderMenuProps {
  drawn: DrawnColumn;
  sort: SortKey[];
  actions: ColumnActions;
  anchor: RefObject<HTMLElement | null>;
  /** The name column stays in place and is never hidden. */
  fixed: boolean;
  onClose: () => void;
}

type Item = { id: string; label: string; Icon: LucideIcon; run: () => void };

/** Everything that can be done with a column, for hands and keyboards. */
export function HeaderMenu({ drawn, sort, actions, anchor, fixed, onClose }: HeaderMenuProps) {
  const items = itemsOf({ drawn, sort, actions, fixed });
  return (
    <AnchoredMenu anchor={anchor} isOpen onClose={onClose} placement="bottom start">
      <Dropdown.Menu
        autoFocus="first"
        aria-label={`Column ${drawn.column.label}`}
        onAction={(key) => items.find(({ id }) => id === key)?.run()}
      >
        {items.map(({ id, label, Icon }) => (
          <Dropdown.Item key={id} id={id} textValue={label}>
            <Icon aria-hidden="true" className="size-4 text-muted" />
            <Label>{label}</Label>
          </Dropdown.Item>
        ))}
      </Dropdown.Menu>
    </AnchoredMenu>
  );
}

function itemsOf({
  drawn,
  sort,
  actions,
  fixed,
}: Pick<HeaderMenuProps, 'drawn' | 'sort' | 'actions' | 'fixed'>) {
  const sorted = sortOf(sort, drawn.column.name);
  const items: Item[] = [];
  const add = (id: string, label: string, Icon: LucideIcon, run: () => void) =>
    items.push({ id, label, Icon, run });
  if (drawn.column.sortable) {
    add('ascending', 'Sort ascending', ArrowUp, () => actions.sortBy(drawn, false, false));
    add('descending', 'Sort descending', ArrowDown, () => actions.sortBy(drawn, true, false));
    if (!sorted) add('join', 'Add to the sort', Plus, () => actions.toggleSort(drawn, true));
    else add('unsort', 'Take out of the sort', X, () => actions.clearSort(drawn));
  }
  if (!fixed && !drawn.pinned) add('pin', 'Pin', Pin, () => actions.pin(drawn, true));
  if (!fixed && drawn.pinned) add('unpin', 'Unpin', PinOff, () => actions.pin(drawn, false));
  if (!fixed) {
    add('left', 'Move left', ArrowLeft, () => actions.moveBy(drawn, -1));
    add('right', 'Move right', ArrowRight, () => actions.moveBy(drawn, 1));
  }
  add('fit', 'Fit to content', MoveHorizontal, () => actions.fit(drawn));
  add('wider', 'Wider', Plus, () => actions.resize(drawn, drawn.width + 32));
  add('narrower', 'Narrower', Minus, () => actions.resize(drawn, drawn.width - 32));
  if (!fixed) add('hide', 'Hide column', EyeOff, () => actions.hide(drawn));
  return items;
}
