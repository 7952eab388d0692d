import { definitionsOf } from '@/simulator/data/definitions';
import { type LiveObject, liveTable } from '@/simulator/data/live-table';
import { accountFacts } from '@/simulator/data/objects/account-values';
import { opportunityColumns } from '@/simulator/data/objects/opportunity-values';
import { contactColumns, organizationColumns } from '@/simulator/data/objects/other-values';
import { projectColumns } from '@/simulator/data/objects/project/project-values';
import { userTable } from '@/simulator/data/objects/user-values';
import { WIDE_ROWS, wideColumns } from '@/simulator/data/objects/wide/wide-values';
import type { CellValue, FieldDefinition, SobjectDefinition } from '@/simulator/data/schema';
import { type Column, countedIds, type Link, type RowIds, Table } from '@/simulator/data/table';
import { makeWorld } from '@/simulator/data/world';
import { id18 } from '@/simulator/seed/ids';
import type { SimOrg, SimUser } from '@/simulator/types';

/** All records of one org. Deterministic: the same org definition gives the same rows at every start. */
export interface OrgData {
  /** The generated ones. */
  readonly tables: readonly Table[];
  /** By API name, without regard to case; the live ones only for a user who may see them. */
  table(name: string, user?: SimUser): Table | null;
  /** The generated tables and the live ones of this user. */
  tablesOf(user: SimUser): readonly Table[];
}

/** First number of the counted ids; above the users' so that ids of one org never meet. */
const FIRST_ID = 2 * 62 ** 4;

/** Makes the tables of an org. Costs next to nothing: cells are computed when they are read. */
export function createOrgData(org: SimOrg, live: readonly LiveObject[] = []): OrgData {
  const world = makeWorld(org);
  const definitions = definitionsOf(org);
  const facts = accountFacts(world);
  const tables = new Map<string, Table>();

  function add(
    definition: SobjectDefinition,
    size: number,
    content: { columns: Record<string, Column>; links: Record<string, Link> },
    ids: RowIds = countedIds(definition.keyPrefix, world.pod, FIRST_ID, size),
  ): void {
    const columns = { ...content.columns };
    // No record here was ever merged into another.
    const links: Record<string, Link> = { MasterRecordId: () => -1, ...content.links };
    for (const field of definition.fields) {
      const link = links[field.name];
      const target = field.referenceTo[0];
      if (!link || !target) continue;
      columns[field.name] = (row) => {
        const pointed = link(row);
        return pointed < 0 ? null : (tables.get(target.toLowerCase())?.ids.idOf(pointed) ?? null);
      };
    }
    for (const [name, own] of Object.entries(columns)) {
      const key = `${definition.name}.${name}`;
      columns[name] = (row) => (org.filled.size === 0 ? own(row) : (org.filled.get(key) ?? own(row)));
    }
    const source = { definition, size, ids, columns, links };
    tables.set(definition.name.toLowerCase(), new Table(source));
  }

  const users = userTable(world);
  // Read live: the fault `change_org_id` gives the org another id.
  const organizationIds: RowIds = {
    inRowOrder: false,
    idOf: () => org.orgId,
    rowOf: (id) => (id18(id) === org.orgId ? 0 : -1),
  };
  add(definitions.account, world.accounts, facts);
  add(definitions.contact, world.contacts, contactColumns(world, facts));
  add(definitions.opportunity, world.opportunities, opportunityColumns(world, facts));
  add(definitions.organization, 1, organizationColumns(world), organizationIds);
  add(definitions.project, world.projects, projectColumns(world, facts));
  add(definitions.user, users.size, users, users.ids);
  add(definitions.wide, WIDE_ROWS, wideColumns(world));

  function table(name: string, user?: SimUser): Table | null {
    const wanted = name.toLowerCase();
    if (user?.hiddenObjects?.some((hidden) => hidden.toLowerCase() === wanted)) return null;
    const object = live.find(({ definition }) => definition.name.toLowerCase() === wanted);
    if (!object) return tables.get(wanted) ?? null;
    return user && object.isFor(user) ? liveTable(object, user, (target) => table(target, user)) : null;
  }

  return {
    tables: [...tables.values()],
    table,
    tablesOf: (user) => {
      const own = live.filter((object) => object.isFor(user)).map(({ definition }) => definition.name);
      return [...tables.keys(), ...own].flatMap((name) => table(name, user) ?? []);
    },
  };
}

/** True unless field-level security hides the field from this user. */
export function isVisible(user: SimUser, sobject: string, field: FieldDefinition): boolean {
  return !(user.hiddenFields[sobject] ?? []).includes(field.name);
}

/** The fields of an object that this user may see, in the order of describe. */
export function visibleFields(user: SimUser, table: Table): FieldDefinition[] {
  return table.definition.fields.filter((field) => isVisible(user, table.definition.name, field));
}

/** A cell as the REST API writes it; the compound address is put together here. */
export function cellOf(
  table: Table,
  field: FieldDefinition,
  row: number,
): CellValue | Record<string, CellValue> {
  if (field.type !== 'address') return table.column(field)(row);
  const prefix = field.name.slice(0, -'Address'.length);
  const part = (name: string): CellValue => {
    const column = table.field(`${prefix}${name}`);
    return column ? table.column(column)(row) : null;
  };
  const address = {
    city: part('City'),
    country: part('Country'),
    // Null without state and country picklists.
    countryCode: part('CountryCode'),
    geocodeAccuracy: part('GeocodeAccuracy'),
    latitude: part('Latitude'),
    longitude: part('Longitude'),
    postalCode: part('PostalCode'),
    state: part('State'),
    stateCode: part('StateCode'),
    street: part('Street'),
  };
  return Object.values(address).every((value) => value === null) ? null : address;
}
