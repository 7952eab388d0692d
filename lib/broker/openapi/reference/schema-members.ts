import type { JsonSchema, SchemaMember } from '@/lib/broker/openapi/types';

/** The members of a schema by their names, those of objects within it after them. */
export function schemaMembers(schema: JsonSchema | undefined, before = ''): SchemaMember[] {
  const { properties = {}, required = [] } = (schema ?? {}) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).flatMap(([name, member]) => {
    const { inner, suffix } = insideOf(member);
    const full = `${before}${name}`;
    const own: SchemaMember = {
      name: full,
      type: typeOf(member),
      required: required.includes(name),
      description: String(member.description ?? inner?.description ?? ''),
    };
    return [own, ...schemaMembers(inner, `${full}${suffix}.`)];
  });
}

function insideOf(member: JsonSchema): { inner: JsonSchema | undefined; suffix: string } {
  if (member.type === 'array') return { inner: member.items as JsonSchema, suffix: '[]' };
  return { inner: variantsOf(member).find(({ type }) => type === 'object'), suffix: '' };
}

function variantsOf(member: JsonSchema): JsonSchema[] {
  return (member.anyOf as JsonSchema[] | undefined) ?? [member];
}

function typeOf(member: JsonSchema): string {
  const words = variantsOf(member).map(({ type, format, enum: choices, const: only }) => {
    if (Array.isArray(choices)) return choices.map((choice) => JSON.stringify(choice)).join(' | ');
    if (only !== undefined) return JSON.stringify(only);
    if (type === 'array') return 'array';
    return String(format ?? (Array.isArray(type) ? type.join(' | ') : (type ?? 'any')));
  });
  const fallback = member.default === undefined ? '' : `, left out: ${JSON.stringify(member.default)}`;
  return `${words.join(' | ')}${fallback}`;
}
