// Over time: the figure with its interval, and the statements behind it, by day, week or month.
const timeBox = find('#time');
const timeParty = find('#time-party');
const timeUnit = find('#time-unit');
const timeTable = find('#time-table');
let plots = [];
/** The party that somebody chose, also while it is not on offer. */
let timeChoice = '';

/** The parties to choose from, the most spoken about first. */
function offerParties(summary) {
  const most = [...summary.parties].sort((a, b) => b[1].statements - a[1].statements).map(([party]) => party);
  timeParty.replaceChildren(
    ...most.map((party) => make('option', { value: party }, partyLabels[party])),
    make('option', { value: EVERYONE }, 'all parties'),
  );
  if ([...timeParty.options].some((option) => option.value === timeChoice)) timeParty.value = timeChoice;
}

/** Days where there are few, else weeks, else months. */
function fitUnit() {
  const days = articles.day.filter((day) => day !== null);
  const length = days.length ? days.reduce((a, b) => Math.max(a, b)) - days.reduce((a, b) => Math.min(a, b)) : 0;
  timeUnit.value = length > 400 ? 'month' : length > 60 ? 'week' : 'day';
}

function drawTime(summary) {
  plots.forEach((plot) => plot.destroy());
  plots = [];
  const party = Number(timeParty.value || EVERYONE);
  const unit = timeUnit.value;
  const periods = overTime(summary, party, unit);
  const name = party === EVERYONE ? 'all parties' : partyLabels[party];
  find('#time-lead').textContent = periods.length
    ? `Everyone that passes the filters toward ${name}. The bar behind a dot is the 95% interval. Click a ${unit} for its quotations.`
    : '';
  if (!periods.length) {
    const dated = articles.day.some((day) => day !== null);
    timeBox.replaceChildren(
      make(
        'p',
        { class: 'note' },
        dated ? 'No dated quotation that passes the filters refers to this party.' : 'The articles have no dates.',
      ),
    );
    return;
  }
  const open = (period) =>
    openQuotes(
      `${party === EVERYONE ? 'All parties' : `Toward ${name}`}, ${periodName(period.from, unit)}`,
      period.quotes,
      { figure: period.figure, party },
    );
  if (timeTable.getAttribute('aria-pressed') === 'true') timeBox.replaceChildren(tableOf(periods, unit, open));
  else plot(periods, unit, open);
}

function tableOf(periods, unit, open) {
  const rows = periods.map((period) =>
    make(
      'tr',
      {},
      make('th', { scope: 'row' }, periodName(period.from, unit)),
      make(
        'td',
        {},
        button(signed(period.figure.score), () => open(period), { class: 'number' }),
      ),
      make('td', {}, `${signed(period.figure.low)} to ${signed(period.figure.high)}`),
      make('td', {}, grouped.format(period.figure.statements)),
      ...STANCES.map((part) => make('td', {}, period.figure[part].toFixed(1))),
    ),
  );
  const head = ['Time', 'Figure', 'Interval', 'Statements', 'Favor', 'Neutral', 'Against'];
  return make(
    'div',
    { class: 'scroller' },
    make(
      'table',
      { class: 'plain' },
      make('thead', {}, make('tr', {}, ...head.map((title) => make('th', { scope: 'col' }, title)))),
      make('tbody', {}, ...rows),
    ),
  );
}

/** Periods without gaps, so that time without statements shows as such; at most what a screen can tell apart. */
function everyPeriod(periods, unit) {
  const filled = [];
  for (const period of periods) {
    let last = filled.at(-1);
    while (last && filled.length < 4000) {
      const next = periodOf(last.from + { day: 1, week: 7, month: 32 }[unit], unit);
      if (next >= period.from) break;
      filled.push((last = { from: next, figure: null, quotes: [] }));
    }
    filled.push(period);
  }
  return filled;
}

