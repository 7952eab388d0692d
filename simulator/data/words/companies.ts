/** First words of company names by region. Composed, not taken from a register. */
export const ROOTS: Readonly<Record<string, readonly string[]>> = {
  english: (
    'Harrow Brightwater Ashcombe Calder Northgate Redfern Stonebridge Whitlock Kestrel Langford Marlowe ' +
    'Pembroke Thornbury Wexford Alder Beacon Cascade Dunmore Eastfield Fairmont Granite Hawthorne Ironwood ' +
    'Juniper Kingsley Larkspur Meridian Newhaven Oakhurst Pinecrest Quarry Ridgeline Summit Tidewater Union ' +
    'Vantage Westbrook Yarrow Bluepeak Copperfield Driftwood Evergreen Foxhall Glenmore Highland Keystone ' +
    'Lakeview Millbrook Oakfield Prospect Rosewood Silverline Timberland Underhill Walden Atwood Bellamy ' +
    'Carrington Delacroix Ellsworth Fitzgerald Greenway Holloway Kirkland Lockwood Mercer Norwood Osborne ' +
    'Prescott Ramsey Sinclair Thatcher Vickers Winslow'
  ).split(' '),
  german: (
    'Bergmann Brückner Falkenstein Grünwald Hartmann Hofmeister Jäger Kaltenbach Königsberger Lindner ' +
    'Möller Neuhaus Oberland Petersen Rheinfels Sauerland Schönfeld Steinbach Strohmeyer Überlinger Vogel ' +
    'Waldner Weißenburg Zimmermann Alpenstern Donautal Elbtal Hanse Isarwerk Nordlicht Schwarzwald Spreewald'
  ).split(' '),
  romance: (
    'Beaumont Béranger Châtelain Delorme Étoile Fontaine Girard Hébert Lefèvre Marchand Noël Perrault ' +
    'Rousseau Saint-Clair Thibault Vasseur Aragón Belmonte Castellar Domínguez Herrería Ibáñez Montañés ' +
    'Navarro Peñalver Serrano Valdés Zúñiga'
  ).split(' '),
  nordic:
    'Ångström Bjärehov Dalvik Ekström Fjällräven-Öst Hallberg Lindqvist Nyström Sjöberg Öresund Åkerlund'.split(
      ' ',
    ),
  slavic: 'Brzeziński Czarnecki Dąbrowa Kowalski Łukasik Nowak Śląsk Wiśniewski Zając Żuraw'.split(' '),
  japanese: 'Aoyama Fujimori Hayashi Ishikawa Kitagawa Mizuno Nakahara Sakura Takeda Yamashiro'.split(' '),
};

/** What a company of an industry calls its trade. */
export const TRADES: Readonly<Record<string, readonly string[]>> = {
  Agriculture: ['Farms', 'Agri', 'Seed & Grain'],
  Apparel: ['Textiles', 'Outfitters', 'Apparel'],
  Banking: ['Bank', 'Savings Bank', 'Trust'],
  Biotechnology: ['Biosciences', 'Genomics', 'Biotech'],
  Chemicals: ['Chemicals', 'Coatings', 'Polymers'],
  Communications: ['Communications', 'Broadcast', 'Signal'],
  Construction: ['Construction', 'Builders', 'Civil Works'],
  Consulting: ['Consulting', 'Advisory', 'Partners'],
  Education: ['Academy', 'Learning', 'Institute'],
  Electronics: ['Electronics', 'Semiconductors', 'Instruments'],
  Energy: ['Energy', 'Power', 'Renewables'],
  Engineering: ['Engineering', 'Precision', 'Systems'],
  Entertainment: ['Studios', 'Entertainment', 'Pictures'],
  Environmental: ['Environmental', 'Recycling', 'Water'],
  Finance: ['Capital', 'Finance', 'Asset Management'],
  'Food & Beverage': ['Foods', 'Brewing', 'Bakeries'],
  Government: ['Municipal Services', 'Public Works', 'Authority'],
  Healthcare: ['Health', 'Clinics', 'Medical'],
  Hospitality: ['Hotels', 'Resorts', 'Catering'],
  Insurance: ['Insurance', 'Mutual', 'Assurance'],
  Machinery: ['Machinery', 'Tools', 'Hydraulics'],
  Manufacturing: ['Manufacturing', 'Industries', 'Works'],
  Media: ['Media', 'Press', 'Publishing'],
  'Not For Profit': ['Foundation', 'Relief', 'Trust Fund'],
  Recreation: ['Sports', 'Outdoors', 'Leisure'],
  Retail: ['Stores', 'Retail', 'Market'],
  Shipping: ['Shipping', 'Maritime', 'Freight'],
  Technology: ['Software', 'Data', 'Technologies'],
  Telecommunications: ['Telecom', 'Networks', 'Mobile'],
  Transportation: ['Logistics', 'Rail', 'Transport'],
  Utilities: ['Utilities', 'Grid', 'Gas & Water'],
  Other: ['Holdings', 'Group', 'Ventures'],
};

/** What is sold: the second half of an opportunity's name. */
export const DEALS = (
  'Service Renewal|Platform Rollout|Support Contract|Fleet Upgrade|Annual License|Pilot Project|' +
  'Data Center Refresh|Emergency Generators|Warehouse Expansion|Managed Services|Training Package|' +
  'Security Audit|Analytics Add-on|Regional Expansion|Maintenance 2-Year|Onboarding|Spare Parts|' +
  'Field Service App|Network Redesign|Solar Panels|Quality Lab|Migration|Consulting Days'
).split('|');

/**
 * Rows with a fixed name, in every org: markup, quotes, LIKE wildcards, scripts other than Latin, text from
 * right to left, and the longest name that fits. Row numbers are spread so that they meet different columns.
 */
export const SPECIAL_NAMES: ReadonlyMap<number, string> = new Map([
  [7, "O'Hara & Söhne <script>alert(1)</script>"],
  [19, '"Quoted" Holdings, Inc. <img src=x onerror=alert(2)>'],
  [31, '100% Natural_Foods \\ Co.'],
  [43, '株式会社さくら電機'],
  [58, 'مؤسسة النور للتجارة'],
  [71, 'Æther Ørsted & Ærø A/S'],
  [86, 'Łódzkie Młyny Śnieżka Sp. z o.o.'],
  [97, 'Café ☕ Crème'],
  [113, `Longworth ${'and Longworth '.repeat(17)}Ltd`.slice(0, 255)],
  [128, '=SUM(A1:A9) Trading'],
  [149, 'acme rockets'],
  [150, 'ACME Rockets'],
]);
