// Puts the page together and draws it again when filters, choices, theme or width change.
let summary = null;

function redrawMap() {
  drawMap(summary);
}
function redrawTime() {
  drawTime(summary);
}

function drawCounts() {
  const { counted: list, copies, wrong, silent } = summary;
  const link = (quotesOf, words, title, note) =>
    quotesOf.length ? button(words, () => openQuotes(title, quotesOf, { note }), { class: 'number' }) : null;
  const parts = [
    link(list, counted(list.length, 'quotation'), 'All quotations', ''),
    ` counted in ${counted(summary.articles, 'article')}, ${counted(summary.quoted.size, 'speaker')}, ${counted(summary.parties.size, 'party').replace('partys', 'parties')}`,
    ...[
      [
        copies,
        'with words counted before',
        'Words counted before',
        'Repeated in their article or copied from another.',
      ],
      [
        silent,
        'without a speaker',
        'Without a speaker',
        'The article does not tell who speaks; these are in no figure.',
      ],
      [wrong, 'judged wrong', 'Judged wrong', 'A reviewer called these wrong; they are left out.'],
    ].flatMap(([of, words, title, note]) =>
      of.length ? [' · ', link(of, `${grouped.format(of.length)} ${words}`, title, note)] : [],
    ),
  ];
  find('#counts').replaceChildren(
    ...(list.length || wrong.length ? parts : ['No quotation passes the filters.']).filter(Boolean),
  );
}

function draw() {
  drawCounts();
  redrawMap();
  offerParties(summary);
  redrawTime();
  drawQuoted(summary);
  drawSides(summary);
}

let asked = 0;
onFilter = async () => {
  asked += 1;
  const ours = asked;
  const passes = await passing();
  if (ours !== asked) return;
  summary = summarize(passes);
  draw();
};

function drawAbout() {
  const days = articles.day.filter((day) => day !== null);
  const dates = days.length
    ? `, ${dayName(days.reduce((a, b) => Math.min(a, b)))} – ${dayName(days.reduce((a, b) => Math.max(a, b)))}`
    : '';
  find('#about').textContent =
    `${counted(articles.path.length, 'article')}, ${counted(quoteCount, 'quotation')}${dates}`;
  find('#window').textContent = data.copy_window;
  const models = data.models.length ? `, model ${data.models.join(', ')}` : '';
  find('#made').textContent = `Made by ascribe ${data.version}${models}. Charts by uPlot (MIT License).`;
}

function showTheme() {
  document.documentElement.dataset.theme = isDark() ? 'dark' : 'light';
  find('#theme').textContent = { auto: 'Colors: auto', light: 'Colors: light', dark: 'Colors: dark' }[theme];
  drawLegend();
  if (summary) {
    redrawMap();
    redrawTime();
  }
}

/** How rows can be ordered, which depends on what they are. */
function offerOrders() {
  const orders = [
    ['most', 'most statements'],
    ['name', 'name'],
    ...(mapBy.value === 'speaker' ? [['party', 'their party']] : []),
  ];
  mapOrder.replaceChildren(...orders.map(([value, label]) => make('option', { value }, label)));
}

for (const dialog of [sheet, find('#explained')]) {
  dialog.querySelector('.close').addEventListener('click', () => dialog.close());
  // A click beside the sheet lands on the dialog itself.
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
}
find('#help').addEventListener('click', () => {
  find('#explained').showModal();
  find('#explained-title').focus();
});
find('#theme').addEventListener('click', () => {
  theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
  showTheme();
});
darkPreferred.addEventListener('change', showTheme);
mapBy.addEventListener('change', () => {
  offerOrders();
  redrawMap();
});
mapOrder.addEventListener('change', () => {
  sortedBy = -1;
  redrawMap();
});
mapSize.addEventListener('change', redrawMap);
timeParty.addEventListener('change', () => {
  timeChoice = timeParty.value;
  redrawTime();
});
timeUnit.addEventListener('change', redrawTime);
timeTable.addEventListener('click', () => {
  timeTable.setAttribute('aria-pressed', timeTable.getAttribute('aria-pressed') !== 'true');
  redrawTime();
});
let drawnWidth = timeBox.clientWidth;
new ResizeObserver(() => {
  if (summary && timeBox.clientWidth !== drawnWidth) {
    drawnWidth = timeBox.clientWidth;
    redrawTime();
  }
}).observe(timeBox);

if (matchMedia('(max-width: 640px)').matches) find('#filter-box').open = false;
recall();
showChosen();
offerOrders();
fitUnit();
drawAbout();
showTheme();
onFilter().then(() => {
  document.documentElement.dataset.ready = performance.now();
});
