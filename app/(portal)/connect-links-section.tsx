import { LinkList } from '@/components/connect-links/link-list';
import { NewLink } from '@/components/connect-links/new-link';
import { Section } from '@/components/states/facts';
import type { Viewer } from '@/components/states/instant';
import { listOwnConnectLinks } from '@/lib/consent/links/queries';
import type { PersonContext } from '@/lib/context';
import type { EnvironmentSummary } from '@/lib/environments/types';
import { makeConnectLinkAction, withdrawConnectLinkAction } from './actions';

interface ConnectLinksProps {
  ctx: PersonContext;
  environments: EnvironmentSummary[];
  viewer: Viewer;
}

/** Links by which others grant connections to the person, and the way to make one without a program. */
export async function ConnectLinks({ ctx, environments, viewer }: ConnectLinksProps) {
  if (ctx.role === 'auditor') return null;
  const links = await listOwnConnectLinks(ctx);
  if (links.length === 0 && environments.length === 0) return null;
  return (
    <Section
      title="Connect links"
      description="Somebody without an account here, such as a customer or a colleague, connects their Salesforce user for you: they open the link, log in at Salesforce, and you hold the connection."
    >
      <div className="space-y-6">
        {links.length === 0 ? null : (
          <LinkList links={links} viewer={viewer} withdraw={withdrawConnectLinkAction} />
        )}
        {environments.length === 0 ? null : (
          <details>
            <summary className="cursor-pointer font-medium text-accent">Make a connect link</summary>
            <div className="mt-4">
              <NewLink environments={environments} viewer={viewer} make={makeConnectLinkAction} />
            </div>
          </details>
        )}
      </div>
    </Section>
  );
}
