import { SCOPES } from '@/components/environments/fields/scopes';

const ALIASES: Record<string, string> = { offline_access: 'refresh_token' };

/** Scopes in Salesforce's words, each with what a token with it may do. */
export function ScopeList({ scopes }: { scopes: readonly string[] }) {
  return (
    <ul className="space-y-1.5">
      {scopes.map((scope) => {
        const facts = SCOPES.find(({ name }) => name === (ALIASES[scope] ?? scope));
        return (
          <li key={scope}>
            <code className="font-mono text-[0.8125rem] font-medium">{scope}</code>
            {facts ? (
              <span className="text-muted">
                {' '}
                {facts.label}: {facts.gives}
              </span>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
