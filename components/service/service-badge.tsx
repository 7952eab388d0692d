import { Bot } from 'lucide-react';

/** Marks what the portal holds itself: nobody's own grant. */
export function ServiceBadge() {
  return (
    <span className="inline-flex items-center gap-1 rounded-md bg-default px-2 py-0.5 text-xs leading-5 font-medium whitespace-nowrap text-default-foreground">
      <Bot aria-hidden="true" className="size-3.5" />
      Service
    </span>
  );
}
