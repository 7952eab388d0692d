import { Button } from '@heroui/react/button';
import type { ReactNode } from 'react';
import type { EnvironmentStatus } from '@/lib/environments/types';

interface SaveButtonsProps {
  status: EnvironmentStatus | 'new' | 'setup';
  children: ReactNode;
}

/** The other ways to save. Each is a button of the form, and its name and value go with it. */
export function SaveButtons({ status, children }: SaveButtonsProps) {
  const mayBeDraft = status === 'new' || status === 'draft';
  return (
    <>
      {status === 'setup' || status === 'disabled' ? null : (
        <Button type="submit" name="then" value="authorize" variant="secondary">
          Save and authorize
        </Button>
      )}
      {mayBeDraft ? (
        <Button type="submit" name="saveAs" value="draft" variant="tertiary">
          Save as draft
        </Button>
      ) : null}
      {children}
    </>
  );
}
