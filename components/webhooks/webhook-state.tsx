import type { WebhookEndpoint } from '@/lib/notify/webhooks/types';

/** Whether a receiver is told anything, in a word. */
export function WebhookState({ webhook: { enabled, disabledReason } }: { webhook: WebhookEndpoint }) {
  const colours = enabled
    ? 'bg-success-soft text-success-soft-foreground'
    : disabledReason === null
      ? 'bg-default text-foreground'
      : 'bg-danger-soft text-danger-soft-foreground';
  return (
    <span className={`rounded-md px-1.5 text-xs leading-5 font-medium ${colours}`}>
      {enabled ? 'On' : 'Off'}
    </span>
  );
}
