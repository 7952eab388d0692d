import { Ban, CircleCheck, MonitorX, TimerOff, Undo2 } from 'lucide-react';
import type { ClosedLink } from '@/lib/consent/links/types';

const ASK = 'Ask whoever sent it to you for a new one.';

const LOOKS: Record<ClosedLink['state'], { Icon: typeof Ban; title: string; text: string }> = {
  used: {
    Icon: CircleCheck,
    title: 'This link was used',
    text: 'A link works once. If that was you, everything is done. To connect another Salesforce user, ask whoever sent it to you for a new one.',
  },
  withdrawn: { Icon: Undo2, title: 'This link was withdrawn', text: `It leads nowhere any more. ${ASK}` },
  expired: { Icon: TimerOff, title: 'This link has expired', text: ASK },
  unusable: {
    Icon: Ban,
    title: 'This link cannot be used now',
    text: `Whoever made it cannot hold this connection at the moment. ${ASK}`,
  },
  other_browser: {
    Icon: MonitorX,
    title: 'This link was begun in another browser',
    text: `It works only where Continue was pressed first. Go on there, or ask whoever sent it to you for a new one. If you did not begin it yourself, tell them: somebody else has the link.`,
  },
};

/** Why a link leads nowhere, or not here. Nothing else of it is told. */
export function LinkClosed({ state }: ClosedLink) {
  const { Icon, title, text } = LOOKS[state];
  return (
    <div data-link={state} className="flex gap-3.5">
      <Icon aria-hidden="true" className="mt-0.5 size-6 shrink-0 text-muted" />
      <div>
        <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
        <p className="mt-1.5 max-w-[60ch] text-pretty text-muted">{text}</p>
      </div>
    </div>
  );
}
