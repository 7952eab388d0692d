import type { ComponentType, ElementRule } from '@/simulator/metadata/component-types';
import { BeyondSimulator } from '@/simulator/metadata/deployment';
import type { XmlElement } from '@/simulator/metadata/xml';

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

/** The first element that the type does not allow, in Salesforce's words; null when all is well. */
export function checkElements(
  type: ComponentType,
  root: XmlElement,
): { line: number; problem: string } | null {
  const seen = new Set<string>();
  for (const element of root.children) {
    const rule = type.elements[element.name];
    const problem =
      !rule || element.children.length > 0 || Object.keys(element.attributes).length > 0
        ? `Error parsing file: Element {${NAMESPACE}}${element.name} invalid at this location in type ${type.name}`
        : seen.has(element.name)
          ? `Error parsing file: Element {${NAMESPACE}}${element.name} is duplicated at this location in type ${type.name}`
          : checkValue(element.name, element.text.trim(), rule);
    if (problem) return { line: element.line, problem };
    seen.add(element.name);
  }
  const missing = Object.entries(type.elements).find(([name, rule]) => isRequired(rule) && !seen.has(name));
  return missing ? { line: root.line, problem: `Required field is missing: ${missing[0]}` } : null;
}

function isRequired(rule: ElementRule): boolean {
  return rule.kind === 'reference' || ('required' in rule && rule.required === true);
}

function checkValue(name: string, text: string, rule: ElementRule): string | null {
  if (text === '') return isRequired(rule) ? `Required field is missing: ${name}` : null;
  switch (rule.kind) {
    case 'boolean':
    case 'off':
      if (text !== 'true' && text !== 'false')
        return `'${text}' is not a valid value for the type xsd:boolean`;
      if (rule.kind === 'off' && text === 'true') throw new BeyondSimulator(`${name} in a deployment`);
      return null;
    case 'int':
      return /^\d{1,9}$/.test(text) ? null : `'${text}' is not a valid value for the type xsd:int`;
    case 'enum':
      return rule.values.includes(text) ? null : `'${text}' is not a valid value for the enum '${name}'`;
    default:
      return null;
  }
}
