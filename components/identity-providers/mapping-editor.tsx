'use client';

import { Button } from '@heroui/react/button';
import { inputVariants } from '@heroui/styles';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { GroupMappingRow } from '@/lib/environments/identity-providers/types';

interface MappingEditorProps {
  name: string;
  mappings: GroupMappingRow[];
  environments: ReadonlyArray<{ id: string; name: string }>;
  error?: string | undefined;
}

interface Row extends GroupMappingRow {
  key: number;
}

const ROLES: ReadonlyArray<{ value: GroupMappingRow['role']; label: string }> = [
  { value: 'member', label: 'Member' },
  { value: 'auditor', label: 'Auditor' },
  { value: 'admin', label: 'Administrator' },
];

/** Which group makes what of its people. The form sends the rows as one JSON text. */
export function MappingEditor({ name, mappings, environments, error }: MappingEditorProps) {
  const [rows, setRows] = useState<Row[]>(mappings.map((row, key) => ({ ...row, key })));
  const [nextKey, setNextKey] = useState(mappings.length);
  const change = (key: number, values: Partial<GroupMappingRow>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...values } : row)));
  const add = () => {
    setRows([...rows, { key: nextKey, group: '', role: 'member', environmentIds: [] }]);
    setNextKey(nextKey + 1);
  };
  return (
    <div className="space-y-3">
      <input
        type="hidden"
        name={name}
        value={JSON.stringify(rows.map(({ key: _, ...row }) => row))}
        readOnly
      />
      {rows.map((row, index) => (
        <MappingRow
          key={row.key}
          row={row}
          position={index + 1}
          environments={environments}
          change={(values) => change(row.key, values)}
          remove={() => setRows(rows.filter(({ key }) => key !== row.key))}
        />
      ))}
      {error ? <p className="text-xs text-danger">{error}</p> : null}
      <Button size="sm" variant="secondary" onPress={add}>
        <Plus aria-hidden="true" />
        Add mapping
      </Button>
    </div>
  );
}

interface MappingRowProps {
  row: Row;
  position: number;
  environments: MappingEditorProps['environments'];
  change: (values: Partial<GroupMappingRow>) => void;
  remove: () => void;
}

function MappingRow({ row, position, environments, change, remove }: MappingRowProps) {
  const field = inputVariants({ className: 'h-[2.375rem] w-full' });
  const toggle = (id: string, chosen: boolean) =>
    change({
      environmentIds: chosen ? [...row.environmentIds, id] : row.environmentIds.filter((one) => one !== id),
    });
  return (
    <fieldset className="rounded-lg border border-border p-3.5">
      <legend className="sr-only">Mapping {position}</legend>
      <div className="grid items-end gap-3 sm:grid-cols-[1fr_11rem_auto]">
        <label className="flex flex-col gap-1">
          <span className="label">Group</span>
          <input
            className={field}
            value={row.group}
            maxLength={256}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => change({ group: event.target.value })}
          />
        </label>
        <label className="flex flex-col gap-1">
          <span className="label">Role</span>
          <select
            className={field}
            value={row.role}
            onChange={(event) => change({ role: event.target.value as GroupMappingRow['role'] })}
          >
            {ROLES.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <Button isIconOnly variant="ghost" aria-label={`Remove mapping ${position}`} onPress={remove}>
          <Trash2 aria-hidden="true" />
        </Button>
      </div>
      {environments.length > 0 ? (
        <div className="mt-3 flex flex-wrap gap-x-4 gap-y-1.5">
          <span className="w-full text-xs text-muted">May use, where only chosen people may:</span>
          {environments.map(({ id, name }) => (
            <label key={id} className="flex cursor-pointer items-center gap-2 text-sm">
              <input
                type="checkbox"
                className="size-4 accent-(--accent)"
                checked={row.environmentIds.includes(id)}
                onChange={(event) => toggle(id, event.target.checked)}
              />
              {name}
            </label>
          ))}
        </div>
      ) : null}
    </fieldset>
  );
}
