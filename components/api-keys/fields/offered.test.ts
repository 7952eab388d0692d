import { describe, expect, it } from 'vitest';
import { lastWord, offered, withLastWord } from './offered';

const named = (...names: string[]) => names.map((name) => ({ name, label: `The ${name}` }));
const namesOf = (typed: string) =>
  offered(
    [...named('Account', 'AccountShare', 'PartnerAccount'), { name: 'Inv__c', label: 'Invoice' }],
    typed,
  ).map(({ name }) => name);

describe('names that are offered', () => {
  it('begin with what is typed, or contain it in name or label, whatever the case', () => {
    expect(namesOf('ACC')).toEqual(['Account', 'AccountShare', 'PartnerAccount']);
    expect(namesOf('invoi')).toEqual(['Inv__c']);
    expect(namesOf('')).toHaveLength(4);
    expect(namesOf('Nothing__c')).toEqual([]);
  });

  it('are fifty at most', () => {
    const many = named(...Array.from({ length: 80 }, (_, index) => `Field${index}__c`));
    expect(offered(many, 'field')).toHaveLength(50);
  });

  it('take the place of the word that is being typed, and of no other', () => {
    expect(lastWord('Name, Ind')).toBe('Ind');
    expect(lastWord('Name, ')).toBe('');
    expect(withLastWord('Name, Ind', 'Industry')).toBe('Name, Industry, ');
    expect(withLastWord('', 'Name')).toBe('Name, ');
  });
});
