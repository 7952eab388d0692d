/** The parts of a My Domain host: `acme--uat`, `sandbox`, `my.salesforce.com`. */
export interface MyDomain {
  name: string;
  /** `sandbox`, `develop` …; null: a production org, or a host of before enhanced domains. */
  partition: string | null;
  suffix: string;
}

/** Partitions that an org's host may be in (help: My Domain URL formats), likeliest first. */
export const PARTITIONS = ['sandbox', 'develop', 'scratch', 'trailblaze', 'demo', 'free', 'patch'] as const;

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const PARTITION = `(?:\\.(${PARTITIONS.join('|')}))?`;

/** Hosts of the browser's side that carry the My Domain name, what they show, and the suffix of the org's API. */
const FORMS: ReadonlyArray<readonly [RegExp, string, string]> = [
  [form('my\\.salesforce\\.com'), 'as entered', 'my.salesforce.com'],
  [form('my\\.salesforce\\.mil'), 'as entered', 'my.salesforce.mil'],
  [form('my\\.sfcrmproducts\\.cn'), 'as entered', 'my.sfcrmproducts.cn'],
  [form('lightning\\.force\\.com'), 'of a Lightning page', 'my.salesforce.com'],
  [form('lightning\\.crmforce\\.mil'), 'of a Lightning page', 'my.salesforce.mil'],
  [form('lightning\\.sfcrmapps\\.cn'), 'of a Lightning page', 'my.sfcrmproducts.cn'],
  [form('my\\.sfcrmapps\\.cn'), 'of a page in China', 'my.sfcrmproducts.cn'],
  [form('my\\.salesforce-setup\\.com'), 'of a Setup page', 'my.salesforce.com'],
  [form('my\\.site\\.com'), 'of an Experience site', 'my.salesforce.com'],
  [form('my\\.salesforce-sites\\.com'), 'of a Salesforce site', 'my.salesforce.com'],
  [form('file\\.force\\.com'), 'of a file', 'my.salesforce.com'],
  [form('cloudforce\\.com'), 'an old form of address', 'my.salesforce.com'],
];

/** Visualforce and content hosts: the package, such as `c`, is the last part of the name. */
const PACKAGED = new RegExp(
  `^(${LABEL})--[a-z0-9_]+${PARTITION}\\.(?:vf\\.force\\.com|(?:[a-z]{2,4}\\d{1,4}\\.)?(?:visual|content)\\.force\\.com)$`,
);

/** A sandbox before enhanced domains: its instance stands in the host. */
const INSTANCED = new RegExp(`^(${LABEL})\\.([a-z]{2,4})\\d{1,4}\\.my\\.salesforce\\.com$`);

function form(suffix: string): RegExp {
  return new RegExp(`^(${LABEL})${PARTITION}\\.${suffix}$`);
}

/** The My Domain that a host of an org's browser side belongs to, and what was entered. Null: no such host. */
export function readMyDomain(host: string): { domain: MyDomain; entered: string } | null {
  for (const [pattern, entered, suffix] of FORMS) {
    const [, name, partition = null] = pattern.exec(host) ?? [];
    if (name !== undefined) return { domain: { name, partition, suffix }, entered };
  }
  const [, packaged, part = null] = PACKAGED.exec(host) ?? [];
  const [, instanced] = INSTANCED.exec(host) ?? [];
  const name = packaged ?? instanced;
  if (name === undefined) return null;
  const partition = part ?? (name.includes('--') ? 'sandbox' : null);
  const entered = packaged === undefined ? 'without the instance' : 'of a Visualforce page or a file';
  return { domain: { name, partition, suffix: 'my.salesforce.com' }, entered };
}

/** The origin for OAuth and API calls. */
export function originOf({ name, partition, suffix }: MyDomain): string {
  return `https://${[name, partition, suffix].filter(Boolean).join('.')}`;
}

/** In which partitions else an org of this name could be, likeliest first; null is "in none". */
export function otherPartitions({ name, partition }: MyDomain): Array<string | null> {
  const likely: Array<string | null> = name.includes('--')
    ? ['sandbox', null]
    : name.endsWith('-dev-ed')
      ? ['develop', 'trailblaze', null]
      : [null, 'develop', 'scratch', 'trailblaze', 'demo', 'free'];
  return likely.filter((other) => other !== partition);
}
