import { requireAdmin } from '@/lib/session/context';
import { NewKeyPage } from '../../../account/api-keys/new-key';

export const metadata = { title: 'New API key' };

export default async function NewApiKeyPage() {
  return <NewKeyPage ctx={await requireAdmin()} base="/admin/api-keys" />;
}
