import { ImportEnvironments } from '@/components/environments/transfer/import-environments';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { requireAdmin } from '@/lib/session/context';
import { applyImportAction, planImportAction } from './actions';

export const metadata = { title: 'Import environments' };

export default async function ImportEnvironmentsPage() {
  await requireAdmin();
  return (
    <Page
      above={<BackLink href="/admin/environments">Environments</BackLink>}
      title="Import environments"
      description="Takes settings from a file that a portal exported. You see what would change before anything does. Consumer secrets and the chosen people are in no file."
    >
      <ImportEnvironments plan={planImportAction} apply={applyImportAction} />
    </Page>
  );
}
