import { checkElements } from '@/simulator/metadata/check-elements';
import {
  COMPONENT_TYPES,
  type ComponentType,
  type ComponentTypeName,
} from '@/simulator/metadata/component-types';
import type { Component, ComponentFailure, PackageContent } from '@/simulator/metadata/deployment';
import { BadZip, unzip } from '@/simulator/metadata/unzip';
import { BadXml, parseXml, type XmlElement } from '@/simulator/metadata/xml';

const METADATA_NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
const MANIFEST = 'package.xml';
const NEWEST = 68;
/** "Full name": letters, digits and single underscores, as every developer name. */
const FULL_NAME = /^[A-Za-z](?:_?[A-Za-z0-9])*$/;

interface Member {
  readonly type: string;
  readonly name: string;
  readonly line: number;
}

/** Reads an archive as `deploy()` does: what package.xml names must be there, and nothing else may be. */
export function readPackage(zip: Buffer): PackageContent {
  try {
    return readFiles(unzip(zip));
  } catch (error) {
    if (error instanceof BadZip) return broken(`The zip file could not be read: ${error.message}`);
    throw error;
  }
}

function readFiles(files: ReadonlyMap<string, Buffer>): PackageContent {
  const manifest = files.get(MANIFEST);
  if (!manifest) return broken('No package.xml found');
  const members = readManifest(manifest);
  if (!Array.isArray(members)) return { components: [], failures: [members] };
  const components: Component[] = [];
  const failures: ComponentFailure[] = [];
  const expected = new Set([MANIFEST]);
  for (const member of members) {
    const type = COMPONENT_TYPES.find(({ name }) => name === member.type);
    if (!type) {
      failures.push(inManifest(member.line, `Unknown type name '${member.type}' specified in package.xml`));
      continue;
    }
    const fileName = `${type.folder}/${member.name}.${type.suffix}`;
    expected.add(fileName);
    const read = readComponent(type, member, fileName, files.get(fileName));
    if ('problem' in read) failures.push(read);
    else components.push(read);
  }
  for (const fileName of files.keys()) {
    if (expected.has(fileName)) continue;
    const problem = `The file ${fileName} was found in the zip file, but not in package.xml`;
    failures.push({ type: '', name: fileName, fileName, line: null, problem });
  }
  return { components, failures };
}

function readManifest(content: Buffer): Member[] | ComponentFailure {
  const root = readRoot(content, 'Package');
  if ('problem' in root) return inManifest(root.line, root.problem);
  const members: Member[] = [];
  let version: string | null = null;
  for (const element of root.children) {
    if (element.name === 'version') version = element.text.trim();
    else if (element.name !== 'types')
      return inManifest(element.line, invalidElement(element.name, 'Package'));
    else {
      const wrong = element.children.find(({ name }) => name !== 'members' && name !== 'name');
      if (wrong) return inManifest(wrong.line, invalidElement(wrong.name, 'PackageTypeMembers'));
      const type = element.children.find(({ name }) => name === 'name')?.text.trim() ?? '';
      for (const { name, text, line } of element.children) {
        if (name === 'members') members.push({ type, name: text.trim(), line });
      }
    }
  }
  const number = Number(/^(\d{2})\.0$/.exec(version ?? '')?.[1] ?? Number.NaN);
  if (!(number >= 59 && number <= NEWEST))
    return inManifest(null, `Invalid version specified: ${version ?? ''}`);
  return members;
}

function readComponent(
  type: ComponentType & { readonly name: ComponentTypeName },
  member: Member,
  fileName: string,
  content: Buffer | undefined,
): Component | ComponentFailure {
  const { name } = member;
  const fail = (line: number | null, problem: string) => ({ type: type.name, name, fileName, line, problem });
  if (!content) {
    const problem = `An object '${name}' of type ${type.name} was named in package.xml, but was not found in zipped directory`;
    return { ...fail(member.line, problem), fileName: MANIFEST };
  }
  if (!FULL_NAME.test(name) || name.length > 80) {
    return fail(null, `The name '${name}' can only contain underscores and alphanumeric characters.`);
  }
  const root = readRoot(content, type.name);
  if ('problem' in root) return fail(root.line, root.problem);
  const problem = checkElements(type, root);
  if (problem) return fail(problem.line, problem.problem);
  const values = Object.fromEntries(root.children.map((element) => [element.name, element.text.trim()]));
  const lines = Object.fromEntries(root.children.map((element) => [element.name, element.line]));
  return { type: type.name, name, fileName, values, lines };
}

/** The root element, when it is the wanted one in the metadata namespace and holds nothing but elements. */
function readRoot(content: Buffer, wanted: string): XmlElement | { line: number; problem: string } {
  try {
    const root = parseXml(content.toString('utf8'));
    const { xmlns, ...others } = root.attributes;
    const isRight = root.name === wanted && xmlns === METADATA_NAMESPACE && Object.keys(others).length === 0;
    if (!isRight) {
      const problem = `Error parsing file: Element {${xmlns ?? ''}}${root.name} invalid at this location`;
      return { line: root.line, problem };
    }
    if (root.text.trim() !== '') return { line: root.line, problem: 'Error parsing file: unexpected text' };
    return root;
  } catch (error) {
    if (error instanceof BadXml) return { line: error.line, problem: `Error parsing file: ${error.message}` };
    throw error;
  }
}

function invalidElement(name: string, type: string): string {
  return `Error parsing file: Element {${METADATA_NAMESPACE}}${name} invalid at this location in type ${type}`;
}

function inManifest(line: number | null, problem: string): ComponentFailure {
  return { type: '', name: MANIFEST, fileName: MANIFEST, line, problem };
}

function broken(problem: string): PackageContent {
  return { components: [], failures: [inManifest(null, problem)] };
}
