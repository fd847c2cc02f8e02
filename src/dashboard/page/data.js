// The rows: columns out of the page's JSON, and the text of quotations out of its compressed blocks.
const data = JSON.parse(find('#data').textContent);
const { articles, speakers, parties, sources, quotes, stances } = data;
const KINDS = ['direct', 'mixed', 'indirect'];
const VERDICTS = ['not reviewed', 'confirmed', 'corrected', 'judged wrong'];
const WRONG = 3;

/** Where each quotation's part of a shared column begins. */
function offsets(counts) {
  const starts = new Int32Array(counts.length + 1);
  counts.forEach((count, at) => {
    starts[at + 1] = starts[at] + count;
  });
  return starts;
}

const quoteCount = quotes.id.length;
const speakersAt = offsets(quotes.speakers);
const stancesAt = offsets(quotes.stances);
const articleOf = new Int32Array(quoteCount);
articles.first.push(quoteCount);
articles.path.forEach((_, article) => articleOf.fill(article, articles.first[article], articles.first[article + 1]));
const weightOf = Float64Array.from(quotes.p_span, (span, at) => (span / 1e4) * (quotes.p_speaker[at] / 1e4));
const wordsCount = quotes.words.reduce((most, words) => Math.max(most, words), -1) + 1;

const speakersOf = (quote) => quotes.speaker.slice(speakersAt[quote], speakersAt[quote + 1]);
const dayOf = (quote) => articles.day[articleOf[quote]];

/** Labels by which people choose; two of one name are told apart by their ids. */
function labels(names, ids, more = () => '') {
  const taken = new Set();
  return names.map((name, at) => {
    let label = name + more(at);
    if (taken.has(label)) label += ` [${ids[at]}]`;
    taken.add(label);
    return label;
  });
}
const partyLabels = labels(parties.name, parties.id);
const speakerLabels = labels(speakers.name, speakers.id);

/** Quotations by the number of their words, for those that were printed more than once. */
let printsByWords = null;
function printsOf(quote) {
  if (!printsByWords) {
    printsByWords = new Map();
    quotes.words.forEach((words, at) => {
      if (printsByWords.has(words)) printsByWords.get(words).push(at);
      else printsByWords.set(words, [at]);
    });
  }
  return printsByWords.get(quotes.words[quote]).filter((other) => other !== quote);
}

const blocks = [...document.querySelectorAll('script.passages')].map((script) => ({
  script,
  articles: null,
  coming: null,
}));

/** Opens a block of passages: base64, deflated, JSON. */
async function open(block) {
  const bytes = Uint8Array.from(atob(block.script.textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  block.articles = JSON.parse(await new Response(stream).text());
  block.script.remove();
  return block.articles;
}

/** The passage of a quotation with its marks, at once where its block is open, else promised. */
function passageOf(quote) {
  const article = articleOf[quote];
  const block = blocks[Math.floor(articles.read[article] / data.block)];
  const pick = (opened) => {
    const [passages, marked] = opened[articles.read[article] % data.block];
    const mark = marked[quote - articles.first[article]];
    return { text: passages[mark.p], spans: mark.s, attribution: mark.a ?? [], evidence: mark.e ?? [] };
  };
  if (block.articles) return pick(block.articles);
  block.coming ??= open(block);
  return block.coming.then(pick);
}

/** The words of every quotation in lower case, for searching. */
let saidWords = null;
async function allWords() {
  if (!saidWords) {
    const said = new Array(quoteCount);
    for (let quote = 0; quote < quoteCount; quote += 1) {
      const found = passageOf(quote);
      const { text, spans } = found instanceof Promise ? await found : found;
      said[quote] = '';
      for (let at = 0; at < spans.length; at += 2) said[quote] += `${text.slice(spans[at], spans[at + 1])} `;
      said[quote] = said[quote].toLowerCase();
    }
    saidWords = said;
  }
  return saidWords;
}
