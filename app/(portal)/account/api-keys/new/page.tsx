import { refusePage, requireContext } from '@/lib/session/context';
import { NewKeyPage } from '../new-key';

export const metadata = { title: 'New API key' };

export default async function NewOwnKeyPage() {
  const ctx = await requireContext();
  if (ctx.role === 'auditor') return refusePage(ctx, 'auditors have no API keys');
  return <NewKeyPage ctx={ctx} base="/account/api-keys" />;
}
