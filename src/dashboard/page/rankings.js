// Who is quoted most, and who favors and opposes each party.
const quotedList = new VirtualList(find('#quoted'), 40);
const SIDES = 12;
const NAMES = 5;

function drawQuoted(summary) {
  const most = [...summary.quoted].sort(
    (a, b) => b[1] - a[1] || speakers.name[a[0]].localeCompare(speakers.name[b[0]]),
  );
  const top = most.length ? most[0][1] : 1;
  find('#quoted-lead').textContent = `${counted(most.length, 'speaker')} by the number of quotations.`;
  quotedList.show(most.length, (at) => {
    const [speaker, count] = most[at];
    const bar = make('i', { 'aria-hidden': 'true' });
    bar.style.width = percent(count / top);
    const open = () =>
      openQuotes(
        speakers.name[speaker],
        summary.counted.filter((quote) => speakersOf(quote).includes(speaker)),
      );
    return make(
      'div',
      { class: 'quoted', role: 'listitem' },
      button(speakers.name[speaker], () => choose('speaker', speaker), {
        class: 'name',
        title: `Filter by ${speakers.name[speaker]}`,
      }),
      make('span', { class: 'of' }, partyOfSpeaker(speaker)),
      make('span', { class: 'track' }, bar),
      button(grouped.format(count), open, {
        class: 'number',
        'aria-label': `Open the ${counted(count, 'quotation')} of ${speakers.name[speaker]}`,
      }),
    );
  });
}

function drawSides(summary) {
  const byParty = new Map();
  for (const [key, tally] of summary.pairs) {
    const figure = tally.figure();
    const [speaker, party] = [Math.floor(key / partyCount), key % partyCount];
    if (!figure) continue;
    if (!byParty.has(party)) byParty.set(party, []);
    byParty.get(party).push({ speaker, figure, ...side(figure) });
  }
  const most = [...summary.parties].sort((a, b) => b[1].statements - a[1].statements || a[0] - b[0]).slice(0, SIDES);
  const rows = most.map(([party, tally]) => {
    const figure = tally.figure();
    const pairs = (byParty.get(party) ?? []).sort(
      (a, b) =>
        b.sure - a.sure || b.figure.evidence * Math.abs(b.figure.score) - a.figure.evidence * Math.abs(a.figure.score),
    );
    const of = (toward) => pairs.filter((pair) => pair.toward === toward);
    const open = () => openFigure(summary, EVERYONE, party, false, 'Everyone', figure);
    return figure
      ? make(
          'div',
          { class: 'sides', role: 'group', 'aria-label': partyLabels[party] },
          make(
            'div',
            { class: 'middle' },
            button(partyLabels[party], () => choose('party', party), {
              class: 'name',
              title: `Filter by ${partyLabels[party]}`,
            }),
            button(signed(figure.score), open, {
              class: 'number',
              'aria-label': `Everyone toward ${partyLabels[party]}: ${describe(figure)}`,
            }),
            balance(figure),
            make('span', { class: 'aside' }, counted(figure.statements, 'statement')),
          ),
          names(summary, party, of(-1), 'against', 'Against'),
          names(summary, party, of(1), 'favor', 'In favor'),
        )
      : null;
  });
  find('#sides').replaceChildren(...rows.filter(Boolean));
}

/** Those on one side, the surest first. */
function names(summary, party, pairs, word, title) {
  const entry = ({ speaker, figure, sure }) =>
    make(
      'li',
      {},
      button(speakers.name[speaker], () => openFigure(summary, speaker, party, false, speakers.name[speaker], figure), {
        class: `lean ${word}${sure ? ' sure' : ''}`,
        title: describe(figure),
        'aria-label': `${speakers.name[speaker]}, ${sure ? '' : 'leaning '}${word}: ${describe(figure)}`,
      }),
    );
  const list = make('ul', {}, ...pairs.slice(0, NAMES).map(entry));
  if (pairs.length > NAMES) {
    const more = button(
      `${pairs.length - NAMES} more`,
      () => {
        list.replaceChildren(...pairs.map(entry));
        list.querySelector('button').focus();
      },
      { class: 'number' },
    );
    list.append(make('li', {}, more));
  }
  return make(
    'div',
    { class: `side ${word}` },
    make('h3', {}, `${title} ${pairs.length ? grouped.format(pairs.length) : ''}`),
    pairs.length ? list : make('p', { class: 'aside' }, 'nobody'),
  );
}
