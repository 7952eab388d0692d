import { KeyRound } from 'lucide-react';
import { ConsentButton } from '@/components/consent/consent-button';
import type { ActionResult } from '@/components/forms/action-result';
import { ConfirmDialog } from '@/components/forms/confirm-dialog';
import { Section } from '@/components/states/facts';
import { Instant, type Viewer } from '@/components/states/instant';
import type { IdentityProviderChoice } from '@/lib/environments/identity-providers/types';
import type { OwnIdentity } from '@/lib/people/identities/types';

interface IdentityListProps {
  identities: OwnIdentity[];
  /** Providers that are open for signing in. */
  providers: IdentityProviderChoice[];
  viewer: Viewer;
  unlink: (id: string) => Promise<ActionResult>;
}

/** The ways in which I can show who I am, and more that I could add. */
export function IdentityList({ identities, providers, viewer, unlink }: IdentityListProps) {
  return (
    <Section
      title="Ways to sign in"
      description="Whoever can log in as one of these is you in Orgdock. They are linked here, while you are signed in, and never by e-mail or name."
    >
      <ul className="divide-y divide-separator">
        {identities.map(({ id, issuer, username, createdAt }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
            <KeyRound aria-hidden="true" className="size-5 shrink-0 text-muted" />
            <div className="min-w-0 flex-1 basis-64">
              <p className="font-medium break-words">{username}</p>
              <p className="text-[0.8125rem] break-words text-muted">
                {sourceInWords(issuer)} · linked <Instant iso={createdAt} viewer={viewer} />
              </p>
            </div>
            {identities.length > 1 ? (
              <ConfirmDialog
                trigger={
                  <>
                    Unlink <span className="sr-only">{username}</span>
                  </>
                }
                triggerVariant="ghost"
                title={`Unlink ${username}?`}
                confirmLabel="Unlink"
                action={unlink.bind(null, id)}
              >
                <p>You cannot sign in with it any more. Connections and sessions stay as they are.</p>
              </ConfirmDialog>
            ) : null}
          </li>
        ))}
      </ul>
      {providers.length > 0 ? (
        <div className="mt-4 flex flex-wrap gap-2">
          {providers.map(({ slug, name }) => (
            <ConsentButton
              key={slug}
              variant="secondary"
              request={{ provider: slug, intent: 'link', callbackUrl: '/account' }}
            >
              Link {name}
            </ConsentButton>
          ))}
        </div>
      ) : null}
    </Section>
  );
}

function sourceInWords(issuer: string): string {
  return issuer.startsWith('salesforce:') ? `Salesforce org ${issuer.slice('salesforce:'.length)}` : issuer;
}
