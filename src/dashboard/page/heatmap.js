// The heat map: a table of speakers, or of their parties, and the parties they speak about.
const mapBy = find('#map-by');
const mapOrder = find('#map-order');
const mapSize = find('#map-size');
const COLUMNS = { 15: 12, 30: 24, 100: 60 };
/** The party by whose column rows are sorted, or -1. */
let sortedBy = -1;

/** Rows and columns of the map with a figure for each pair that has one. */
function mapOf(summary) {
  const byGroup = mapBy.value === 'group';
  const cells = new Map();
  const rows = new Map();
  const columns = new Map();
  for (const [key, tally] of byGroup ? summary.groups : summary.pairs) {
    const figure = tally.figure();
    if (!figure) continue;
    const [row, party] = [Math.floor(key / partyCount), key % partyCount];
    cells.set(key, figure);
    columns.set(party, (columns.get(party) ?? 0) + figure.statements);
  }
  const size = Number(mapSize.value);
  const most = (counts) => [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([position]) => position);
  const allRows = new Set([...cells.keys()].map((key) => Math.floor(key / partyCount))).size;
  const shownColumns = most(columns).slice(0, COLUMNS[size]);
  for (const [key, { statements }] of cells) {
    const row = Math.floor(key / partyCount);
    if (shownColumns.includes(key % partyCount)) rows.set(row, (rows.get(row) ?? 0) + statements);
  }
  const shownRows = most(rows).slice(0, size);
  const name = (row) => (byGroup ? partyLabels[row] : speakers.name[row]);
  const group = (row) => (speakers.party[row] < 0 ? '\uffff' : partyLabels[speakers.party[row]]);
  const score = (row) => cells.get(pairKey(row, sortedBy))?.score ?? -2;
  if (!shownColumns.includes(sortedBy)) sortedBy = -1;
  if (sortedBy >= 0) shownRows.sort((a, b) => score(b) - score(a));
  else if (mapOrder.value === 'name') shownRows.sort((a, b) => name(a).localeCompare(name(b)));
  else if (mapOrder.value === 'party' && !byGroup)
    shownRows.sort((a, b) => group(a).localeCompare(group(b)) || rows.get(b) - rows.get(a));
  return { byGroup, cells, rows: shownRows, columns: shownColumns, name, allRows, allColumns: columns.size };
}

function drawMap(summary) {
  const map = mapOf(summary);
  find('#map-title').textContent = map.byGroup ? 'Speakers’ parties toward parties' : 'Speakers toward parties';
  if (!map.rows.length) {
    find('#map-box').replaceChildren(
      make('p', { class: 'note' }, 'No quotation that passes the filters refers to a party.'),
    );
    return;
  }
  const head = make(
    'tr',
    {},
    make('th', { scope: 'col', class: 'corner' }, map.byGroup ? 'Speakers of' : 'Speaker'),
    ...map.columns.map((party) =>
      make(
        'th',
        { scope: 'col', 'aria-sort': party === sortedBy ? 'descending' : null },
        button(
          partyLabels[party],
          () => {
            sortedBy = sortedBy === party ? -1 : party;
            redrawMap();
          },
          { title: `Sort by the figures toward ${partyLabels[party]}` },
        ),
      ),
    ),
  );
  const everyone = make(
    'tr',
    { class: 'everyone' },
    make(
      'th',
      { scope: 'row' },
      button('Everyone', () => openQuotes('Everyone', summary.counted), { class: 'name' }),
    ),
    ...map.columns.map((party) => cellOf(EVERYONE, party, summary.parties.get(party)?.figure(), summary, 'Everyone')),
  );
  const rows = map.rows.map((row) =>
    make(
      'tr',
      {},
      rowHead(map, row, summary),
      ...map.columns.map((party) => cellOf(row, party, map.cells.get(pairKey(row, party)), summary, map.name(row))),
    ),
  );
  const table = make(
    'table',
    { class: 'map', role: 'grid', 'aria-labelledby': 'map-title' },
    make('thead', {}, head),
    make('tbody', {}, everyone, ...rows),
  );
  walkWithArrows(table);
  const left = [
    [map.allRows - map.rows.length, 'row'],
    [map.allColumns - map.columns.length, 'column'],
  ];
  const more = left
    .filter(([count]) => count > 0)
    .map(([count, noun]) => counted(count, noun))
    .join(' and ');
  const note = more
    ? make('p', { class: 'more' }, `Not shown: ${more} with fewer statements. Show more, or filter.`)
    : '';
  find('#map-box').replaceChildren(table, note);
}

