'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { ActionButton } from '@/components/forms/action-button';
import { Instant, type Viewer } from '@/components/states/instant';
import type { ReviewItem } from '@/lib/custody/access-review/types';
import { type Decide, isOpen } from './decide';
import { ItemState } from './item-state';
import { RevokeDialog } from './revoke-dialog';

interface ReviewRowProps {
  item: ReviewItem;
  isClosed: boolean;
  viewer: Viewer;
  isSelected: boolean;
  onSelect: (on: boolean) => void;
  /** Null: the viewer may only look. */
  decide: Decide | null;
}

/** A grant as it was written down, what was decided, and the way to decide. */
export function ReviewRow({ item, isClosed, viewer, isSelected, onSelect, decide }: ReviewRowProps) {
  const { connectionId, owner, username, scopes, lastUsedAt } = item;
  return (
    <tr data-item={username} className="block px-5 py-4 hover:bg-row-hover lg:table-row lg:p-0">
      {decide ? (
        <td className="float-right lg:table-cell lg:w-10 lg:float-none lg:py-3 lg:pl-5 lg:align-top">
          {isOpen(item) ? (
            <input
              type="checkbox"
              aria-label={`Select ${username} in ${item.environmentName}`}
              checked={isSelected}
              onChange={({ target }) => onSelect(target.checked)}
              className="mt-0.5 size-4 cursor-pointer accent-(--accent)"
            />
          ) : null}
        </td>
      ) : null}
      <Cell>
        <Link
          href={`/admin/connections/${connectionId}`}
          prefetch={false}
          className="rounded-sm font-semibold hover:underline"
        >
          {owner}
        </Link>
        {item.isService ? <span className="block text-xs text-muted">Service connection</span> : null}
      </Cell>
      <Cell label="Environment">{item.environmentName}</Cell>
      <Cell label="User">
        <span className="break-all">{username}</span>
        <span className="block text-xs text-muted">{item.orgId}</span>
      </Cell>
      <Cell label="Scopes">
        {scopes.map((scope, index) => (
          <span key={scope} className="text-xs text-muted">
            {index > 0 ? ', ' : ''}
            {scope === 'full' ? <strong className="text-foreground">{scope}</strong> : scope}
          </span>
        ))}
      </Cell>
      <Cell label="Connected">
        <Instant iso={item.connectedAt} viewer={viewer} />
      </Cell>
      <Cell label="Last used">
        {lastUsedAt ? (
          <Instant iso={lastUsedAt} viewer={viewer} />
        ) : (
          <span className="text-muted">Never</span>
        )}
      </Cell>
      <Cell label="Decision">
        <ItemState item={item} isClosed={isClosed} viewer={viewer} />
      </Cell>
      {decide ? (
        <td className="block pt-2 lg:table-cell lg:py-2.5 lg:pr-5 lg:align-top">
          {isOpen(item) ? <Decisions item={item} decide={decide} /> : null}
        </td>
      ) : null}
    </tr>
  );
}

/** Keep is one press, and can be changed; a revocation is asked about first. */
function Decisions({ item, decide }: { item: ReviewItem; decide: Decide }) {
  const { connectionId, username, note, decided } = item;
  const keep = () => decide({ decision: 'keep', connectionIds: [connectionId], note });
  return (
    <div className="flex flex-wrap gap-2 lg:flex-nowrap lg:justify-end">
      {decided ? null : (
        <ActionButton size="sm" variant="secondary" action={keep}>
          Keep<span className="sr-only"> {username}</span>
        </ActionButton>
      )}
      <RevokeDialog items={[item]} decide={decide} note={note} size="sm" />
    </div>
  );
}

/** On a phone the label stands beside the value; on a wide screen the head of the column says it. */
function Cell({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <td className="grid grid-cols-[6.5rem_1fr] gap-x-3 py-0.5 align-top first:block lg:table-cell lg:px-3 lg:py-3 lg:first:table-cell lg:first:pl-5">
      {label ? <span className="text-muted lg:hidden">{label}</span> : null}
      <div className="min-w-0">{children}</div>
    </td>
  );
}
