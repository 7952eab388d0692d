import type { ReactNode } from 'react';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { EnvironmentBadge } from '@/components/states/environment-badge';
import type { EnvironmentDetail } from '@/lib/environments/types';
import { EnvironmentNotices } from './environment-notices';
import { type EnvironmentTab, EnvironmentTabs } from './environment-tabs';

interface EnvironmentPageProps {
  environment: EnvironmentDetail;
  current: EnvironmentTab;
  actions?: ReactNode;
  children: ReactNode;
}

/** The frame of every page of one environment: what it is, what to be careful about, and its tabs. */
export function EnvironmentPage({ environment, current, actions, children }: EnvironmentPageProps) {
  return (
    <Page
      above={<BackLink href="/admin/environments">Environments</BackLink>}
      title={environment.name}
      badge={<EnvironmentBadge {...environment} />}
      actions={actions}
    >
      <div className="max-w-3xl space-y-6">
        <EnvironmentTabs slug={environment.slug} current={current} />
        <EnvironmentNotices environment={environment} />
        {children}
      </div>
    </Page>
  );
}