function rowHead(map, row, summary) {
  const of = (quote) => (map.byGroup ? groupsOf(quote).has(row) : speakersOf(quote).includes(row));
  const open = () =>
    openQuotes(map.byGroup ? `Speakers of ${map.name(row)}` : map.name(row), summary.counted.filter(of));
  const party = map.byGroup ? null : partyOfSpeaker(row);
  return make(
    'th',
    { scope: 'row' },
    button(map.name(row), open, { class: 'name' }),
    party ? make('span', { class: 'of' }, party) : null,
  );
}

/** What is said of a speaker beside the name. */
function partyOfSpeaker(speaker) {
  const party = speakers.party[speaker] < 0 ? null : partyLabels[speakers.party[speaker]];
  return [party, speakers.kind[speaker] === 'unnamed' ? 'unnamed' : null].filter(Boolean).join(', ');
}

function cellOf(row, party, figure, summary, name) {
  if (!figure) return make('td', { role: 'gridcell' });
  const toward = partyLabels[party];
  const open = () => openFigure(summary, row, party, mapBy.value === 'group', name, figure);
  const cell = button('', open, {
    class: 'cell',
    tabindex: '-1',
    'aria-label': `${name} toward ${toward}: ${describe(figure)}`,
    title: `${name} → ${toward}\n${describe(figure)}`,
    'data-row': row < 0 ? 'everyone' : (mapBy.value === 'group' ? parties : speakers).id[row],
    'data-party': parties.id[party],
  });
  cell.append(make('span', {}, signed(figure.score)), make('small', {}, grouped.format(figure.statements)));
  paint(cell, figure.score, figure.evidence);
  return make('td', { role: 'gridcell' }, cell);
}

/** Opens the quotations of a row toward a party. */
function openFigure(summary, row, party, byGroup, name, figure) {
  const said = (quote) =>
    row === EVERYONE
      ? quotes.speakers[quote] > 0
      : byGroup
        ? groupsOf(quote).has(row)
        : speakersOf(quote).includes(row);
  const list = summary.counted.filter((quote) => said(quote) && stanceToward(quote, party) >= 0);
  openQuotes(`${name} → ${partyLabels[party]}`, list, { figure, party });
}

/** One cell takes part in the order of the tab key, arrows lead to the others. */
function walkWithArrows(table) {
  const buttons = [...table.tBodies[0].rows].map((row) =>
    [...row.cells].map((cell) => cell.querySelector('button.cell')),
  );
  const first = buttons.flat().find(Boolean);
  if (first) first.tabIndex = 0;
  const steps = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
  table.addEventListener('keydown', (event) => {
    const step = steps[event.key];
    const row = buttons.findIndex((cells) => cells.includes(event.target));
    if (!step || row < 0) return;
    event.preventDefault();
    let [y, x] = [row, buttons[row].indexOf(event.target)];
    do {
      y += step[0];
      x += step[1];
    } while (buttons[y] && x >= 0 && x < buttons[y].length && !buttons[y][x]);
    const next = buttons[y]?.[x];
    if (!next) return;
    event.target.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}

/** The scale: the figure from left to right, evidence from top to bottom. */
function drawLegend() {
  const scores = [-1, -0.5, 0, 0.5, 1];
  const rows = [1, 3, 12].map((evidence) =>
    make(
      'tr',
      {},
      make('th', { scope: 'row' }, counted(evidence, 'statement')),
      ...scores.map((score) => {
        const cell = make('td');
        paint(cell, score, evidence);
        return cell;
      }),
    ),
  );
  find('#legend').replaceChildren(
    make(
      'table',
      { class: 'legend' },
      make('caption', {}, 'Scale'),
      make(
        'thead',
        {},
        make('tr', {}, make('td'), ...scores.map((score) => make('th', { scope: 'col' }, signed(score)))),
      ),
      make('tbody', {}, ...rows),
    ),
    make(
      'p',
      {},
      make('span', { class: 'end against' }, 'against'),
      ' – ',
      make('span', { class: 'end favor' }, 'in favor'),
    ),
  );
}
