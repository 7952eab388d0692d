'use client';

import { Button } from '@heroui/react/button';
import { inputVariants } from '@heroui/styles';
import { Copy, Plus, Trash2 } from 'lucide-react';
import { ConditionEditor } from './condition-editor';
import {
  addCondition,
  addGroup,
  changeGroup,
  copyOf,
  type DraftGroup,
  isDraftGroup,
  MAX_DEPTH,
  nextId,
  replacePart,
} from './filter-draft';
import { adderId, focusAdder, useEditing } from './filter-editing';

interface GroupEditorProps {
  group: DraftGroup;
  /** The outermost group. */
  root: DraftGroup;
  /** 1 for the outermost. */
  depth: number;
}

/** Conditions that must all hold, or one of which must; with groups in it. */
export function GroupEditor({ group, root, depth }: GroupEditorProps) {
  const { edit } = useEditing();
  const isRoot = group.id === root.id;
  return (
    <fieldset
      className={
        isRoot ? 'min-w-0' : 'min-w-0 rounded-lg border border-border bg-surface-secondary p-3 max-sm:p-2'
      }
    >
      <legend className="sr-only">{isRoot ? 'Conditions' : 'Group of conditions'}</legend>
      <div className="flex items-center gap-2">
        <select
          aria-label="How conditions combine"
          value={group.match}
          onChange={({ target }) => {
            const match = target.value === 'any' ? 'any' : 'all';
            edit((draft) => changeGroup(draft, group.id, (one) => ({ ...one, match })));
          }}
          className={inputVariants({ className: 'h-9 w-auto' })}
        >
          <option value="all">All of these hold</option>
          <option value="any">Any of these holds</option>
        </select>
        <span className="flex-1" />
        {isRoot ? null : <GroupButtons group={group} />}
      </div>
      {group.of.length === 0 ? (
        <p className="py-3 text-sm text-muted">No conditions: every record is shown.</p>
      ) : (
        <ul className="my-2 space-y-2">
          {group.of.map((part, index) => (
            <li key={part.id}>
              {isDraftGroup(part) ? (
                <GroupEditor group={part} root={root} depth={depth + 1} />
              ) : (
                <ConditionEditor
                  condition={part}
                  place={index + 1}
                  canWrap={depth < MAX_DEPTH}
                  groupId={group.id}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap gap-1">
        <Button
          id={adderId(group.id)}
          size="sm"
          variant="ghost"
          onPress={() => edit((draft) => addCondition(draft, group.id))}
        >
          <Plus aria-hidden="true" />
          Add condition
        </Button>
        {depth < MAX_DEPTH ? (
          <Button size="sm" variant="ghost" onPress={() => edit((draft) => addGroup(draft, group.id))}>
            <Plus aria-hidden="true" />
            Add group
          </Button>
        ) : null}
      </div>
    </fieldset>
  );
}

function GroupButtons({ group }: { group: DraftGroup }) {
  const { edit } = useEditing();
  return (
    <>
      <Button
        isIconOnly
        size="sm"
        variant="ghost"
        aria-label="Duplicate group"
        onPress={() =>
          edit((draft) => replacePart(draft, group.id, (part) => [part, copyOf(part, nextId(draft))]))
        }
      >
        <Copy aria-hidden="true" />
      </Button>
      <Button
        isIconOnly
        size="sm"
        variant="ghost"
        aria-label="Remove group"
        onPress={() => {
          edit((draft) => replacePart(draft, group.id, () => []));
          focusAdder(1);
        }}
      >
        <Trash2 aria-hidden="true" />
      </Button>
    </>
  );
}
