interface SnippetFacts {
  /** Origin of the portal. */
  portal: string;
  /** The one connection that the key is bound to; null: there are several, or none yet. */
  boundTo: { id: string; alias: string | null; apiVersion: string } | null;
}

export interface Snippet {
  title: string;
  hint: string;
  code: string;
}

const SOQL = 'SELECT+Id,Name+FROM+Account+LIMIT+5';
const BEARER = '-H "Authorization: Bearer $ORGDOCK_KEY"';

/** Calls to begin with; the secret comes from the environment of the shell, as it should. */
export function snippetsOf({ portal, boundTo }: SnippetFacts): Snippet[] {
  const connections: Snippet = {
    title: 'Which connections it may use',
    hint: 'The id or the alias of one goes into the other calls.',
    code: `curl ${BEARER} \\\n  "${portal}/api/v1/connections"`,
  };
  if (boundTo === null) {
    return [
      connections,
      {
        title: 'Any call, through a connection',
        hint: 'Behind /proxy comes the path as Salesforce documents it.',
        code: `curl ${BEARER} \\\n  "${portal}/api/v1/connections/$CONNECTION/proxy/services/data/v66.0/query?q=${SOQL}"`,
      },
    ];
  }
  const { id, apiVersion } = boundTo;
  const path = `/services/data/v${apiVersion}/query?q=${SOQL}`;
  return [
    {
      title: 'As Salesforce itself',
      hint: 'The key is bound to one connection, so clients that know nothing of Orgdock work: the portal is their instance URL, the key their access token.',
      code: `curl ${BEARER} \\\n  "${portal}${path}"`,
    },
    {
      title: 'jsforce, unmodified',
      hint: 'npm package jsforce, version 3.',
      code: `const connection = new jsforce.Connection({\n  instanceUrl: '${portal}',\n  accessToken: key, // read from where the program keeps its secrets\n  version: '${apiVersion}',\n});`,
    },
    {
      title: 'All rows as CSV',
      hint: 'Orgdock fetches every page and streams them.',
      code: `curl ${BEARER} -H "accept: text/csv" \\\n  --json '{"soql": "SELECT Id, Name FROM Account"}' \\\n  "${portal}/api/v1/connections/${id}/query"`,
    },
    connections,
  ];
}
