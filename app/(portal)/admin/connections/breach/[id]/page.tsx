import { buttonVariants } from '@heroui/styles';
import { Download } from 'lucide-react';
import { notFound } from 'next/navigation';
import { BreachGrants } from '@/components/breach/breach-grants';
import { BreachProgress } from '@/components/breach/breach-progress';
import { scopeInWords } from '@/components/breach/breach-words';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { getBreach } from '@/lib/custody/breach/queries';
import { requireCustodian } from '@/lib/session/context';
import { viewerOf } from '../../../../viewer';

export const metadata = { title: 'Breach' };

export default async function BreachProgressPage(props: { params: Promise<{ id: string }> }) {
  const ctx = await requireCustodian();
  const { id } = await props.params;
  const breach = await getBreach(ctx, id);
  if (!breach) notFound();
  const viewer = viewerOf(ctx);
  return (
    <Page
      wide
      above={<BackLink href="/admin/connections/breach">Breaches</BackLink>}
      title={`Breach: ${scopeInWords(breach)}`}
      description="It goes on when you leave this page or the portal restarts. New consents are not blocked: a person who connects anew has a grant that this breach does not end."
      actions={
        <form method="post" action={`/api/breaches/${id}/report`}>
          <button type="submit" className={buttonVariants({ variant: 'secondary' })}>
            <Download aria-hidden="true" />
            Export signed report
          </button>
        </form>
      }
    >
      <div className="space-y-6">
        <BreachProgress breach={breach} viewer={viewer} />
        <BreachGrants grants={breach.grants} viewer={viewer} />
      </div>
    </Page>
  );
}
