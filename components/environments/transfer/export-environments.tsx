import { buttonVariants } from '@heroui/styles';
import { Download } from 'lucide-react';

/** Takes settings out as a file, without secrets: of one environment, or of all (`null`). That it was done is audited. */
export function ExportEnvironments({ slug }: { slug: string | null }) {
  const query = slug === null ? '' : `?slug=${encodeURIComponent(slug)}`;
  return (
    <form method="post" action={`/api/environments/export${query}`}>
      <button type="submit" className={buttonVariants({ variant: 'secondary' })}>
        <Download aria-hidden="true" />
        {slug === null ? 'Export all' : 'Export'}
      </button>
    </form>
  );
}
