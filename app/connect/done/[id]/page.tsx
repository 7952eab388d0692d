import { notFound } from 'next/navigation';
import { LinkUsed } from '@/components/connect-links/link-used';
import { EntryFrame } from '@/components/shell/entry-frame';
import { getUsedLink } from '@/lib/consent/links/open-link';

export const metadata = { title: 'Connected', robots: { index: false, follow: false } };

/** For the browser that used a connect link. */
export default async function LinkUsedPage({ params }: { params: Promise<{ id: string }> }) {
  const used = await getUsedLink((await params).id);
  if (!used) notFound();
  return (
    <EntryFrame wide>
      <LinkUsed used={used} />
    </EntryFrame>
  );
}
