'use client';

import { Button } from '@heroui/react/button';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { ChoicesFrame } from '@/components/grid-controls/fields/choices-frame';
import { type FieldSource, useFieldChoices } from '@/components/grid-controls/fields/field-choices';
import { groupFields, matchesField, ownLabel } from '@/components/grid-controls/fields/group-fields';
import { PathLine } from '@/components/grid-controls/fields/path-line';
import { SearchInput } from '@/components/grid-controls/fields/search-input';
import type { FieldChoices, ParentChoice } from '@/lib/records/fields/types';
import { CheckGroup } from './check-group';

interface ChooseListProps {
  source: FieldSource;
  locale: string;
  /** What is shown now. */
  names: readonly string[];
  onToggle: (names: string[], shown: boolean) => void;
}

/** Every field by type, those of parents behind their lookups, and counts of children. */
export function ChooseList({ source, locale, names, onToggle }: ChooseListProps) {
  const [trail, setTrail] = useState<ParentChoice[]>([]);
  const [typed, setTyped] = useState('');
  const { state, retry } = useFieldChoices(source, trail.at(-1)?.path ?? '');
  const go = (next: ParentChoice[]) => {
    setTrail(next);
    setTyped('');
  };
  return (
    <section aria-labelledby="all-fields" className="min-w-0 space-y-2">
      <h3 id="all-fields" className="text-sm font-medium">
        All fields
      </h3>
      <SearchInput label="Search fields" value={typed} onChange={setTyped} />
      <PathLine trail={trail} onBack={() => go(trail.slice(0, -1))} />
      <ChoicesFrame state={state} retry={retry} locale={locale}>
        {(choices) => (
          <div className="max-h-[50vh] overflow-y-auto overscroll-contain">
            <Fields choices={choices} typed={typed} names={names} onToggle={onToggle} />
            <Parents choices={choices} typed={typed} onOpen={(parent) => go([...trail, parent])} />
          </div>
        )}
      </ChoicesFrame>
    </section>
  );
}

function Fields(
  props: { choices: FieldChoices; typed: string } & Pick<ChooseListProps, 'names' | 'onToggle'>,
) {
  const { choices, typed, names, onToggle } = props;
  const groups = groupFields(choices.columns.filter((column) => matchesField(column, typed)));
  const children = choices.children.filter((child) => matchesField(child, typed));
  if (groups.length === 0 && children.length === 0) {
    return <p className="py-3 text-sm text-muted">No field of that name.</p>;
  }
  return (
    <>
      {groups.map(({ title, columns }) => (
        <CheckGroup
          key={title}
          title={title}
          entries={columns.map((column) => ({ ...column, label: ownLabel(column.label) }))}
          names={names}
          onToggle={onToggle}
        />
      ))}
      {children.length > 0 ? (
        <CheckGroup
          title="Counts of children"
          entries={children.map((child) => ({ ...child, kind: 'count' as const }))}
          names={names}
          onToggle={onToggle}
        />
      ) : null}
    </>
  );
}

interface ParentsProps {
  choices: FieldChoices;
  typed: string;
  onOpen: (parent: ParentChoice) => void;
}

function Parents({ choices, typed, onOpen }: ParentsProps) {
  const parents = choices.parents.filter(({ label, path }) => matchesField({ label, name: path }, typed));
  if (parents.length === 0) return null;
  return (
    <section aria-labelledby="fields-of-parents" className="pt-2">
      <h4 id="fields-of-parents" className="px-1.5 py-1 text-xs font-medium text-muted">
        Fields of
      </h4>
      <ul>
        {parents.map((parent) => (
          <li key={parent.path}>
            <Button
              size="sm"
              variant="ghost"
              fullWidth
              className="justify-start"
              onPress={() => onOpen(parent)}
            >
              <span className="min-w-0 flex-1 truncate text-left">{parent.label}</span>
              <ChevronRight aria-hidden="true" />
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
