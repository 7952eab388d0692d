import type { RelatedList } from '@/lib/records/record/types';
import type { ChildRelationship, GlobalSobject } from '@/lib/salesforce/types';

/** What most people look for first. */
const MAIN =
  `Contact Opportunity Case OpportunityLineItem OpportunityContactRole Quote Order OrderItem Contract Asset Task Event
  CampaignMember Lead Account AccountContactRelation ContentDocumentLink Note Attachment`.split(/\s+/);

/** How Salesforce keeps the books of an object: last. */
const BOOKKEEPING = /(?:History|Feed|Share|Tag|ChangeEvent|Event__e|Status|Relation)$/;

/** The child records that can be queried, main ones first, then the org's own. */
export function relatedLists(
  children: readonly ChildRelationship[],
  all: readonly GlobalSobject[],
): RelatedList[] {
  const objects = new Map(all.filter(({ queryable }) => queryable).map((one) => [one.name, one]));
  const times = new Map<string, number>();
  for (const { childSObject } of children) times.set(childSObject, (times.get(childSObject) ?? 0) + 1);
  const rank = (sobject: string) => {
    const main = MAIN.indexOf(sobject);
    if (main >= 0) return main;
    return BOOKKEEPING.test(sobject) ? MAIN.length + 2 : MAIN.length + (objects.get(sobject)?.custom ? 0 : 1);
  };
  return children
    .flatMap(({ relationshipName: relationship, childSObject: sobject, field }) => {
      const object = objects.get(sobject);
      if (object === undefined) return [];
      const label =
        (times.get(sobject) ?? 1) > 1
          ? `${object.labelPlural} (${wordsOf(relationship)})`
          : object.labelPlural;
      return [{ relationship, label, sobject, field }];
    })
    .sort(
      (one, other) => rank(one.sobject) - rank(other.sobject) || one.label.localeCompare(other.label, 'en'),
    );
}

/** `ChildAccounts` as `Child Accounts`. */
function wordsOf(relationship: string): string {
  return relationship
    .replace(/__r$/, '')
    .replaceAll('_', ' ')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
}
