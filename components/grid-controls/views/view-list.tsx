'use client';

import { Autocomplete } from '@heroui/react/autocomplete';
import { Header } from '@heroui/react/header';
import { Label } from '@heroui/react/label';
import { ListBox } from '@heroui/react/list-box';
import { useFilter } from '@heroui/react/rac';
import { SearchField } from '@heroui/react/search-field';
import type { GridView } from '@/lib/records/types';
import { groupViews } from './view-groups';

/** More views than fit the eye at once. */
const SEARCH_FROM = 8;

interface ViewListProps {
  views: GridView[];
  /** Id of the view in use; `all` without one. */
  current: string;
  /** Such as “All accounts”. */
  allName: string;
  choose: (id: string) => void;
}

/** Every view to choose from, by where it comes from; beyond a handful with a search. */
export function ViewList({ views, current, allName, choose }: ViewListProps) {
  const { contains } = useFilter({ sensitivity: 'base' });
  const searched = views.length > SEARCH_FROM;
  const isAllDefault = !views.some(({ isDefault }) => isDefault);
  const list = (
    <ListBox
      aria-label="Views"
      autoFocus={!searched}
      selectionMode="single"
      selectedKeys={[current]}
      disallowEmptySelection
      onSelectionChange={(keys) => {
        if (keys !== 'all') for (const key of keys) choose(String(key));
      }}
      renderEmptyState={() => <p className="px-3 py-4 text-sm text-muted">No view has this in its name.</p>}
      className="max-h-[min(24rem,60dvh)] overflow-y-auto"
    >
      <ListBox.Section aria-label="Everything">
        <ViewOption id="all" name={allName} isDefault={isAllDefault} detail={null} />
      </ListBox.Section>
      {groupViews(views).map(({ title, views: ofGroup }) => (
        <ListBox.Section key={title}>
          <Header>{title}</Header>
          {ofGroup.map((view) => (
            <ViewOption key={view.id} {...view} detail={detailOf(view)} />
          ))}
        </ListBox.Section>
      ))}
    </ListBox>
  );
  if (!searched) return list;
  return (
    <Autocomplete.Filter filter={contains}>
      <SearchField aria-label="Search views" autoFocus className="p-2" fullWidth>
        <SearchField.Group>
          <SearchField.SearchIcon />
          <SearchField.Input placeholder="Search views" />
          <SearchField.ClearButton />
        </SearchField.Group>
      </SearchField>
      {list}
    </Autocomplete.Filter>
  );
}

interface ViewOptionProps {
  id: string;
  name: string;
  isDefault: boolean;
  detail: string | null;
}

function ViewOption({ id, name, isDefault, detail }: ViewOptionProps) {
  return (
    <ListBox.Item id={id} textValue={name}>
      <div className="min-w-0 flex-1">
        <Label className="flex items-center gap-2">
          <span className="truncate">{name}</span>
          {isDefault ? <span className="shrink-0 text-xs font-normal text-muted">default</span> : null}
        </Label>
        {detail ? <p className="line-clamp-2 text-xs text-pretty text-muted">{detail}</p> : null}
      </div>
      <ListBox.ItemIndicator />
    </ListBox.Item>
  );
}

function detailOf({ origin, owner, isShared, description }: GridView): string | null {
  if (origin === 'shared') return `by ${owner ?? 'somebody who has left'}`;
  return origin === 'mine' && isShared ? 'shared with everybody who reads here' : description;
}
