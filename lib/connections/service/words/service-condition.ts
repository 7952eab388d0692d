import { inServiceWords } from '@/lib/connections/service/words/in-service-words';
import type { ConnectionProblem, Health } from '@/lib/connections/types';
import { passwordFlowOff } from '@/lib/environments/password-flow';
import { AppError, type ErrorCode } from '@/lib/errors';

interface Condition {
  health: Health;
  problem: ConnectionProblem | null;
}

interface ServiceFacts {
  connection: { flow: string; retrievedAt: Date };
  environment: { name: string };
  allowPasswordFlow: boolean;
}

/** The condition of a service connection, from that which a person's own connection in this state would have. */
export function serviceCondition(row: ServiceFacts, condition: Condition): Condition {
  const { connection, environment, allowPasswordFlow } = row;
  // A renewal whose process is gone has consumed nothing: the next call asks again.
  if (condition.health === 'unknown') return { health: 'healthy', problem: null };
  if (connection.flow === 'password' && !allowPasswordFlow && condition.health === 'healthy') {
    const off = passwordFlowOff(environment.name);
    const at = connection.retrievedAt.toISOString();
    return { health: 'app_refused', problem: problemOf(off, at) };
  }
  const { health, problem } = condition;
  return {
    health,
    problem: problem && { ...problem, ...problemOf(inServiceWords(errorOf(problem)), problem.at) },
  };
}

function errorOf({ code, message, nextStep, salesforce }: ConnectionProblem): AppError {
  return new AppError(code as ErrorCode, message, { nextStep, ...(salesforce ? { salesforce } : {}) });
}

function problemOf({ code, message, nextStep, salesforce }: AppError, at: string): ConnectionProblem {
  // The known ends are those of a person's grant; a service connection's words say themselves what to do.
  return { code, message, nextStep: nextStep ?? '', salesforce, at, cause: null };
}
