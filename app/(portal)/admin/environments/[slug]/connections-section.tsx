import { ConnectionCounts } from '@/components/environments/overview/connection-counts';
import { Section } from '@/components/states/facts';
import { LinkButton } from '@/components/states/link-button';
import type { PersonContext } from '@/lib/context';
import { listEnvironmentOverviews } from '@/lib/custody/environment-overview/queries';

/** How many connections the environment has and how they are, with the way to them. */
export async function ConnectionsSection({ ctx, slug }: { ctx: PersonContext; slug: string }) {
  const environment = (await listEnvironmentOverviews(ctx)).find((one) => one.slug === slug);
  if (!environment) return null;
  return (
    <Section title="Connections" description="Everybody’s, by how they are.">
      <div className="space-y-4">
        <ConnectionCounts environment={environment} />
        <LinkButton href={`/admin/connections?environment=${slug}`} variant="ghost" size="sm">
          See whose they are
        </LinkButton>
      </div>
    </Section>
  );
}
