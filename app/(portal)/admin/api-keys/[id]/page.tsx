import { requireCustodian } from '@/lib/session/context';
import { KeyPage } from '../../../account/api-keys/key-page';

export const metadata = { title: 'API key' };

export default async function ApiKeyPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireCustodian();
  return <KeyPage ctx={ctx} id={(await params).id} base="/admin/api-keys" />;
}
