import type { Viewer } from '@/components/states/instant';
import { ProblemCard } from '@/components/states/problem-card';
import type { AuthorisedConnection } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { type AppError, toProblem } from '@/lib/errors';
import { Forbidden } from '../../forbidden-section';

interface RefusalProps {
  ctx: PersonContext;
  viewer: Viewer;
  connection: AuthorisedConnection;
  refusal: AppError;
}

/** Why one reads nothing through an own connection, who can change that, and the way to ask. */
export function Refusal({ ctx, viewer, connection, refusal }: RefusalProps) {
  return (
    <>
      <ProblemCard problem={toProblem(refusal)} title="You cannot read through it" />
      <Forbidden ctx={ctx} viewer={viewer} only={connection.environment.id} />
    </>
  );
}
