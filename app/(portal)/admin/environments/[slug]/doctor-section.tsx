import { EnvironmentTroubles } from '@/components/doctor/environment-trouble';
import { Section } from '@/components/states/facts';
import type { Viewer } from '@/components/states/instant';
import { LinkButton } from '@/components/states/link-button';
import type { PersonContext } from '@/lib/context';
import { diagnoseEnvironment } from '@/lib/doctor/diagnose-environment';
import type { EnvironmentDetail } from '@/lib/environments/types';

interface DoctorSectionProps {
  ctx: PersonContext;
  environment: EnvironmentDetail;
  viewer: Viewer;
}

/** What fails in this environment, on its page; nothing while nothing does. */
export async function DoctorSection({ ctx, environment, viewer }: DoctorSectionProps) {
  const troubles = await diagnoseEnvironment(ctx, environment);
  if (troubles.length === 0) return null;
  return (
    <Section
      title="Connection Doctor"
      description="What fails here, by cause. Counts only: whose it is stays theirs."
    >
      <div className="space-y-4">
        <EnvironmentTroubles troubles={troubles.slice(0, 3)} viewer={viewer} />
        {troubles.length > 3 ? (
          <LinkButton href={`/admin/environments/${environment.slug}/doctor`} variant="ghost" size="sm">
            All {troubles.length} causes
          </LinkButton>
        ) : null}
      </div>
    </Section>
  );
}
