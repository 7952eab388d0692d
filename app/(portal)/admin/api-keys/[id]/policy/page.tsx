import { requireAdmin } from '@/lib/session/context';
import { KeyPolicyPage } from '../../../../account/api-keys/key-policy';

export const metadata = { title: 'Policy of an API key' };

export default async function ApiKeyPolicyPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireAdmin();
  return <KeyPolicyPage ctx={ctx} id={(await params).id} base="/admin/api-keys" />;
}
