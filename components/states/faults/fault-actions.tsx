'use client';

import { Button } from '@heroui/react/button';
import { RotateCw } from 'lucide-react';
import { ConsentButton } from '@/components/consent/consent-button';
import { BusyButton } from '@/components/forms/busy-button';
import { LinkButton } from '../link-button';
import type { FaultAction } from './grid-fault';

/** Where a dead connection is consented to anew. */
export interface Reconnection {
  connectionId: string;
  /** Slug of the environment; null: only an administrator can, on the connection's page. */
  environment: string | null;
}

interface FaultActionsProps {
  actions: readonly FaultAction[];
  reconnection: Reconnection | null;
  size?: 'sm' | 'md';
  pending: boolean;
  onRetry: () => void;
  onClear: () => void;
}

/** The buttons that take the next step after a fault. */
export function FaultActions({
  actions,
  reconnection,
  size = 'md',
  pending,
  onRetry,
  onClear,
}: FaultActionsProps) {
  const page = reconnection ? `/connections/${reconnection.connectionId}` : null;
  return actions.map((action) => {
    switch (action) {
      case 'retry':
      case 'reload':
        return (
          <BusyButton
            key={action}
            busy={pending}
            size={size}
            variant="secondary"
            icon={<RotateCw aria-hidden="true" />}
            onPress={onRetry}
          >
            {action === 'retry' ? 'Try again' : 'Open the list again'}
          </BusyButton>
        );
      case 'clear':
        return (
          <Button key={action} size={size} variant="secondary" onPress={onClear}>
            Clear search, filter and sorting
          </Button>
        );
      case 'reconnect':
        return reconnection?.environment ? (
          <ConsentButton
            key={action}
            size={size}
            variant="primary"
            icon={<RotateCw aria-hidden="true" />}
            request={{
              environment: reconnection.environment,
              intent: 'connect',
              reconnect: reconnection.connectionId,
              callbackUrl: `/connections/${reconnection.connectionId}`,
            }}
          >
            Reconnect
          </ConsentButton>
        ) : null;
      default:
        return page ? (
          <LinkButton key={action} href={page} size={size} variant="ghost">
            Open the connection
          </LinkButton>
        ) : null;
    }
  });
}
