// The filters: what is chosen, in the form and in the address, and which quotations pass.
const form = find('#filters');
const CHOICES = {
  speaker: { labels: speakerLabels, ids: speakers.id },
  party: { labels: partyLabels, ids: parties.id },
  source: { labels: sources, ids: sources },
};
/** What is chosen: sets of positions by field. */
const chosen = { speaker: new Set(), party: new Set(), source: new Set() };
let onFilter = () => {};

const dayNumber = (iso) => (iso ? Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY) : null);

/** The quotations that pass, as a list of zeros and ones. */
async function passing() {
  const [from, to] = [dayNumber(form.from.value), dayNumber(form.to.value)];
  const {
    kind: { value: kind },
    reviewed: { value: reviewed },
  } = form.elements;
  const least = Number(form.confidence.value) / 100;
  const words = form.words.value.trim().toLowerCase();
  const said = words ? await allWords() : null;
  const within = (column, start, end, set) => {
    for (let at = start; at < end; at += 1) if (set.has(column[at])) return true;
    return set.size === 0;
  };
  const inArticle = articles.day.map(
    (day, article) =>
      (from === null || (day !== null && day >= from)) &&
      (to === null || (day !== null && day <= to)) &&
      (chosen.source.size === 0 || chosen.source.has(articles.source[article])),
  );
  const passes = new Uint8Array(quoteCount);
  for (let quote = 0; quote < quoteCount; quote += 1) {
    passes[quote] =
      inArticle[articleOf[quote]] &&
      (kind === '' || quotes.kind[quote] === Number(kind)) &&
      weightOf[quote] >= least &&
      (reviewed === '' || quotes.verdict[quote] > 0 === (reviewed === 'yes')) &&
      within(quotes.speaker, speakersAt[quote], speakersAt[quote + 1], chosen.speaker) &&
      within(stances.party, stancesAt[quote], stancesAt[quote + 1], chosen.party) &&
      (!said || said[quote].includes(words))
        ? 1
        : 0;
  }
  return passes;
}

/** Offers names that contain what is typed, the names that begin with it first. */
function offer(field) {
  const { labels: all } = CHOICES[field];
  const typed = form.elements[field].value.toLowerCase();
  const begins = [],
    contains = [];
  for (const label of all) {
    const at = label.toLowerCase().indexOf(typed);
    if (at === 0) begins.push(label);
    else if (at > 0) contains.push(label);
  }
  const offered = [...begins, ...contains].slice(0, 60);
  find(`#${field}-names`).replaceChildren(...offered.map((label) => make('option', { value: label })));
}

/** Takes what is typed if it names one; `only` takes the single one that contains it. */
function take(field, only) {
  const input = form.elements[field];
  const { labels: all } = CHOICES[field];
  let at = all.indexOf(input.value);
  if (at < 0 && only && input.value) {
    const typed = input.value.toLowerCase();
    const fitting = all.flatMap((label, position) => (label.toLowerCase().includes(typed) ? [position] : []));
    if (fitting.length === 1) [at] = fitting;
  }
  if (at < 0) return false;
  input.value = '';
  choose(field, at);
  return true;
}

function choose(field, at) {
  chosen[field].add(at);
  changed();
}

function showChosen() {
  const chips = Object.entries(chosen).flatMap(([field, set]) =>
    [...set].map((at) => {
      const label = CHOICES[field].labels[at];
      const remove = () => {
        set.delete(at);
        changed();
        form.elements[field].focus();
      };
      return button(label, remove, { class: 'chip', 'aria-label': `Remove the ${field} ${label}` });
    }),
  );
  find('#chosen').replaceChildren(...chips);
  const least = Number(form.confidence.value);
  form.querySelector('output').value = least ? `≥ ${least}%` : 'any';
}

const PLAIN = ['from', 'to', 'kind', 'reviewed', 'confidence', 'words'];

/** Keeps the filters in the address, so that a view can be bookmarked and passed on. */
function remember() {
  const kept = new URLSearchParams();
  for (const field of PLAIN) {
    const { value } = form.elements[field];
    if (value && (value !== '0' || field === 'kind')) kept.set(field, value);
  }
  for (const [field, set] of Object.entries(chosen)) for (const at of set) kept.append(field, CHOICES[field].ids[at]);
  const query = kept.toString();
  history.replaceState(null, '', query ? `#?${query}` : '#');
}

function recall() {
  if (location.hash && !location.hash.startsWith('#?')) return;
  const kept = new URLSearchParams(location.hash.slice(2));
  for (const field of PLAIN) form.elements[field].value = kept.get(field) ?? (field === 'confidence' ? '0' : '');
  for (const [field, set] of Object.entries(chosen)) {
    set.clear();
    for (const id of kept.getAll(field)) {
      const at = CHOICES[field].ids.indexOf(id);
      if (at >= 0) set.add(at);
    }
  }
}

function changed() {
  remember();
  showChosen();
  onFilter();
}

for (const field of Object.keys(CHOICES)) {
  const input = form.elements[field];
  input.addEventListener('focus', () => offer(field));
  input.addEventListener('input', () => take(field, false) || offer(field));
  input.addEventListener('change', () => take(field, true));
}
let pending = 0;
for (const field of PLAIN) {
  form.elements[field].addEventListener('input', () => {
    showChosen();
    clearTimeout(pending);
    // Typing and sliding settle first.
    pending = setTimeout(changed, 120);
  });
}
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('reset', () => {
  Object.values(chosen).forEach((set) => set.clear());
  setTimeout(changed);
});
addEventListener('hashchange', () => {
  recall();
  showChosen();
  onFilter();
});