function plot(periods, unit, open) {
  const all = everyPeriod(periods, unit);
  const { favor, against, neutral } = palette();
  const style = getComputedStyle(document.documentElement);
  const [ink, line] = [style.getPropertyValue('--ink-soft').trim(), style.getPropertyValue('--line').trim()];
  const width = timeBox.clientWidth;
  const font = '12px system-ui, sans-serif';
  const axis = (more) => ({ stroke: ink, font, grid: { stroke: line, width: 1 }, ticks: { show: false }, ...more });
  const days = all.map(({ from }) => (from * DAY) / 1000);
  const column = (pick) => all.map(({ figure }) => (figure ? pick(figure) : null));
  const at = { label: '' };
  const pad = { day: 1, week: 7, month: 31 }[unit] * 86400;
  const shared = {
    width,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'UTC'),
    legend: { show: false },
    cursor: { sync: { key: 'time' }, y: false, points: { show: false }, drag: { x: false, y: false } },
    hooks: { setCursor: [(chart) => say(all[chart.cursor.idx], unit)] },
  };
  const range = (_, low, high) => [low - pad, high + pad];
  const scores = new uPlot(
    {
      ...shared,
      height: 200,
      scales: { x: { range }, y: { range: [-112, 112] } },
      axes: [
        axis({ values: () => [], size: 6 }),
        axis({
          size: 46,
          splits: () => [-100, -50, 0, 50, 100],
          values: (_, ticks) => ticks.map((tick) => signed(tick / 100)),
        }),
      ],
      series: [at, { stroke: ink, width: 1, points: { show: false } }],
      hooks: { ...shared.hooks, draw: [(chart) => drawIntervals(chart, all)] },
    },
    [days, column(({ score }) => score * 100)],
    make('div'),
  );
  const bars = (color) => ({
    stroke: css(color),
    fill: css(color),
    width: 0,
    points: { show: false },
    paths: uPlot.paths.bars({ size: [0.7, 26] }),
  });
  const counts = new uPlot(
    {
      ...shared,
      height: 150,
      scales: { x: { range }, y: { range: (_, low, high) => [Math.min(low, -1), Math.max(high, 1)] } },
      axes: [
        axis({ grid: { show: false } }),
        axis({ size: 46, values: (_, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? Math.abs(tick) : '')) }),
      ],
      series: [at, bars(mix(neutral, palette().surface, 0.35)), bars(favor), bars(against)],
    },
    [
      days,
      column((figure) => figure.favor + figure.neutral),
      column((figure) => figure.favor),
      column((figure) => -figure.against),
    ],
    make('div'),
  );
  plots = [scores, counts];
  plots.forEach((chart) => {
    chart.over.addEventListener('click', () => {
      const period = all[chart.cursor.idx];
      if (period?.figure) open(period);
    });
    chart.root.setAttribute('aria-hidden', 'true');
  });
  timeBox.replaceChildren(
    make('h3', {}, 'Favor minus against'),
    scores.root,
    make(
      'h3',
      {},
      'Statements: ',
      make('span', { class: 'end favor' }, 'in favor'),
      ' and neutral above, ',
      make('span', { class: 'end against' }, 'against'),
      ' below',
    ),
    counts.root,
    make('p', { id: 'time-now', class: 'aside' }, 'All of it can be read with the keyboard as a table.'),
  );
}

/** A dot for each figure with its interval; dots grow with the evidence. */
function drawIntervals({ ctx, valToPos }, all) {
  const { neutral, surface } = palette();
  ctx.save();
  for (const { from, figure } of all) {
    if (!figure) continue;
    const x = valToPos((from * DAY) / 1000, 'x', true);
    const y = (score) => valToPos(score * 100, 'y', true);
    ctx.lineWidth = 2 * devicePixelRatio;
    ctx.strokeStyle = css(neutral);
    ctx.beginPath();
    ctx.moveTo(x, y(figure.low));
    ctx.lineTo(x, y(figure.high));
    ctx.stroke();
    ctx.beginPath();
    ctx.arc(x, y(figure.score), (3 + 4 * strength(figure.evidence)) * devicePixelRatio, 0, 2 * Math.PI);
    ctx.fillStyle = css(scoreColor(figure.score, Infinity));
    ctx.strokeStyle = css(surface);
    ctx.fill();
    ctx.stroke();
  }
  ctx.restore();
}

/** What stands under the pointer, in words. */
function say(period, unit) {
  const line = find('#time-now');
  if (!line || !period) return;
  line.textContent = `${periodName(period.from, unit)}: ${period.figure ? describe(period.figure) : 'nothing'}`;
}
