import type { ActionResult } from '@/components/forms/action-result';
import { ConfirmDialog } from '@/components/forms/confirm-dialog';
import { Instant, type Viewer } from '@/components/states/instant';
import type { AnyConnectLink, ConnectLink } from '@/lib/consent/links/types';

interface LinkListProps {
  links: Array<ConnectLink | AnyConnectLink>;
  viewer: Viewer;
  /** Takes one back; left out for who only looks on. */
  withdraw?: (id: string) => Promise<ActionResult>;
}

const STATES: Record<ConnectLink['state'], { word: string; tone: string }> = {
  open: { word: 'Open', tone: 'bg-accent-soft text-accent-soft-foreground' },
  used: { word: 'Used', tone: 'bg-success-soft text-success-soft-foreground' },
  withdrawn: { word: 'Withdrawn', tone: 'bg-default text-default-foreground' },
  expired: { word: 'Expired', tone: 'bg-default text-default-foreground' },
};

/** Connect links with what became of each. Never their addresses: those are shown once. */
export function LinkList({ links, viewer, withdraw }: LinkListProps) {
  return (
    <ul aria-label="Connect links" className="divide-y divide-separator rounded-lg border border-border">
      {links.map((link) => {
        const { id, state, purpose, environment } = link;
        return (
          <li
            key={id}
            data-link={state}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3"
          >
            <div className="min-w-0 flex-1 basis-72">
              <p className="font-medium break-words">
                <span className={`mr-2 rounded-md px-1.5 py-px text-xs leading-5 ${STATES[state].tone}`}>
                  {STATES[state].word}
                </span>
                {purpose}
              </p>
              <p className="mt-0.5 max-w-[65ch] text-[0.8125rem] text-muted">
                {environment.name}
                {'holder' in link ? `, for ${link.holder}` : null}
                {link.madeBy === null ? null : `, made by the program ${link.madeBy}`}.{' '}
                <Course link={link} viewer={viewer} />
              </p>
            </div>
            {state === 'open' && withdraw ? (
              <ConfirmDialog
                trigger={
                  <>
                    Withdraw<span className="sr-only">: {purpose}</span>
                  </>
                }
                triggerVariant="ghost"
                triggerSize="sm"
                title="Withdraw this link?"
                confirmLabel="Withdraw"
                action={withdraw.bind(null, id)}
              >
                Whoever has it can connect nothing with it any more, also when they are at Salesforce just
                now.
              </ConfirmDialog>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}

function Course({ link, viewer }: { link: ConnectLink; viewer: Viewer }) {
  const { state, usedAt, connection, openedAt, createdAt, expiresAt } = link;
  if (state === 'used' && usedAt !== null) {
    return (
      <>
        Used <Instant iso={usedAt} viewer={viewer} />
        {connection === null ? '; the connection is gone.' : ` by ${connection.username}.`}
      </>
    );
  }
  return (
    <>
      Made <Instant iso={createdAt} viewer={viewer} />,{' '}
      {openedAt === null ? (
        'nobody went on with it'
      ) : (
        <>
          somebody went on with it <Instant iso={openedAt} viewer={viewer} />
        </>
      )}
      {state === 'open' ? (
        <>
          ; works until <Instant iso={expiresAt} viewer={viewer} exact />
        </>
      ) : null}
      .
    </>
  );
}
