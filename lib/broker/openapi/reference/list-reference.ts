import { OPERATIONS_OF_API } from '@/lib/broker/openapi/operations';
import { schemaMembers } from '@/lib/broker/openapi/reference/schema-members';
import { componentSchemas } from '@/lib/broker/openapi/schemas';
import type { ApiContent, ApiOperation, JsonSchema, ReferenceOperation } from '@/lib/broker/openapi/types';

/** The operations of the reference page by what they are about. `server`: origin of the portal, for the examples. */
export function listReference(server: string): { tag: string; operations: ReferenceOperation[] }[] {
  const schemas = componentSchemas();
  const tags = [...new Set(OPERATIONS_OF_API.map(({ tag }) => tag))];
  return tags.map((tag) => {
    const ofTag = OPERATIONS_OF_API.filter((operation) => operation.tag === tag);
    const shown = tag === 'Salesforce' ? ofTag.filter(({ method }) => method === 'post') : ofTag;
    return {
      tag,
      operations: shown.map((operation) => ({
        ...operation,
        summary: operation.summary.replace(' (POST)', ''),
        methods: ofTag
          .filter(({ path }) => tag === 'Salesforce' && path === operation.path)
          .map(({ method }) => method),
        curl: curlOf(operation, server),
        bodyMembers: schemaMembers(schemaOf(operation.body?.content, schemas)),
        answerMembers: schemaMembers(schemaOf(operation.answers[0]?.content, schemas)),
        bodyExample: exampleOf(operation),
      })),
    };
  });
}

/** A command that works once the key stands in ORGDOCK_KEY. */
function curlOf(operation: ApiOperation, server: string): string {
  const { method, path, parameters, key } = operation;
  const isThrough = operation.tag === 'Salesforce';
  const address = path.replaceAll(/\{(\w+)\}/g, (whole, name) => {
    return parameters.find((one) => one.name === name)?.example ?? whole;
  });
  const body = isThrough ? '' : exampleOf(operation);
  const lines = [
    `curl "${server}${address}"`,
    ...(method === 'get' || isThrough ? [] : [`-X ${method.toUpperCase()}`]),
    ...(key === 'required' ? ['-H "Authorization: Bearer $ORGDOCK_KEY"'] : []),
    ...(body === '' ? [] : ['-H "Content-Type: application/json"', `-d '${body}'`]),
  ];
  return lines.join(' \\\n  ');
}

function exampleOf({ body }: ApiOperation): string {
  const [content] = Object.values(body?.content ?? {});
  return content?.example === undefined ? '' : JSON.stringify(content.example);
}

function schemaOf(
  content: Record<string, ApiContent> | undefined,
  schemas: Record<string, JsonSchema>,
): JsonSchema | undefined {
  const name = Object.values(content ?? {}).find(({ schema }) => schema !== null)?.schema;
  return name ? schemas[name] : undefined;
}
