import type { OrgData } from '@/simulator/data/org-data';
import type { SimOrg, SimUser } from '@/simulator/types';

/** What a user sees of the schema in one call: field-level security, hidden objects, and the age of the version. */
export type Viewer = (user: SimUser, version: number) => SimUser;

/** Makes out the viewers of an org. Acts change `org.hidden` between two calls. */
export function createViewer(org: SimOrg, data: OrgData): Viewer {
  const versioned = data.tables.flatMap(({ definition }) =>
    definition.fields
      .filter(({ since }) => since > 0)
      .map(({ name, since }) => ({ object: definition.name, name, since })),
  );
  return (user, version) => {
    const tooNew = versioned.filter(({ since }) => since > version);
    if (tooNew.length === 0 && org.hidden.size === 0) return user;
    const hidden = new Map(
      Object.entries(user.hiddenFields).map(([object, names]) => [object, new Set(names)]),
    );
    const namesOf = (object: string) => {
      const names = hidden.get(object) ?? new Set<string>();
      hidden.set(object, names);
      return names;
    };
    const hiddenObjects: string[] = [];
    for (const [thing, forWhom] of org.hidden) {
      const isHidden = forWhom.get(user.username);
      const [object = '', field] = thing.split('.');
      if (field === undefined && isHidden) hiddenObjects.push(object);
      if (field !== undefined && isHidden !== undefined) namesOf(object)[isHidden ? 'add' : 'delete'](field);
    }
    for (const { object, name } of tooNew) namesOf(object).add(name);
    const hiddenFields = Object.fromEntries([...hidden].map(([object, names]) => [object, [...names]]));
    return { ...user, hiddenFields, hiddenObjects };
  };
}
