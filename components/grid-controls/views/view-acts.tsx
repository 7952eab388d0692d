'use client';

import { Button } from '@heroui/react/button';
import { Dropdown } from '@heroui/react/dropdown';
import { Label } from '@heroui/react/label';
import { Copy, Ellipsis, Link2, type LucideIcon, Pencil, Save, Star, Trash2, Users } from 'lucide-react';
import type { GridView } from '@/lib/records/types';

export type ViewAct = 'save' | 'save_as' | 'rename' | 'share' | 'default' | 'copy' | 'delete';

interface ViewActsProps {
  /** Null: all records. */
  view: GridView | null;
  /** Whether what is in use is where the reader begins. */
  isDefault: boolean;
  isEdited: boolean;
  isAdmin: boolean;
  pending: boolean;
  onAct: (act: ViewAct) => void;
}

/** What can be done with the view in use. */
export function ViewActs({ onAct, pending, ...facts }: ViewActsProps) {
  return (
    <Dropdown>
      <Button isIconOnly variant="ghost" size="sm" aria-label="Actions of this view" isDisabled={pending}>
        <Ellipsis aria-hidden="true" />
      </Button>
      <Dropdown.Popover placement="bottom start" className="min-w-56">
        <Dropdown.Menu aria-label="Actions of this view" onAction={(key) => onAct(key as ViewAct)}>
          {actsOf(facts).map(({ id, label, Icon, danger }) => (
            <Dropdown.Item key={id} id={id} textValue={label} variant={danger ? 'danger' : 'default'}>
              <Icon aria-hidden="true" className={`size-4 ${danger ? '' : 'text-muted'}`} />
              <Label>{label}</Label>
            </Dropdown.Item>
          ))}
        </Dropdown.Menu>
      </Dropdown.Popover>
    </Dropdown>
  );
}

interface Act {
  id: ViewAct;
  label: string;
  Icon: LucideIcon;
  danger?: boolean;
}

function actsOf({ view, isDefault, isEdited, isAdmin }: Omit<ViewActsProps, 'onAct' | 'pending'>): Act[] {
  const isMine = view?.origin === 'mine';
  const acts: Array<Act | false> = [
    isMine && isEdited && { id: 'save', label: 'Save changes', Icon: Save },
    { id: 'save_as', label: 'Save as new view…', Icon: Copy },
    isMine && { id: 'rename', label: 'Rename…', Icon: Pencil },
    isMine && { id: 'share', label: view.isShared ? 'Stop sharing' : 'Share with everybody', Icon: Users },
    !isDefault && { id: 'default', label: 'Make it my default', Icon: Star },
    { id: 'copy', label: 'Copy link', Icon: Link2 },
    (isMine || (isAdmin && view?.origin === 'shared')) && {
      id: 'delete',
      label: 'Delete…',
      Icon: Trash2,
      danger: true,
    },
  ];
  return acts.filter((act) => act !== false);
}
