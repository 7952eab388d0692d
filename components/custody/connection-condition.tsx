import type { ReactNode } from 'react';
import { ConnectionProblemCard } from '@/components/connections/connection-problem';
import type { Viewer } from '@/components/states/instant';
import type { ConnectionDetail } from '@/lib/connections/types';
import { SettlingNotice } from './settling-notice';

interface ConnectionConditionProps {
  connection: ConnectionDetail;
  viewer: Viewer;
  /** The button that takes the next step, where the reader can take it. */
  action?: ReactNode;
  /** Who has to take it, when that is not the reader. */
  holder?: string | null;
}

/** What is the matter with a connection: an outcome that is being found out, or a problem with its cause. */
export function ConnectionCondition(props: ConnectionConditionProps) {
  const { settling } = props.connection;
  if (settling) return <SettlingNotice settling={settling} viewer={props.viewer} />;
  return <ConnectionProblemCard {...props} />;
}
