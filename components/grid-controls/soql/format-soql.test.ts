import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSoql } from './format-soql';

function linesOf(soql: string): string[] {
  return formatSoql(soql).map((line) => line.map(({ text }) => text).join(''));
}

describe('formatSoql', () => {
  it('puts clauses and outer conditions on lines of their own', () => {
    const soql =
      "SELECT Id, (SELECT Id FROM Contacts) FROM Account WHERE (Name LIKE '%or from%' AND (Amount > 1 OR Type = null)) ORDER BY Name ASC NULLS LAST";
    expect(linesOf(soql)).toEqual([
      'SELECT Id, (SELECT Id FROM Contacts)',
      'FROM Account',
      "WHERE (Name LIKE '%or from%'",
      '  AND (Amount > 1 OR Type = null))',
      'ORDER BY Name ASC NULLS LAST',
    ]);
  });

  it('tells words, texts and values apart', () => {
    const tokens = formatSoql("SELECT Id FROM A WHERE X__c = 'a\\'b' AND D = LAST_N_DAYS:30").flat();
    const ofKind = (kind: string) => tokens.filter((token) => token.kind === kind).map(({ text }) => text);
    expect(ofKind('word')).toEqual(['SELECT', 'FROM', 'WHERE', 'AND']);
    expect(ofKind('text')).toEqual(["'a\\'b'"]);
    expect(ofKind('value')).toEqual(['LAST_N_DAYS:30']);
  });

  it('loses nothing, whatever the statement says', () => {
    fc.assert(
      fc.property(fc.string(), (soql) => {
        const bare = (text: string) => text.replace(/\s+/g, '');
        expect(bare(linesOf(soql).join('\n'))).toBe(bare(soql));
      }),
    );
  });
});
