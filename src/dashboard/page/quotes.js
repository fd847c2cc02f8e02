// The sheet: the quotations behind a figure, each in its place in the article.
const sheet = find('#sheet');
const cards = new VirtualList(find('#sheet-list'), 190);
const STANCES = ['favor', 'neutral', 'against'];

/** Opens the quotations behind a figure. `party` is the party that the figure is about, if it is about one. */
function openQuotes(title, list, { figure = null, party = -1, note = '' } = {}) {
  find('#sheet-title').textContent = title;
  const inArticles = new Set(list.map((quote) => articleOf[quote])).size;
  const lines = [
    make('p', {}, `${counted(list.length, 'quotation')} in ${counted(inArticles, 'article')}. ${note}`.trim()),
  ];
  if (figure) {
    const parts = STANCES.map((part) => `${part} ${figure[part].toFixed(1)}`).join(' · ');
    lines.unshift(
      make(
        'p',
        { class: 'figure' },
        make('strong', {}, signed(figure.score)),
        make('span', {}, `95% interval ${signed(figure.low)} to ${signed(figure.high)}`),
      ),
      balance(figure),
      make('p', {}, `Expected of ${counted(figure.statements, 'statement')}: ${parts}`),
    );
  }
  find('#sheet-figure').replaceChildren(...lines);
  if (!sheet.open) sheet.showModal();
  cards.show(list.length, (at, resized) => card(list[at], party, resized));
  find('#sheet-title').focus();
}

function card(quote, party, resized) {
  const article = articleOf[quote];
  const words = make('blockquote', {}, '…');
  const fill = (passage) => {
    words.replaceChildren(...marked(quote, passage, party));
  };
  const found = passageOf(quote);
  if (found instanceof Promise)
    found.then((passage) => {
      fill(passage);
      resized();
    });
  else fill(found);

  const speaking = speakersOf(quote);
  const who = speaking.length ? speaking.map((speaker) => speakers.name[speaker]).join(', ') : 'speaker not told';
  const groups = [...groupsOf(quote, new Set())].map((group) => partyLabels[group]);
  const about = [
    KINDS[quotes.kind[quote]],
    `speaker ${percent(quotes.p_speaker[quote] / 1e4)}`,
    `quotation ${percent(quotes.p_span[quote] / 1e4)}`,
    quotes.verdict[quote] ? VERDICTS[quotes.verdict[quote]] : null,
  ]
    .filter(Boolean)
    .join(' · ');
  const place = articles.length[article] ? quotes.start[quote] / articles.length[article] : 0;
  const marker = make('span', { class: 'place', 'aria-hidden': 'true' }, make('i'));
  marker.firstChild.style.left = percent(place);
  const published = [
    articles.source[article] < 0 ? null : sources[articles.source[article]],
    articles.day[article] === null ? 'no date' : dayName(articles.day[article]),
  ]
    .filter(Boolean)
    .join(', ');
  return make(
    'article',
    { class: 'card', tabindex: '-1' },
    make(
      'header',
      {},
      make('strong', {}, who),
      groups.length ? ` ${groups.join(', ')}` : '',
      make('span', { class: 'aside' }, about),
    ),
    words,
    stanceChips(quote, party),
    make(
      'footer',
      {},
      make('span', { class: 'title' }, articles.title[article] || articles.path[article]),
      make('span', {}, published),
      make(
        'span',
        { class: 'aside' },
        `${articles.path[article]} · ${quotes.id[quote]} · characters ${grouped.format(quotes.start[quote])}–${grouped.format(quotes.end[quote])}, ${percent(place)} into the article`,
      ),
      marker,
      copiesOf(quote, resized),
    ),
  );
}

function stanceChips(quote, party) {
  const chips = [];
  for (let at = stancesAt[quote]; at < stancesAt[quote + 1]; at += 1) {
    const shares = STANCES.map((part) => stances[part][at] / 1e4);
    const best = shares.indexOf(Math.max(...shares));
    const rest = STANCES.map((part, which) => `${part} ${percent(shares[which])}`).join(', ');
    chips.push(
      make(
        'li',
        { class: STANCES[best] + (party >= 0 && stances.party[at] !== party ? ' other' : ''), title: rest },
        `${STANCES[best]} ${partyLabels[stances.party[at]]} `,
        make('b', {}, percent(shares[best])),
      ),
    );
  }
  return chips.length ? make('ul', { class: 'stances', 'aria-label': 'Stances' }, ...chips) : null;
}

/** Where else the same words stand. */
function copiesOf(quote, resized) {
  const prints = printsOf(quote);
  if (!prints.length) return null;
  const list = () =>
    prints.map((other) => {
      const article = articleOf[other];
      const day = articles.day[article] === null ? '' : `, ${dayName(articles.day[article])}`;
      return make(
        'li',
        {},
        `${articles.title[article] || articles.path[article]}${day} · ${articles.path[article]} ${quotes.id[other]}`,
      );
    });
  const box = make(
    'details',
    { class: 'copies' },
    make('summary', {}, `the same words ${prints.length === 1 ? 'once' : `${prints.length} times`} more`),
  );
  box.addEventListener('toggle', () => {
    if (box.children.length === 1) box.append(make('ul', {}, ...list()));
    resized();
  });
  return box;
}

/** The passage with the quotation, its attribution and the words that refer to parties marked. */
function marked(quote, { text, spans, attribution, evidence }, party) {
  const edges = new Set([0, text.length]);
  const layers = [
    ['said', spans],
    ['attribution', attribution],
  ];
  evidence.forEach((words, which) => {
    const toward = stances.party[stancesAt[quote] + which];
    if (party < 0 || toward === party) layers.push(['evidence', words]);
  });
  layers.forEach(([, ends]) => ends.forEach((end) => edges.add(end)));
  const cuts = [...edges].sort((a, b) => a - b);
  const covers = (ends, from) => ends.some((end, at) => at % 2 === 0 && end <= from && from < ends[at + 1]);
  return cuts.slice(0, -1).map((from, at) => {
    const part = text.slice(from, cuts[at + 1]);
    const names = layers.filter(([, ends]) => covers(ends, from)).map(([name]) => name);
    if (!names.length) return document.createTextNode(part);
    return make(names.includes('said') ? 'mark' : 'span', { class: [...new Set(names)].join(' ') }, part);
  });
}
