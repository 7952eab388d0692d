import { Plus } from 'lucide-react';
import { PasswordFlowSwitch } from '@/components/service/forms/password-flow-switch';
import { ServiceList } from '@/components/service/service-list';
import { Section } from '@/components/states/facts';
import { LinkButton } from '@/components/states/link-button';
import { listServiceConnections } from '@/lib/connections/service/queries';
import type { PersonContext } from '@/lib/context';
import { isPasswordFlowAllowed } from '@/lib/environments/password-flow';
import { viewerOf } from '../../../../viewer';
import { setPasswordFlowAction } from './actions';

/** The service connections of an environment, and whether the legacy flow is allowed there. */
export async function ServiceSection({ ctx, slug }: { ctx: PersonContext; slug: string }) {
  const [connections, allowed] = await Promise.all([
    listServiceConnections(ctx, slug),
    isPasswordFlowAllowed(ctx, slug),
  ]);
  return (
    <Section
      title="Service connections"
      description="Held by the portal, not by a person. Those whom one is shared with read with the rights of its run-as user."
    >
      <div className="space-y-4">
        {connections.length > 0 ? (
          <ServiceList slug={slug} connections={connections} viewer={viewerOf(ctx)} />
        ) : (
          <p className="text-muted">None yet. People connect by their own consent without one.</p>
        )}
        {ctx.role === 'admin' ? (
          <>
            <LinkButton href={`/admin/environments/${slug}/service/new`} variant="secondary">
              <Plus aria-hidden="true" />
              Add service connection
            </LinkButton>
            <PasswordFlowSwitch allowed={allowed} set={setPasswordFlowAction.bind(null, slug)} />
          </>
        ) : (
          <p className="text-muted">
            The username-password flow is {allowed ? 'allowed' : 'not allowed'} here.
          </p>
        )}
      </div>
    </Section>
  );
}
