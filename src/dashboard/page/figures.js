// The figures, by the rules of the feed (src/summary): statements weighted by their probability, parts of one speech
// counted once together, the same words counted once, the interval of Bonett and Price.
const Z = 1.959963984540054;

class Tally {
  constructor() {
    this.favor = this.neutral = this.against = this.statements = this.quotes = 0;
  }

  add(stance, weight, share) {
    const parts = (weight * share) / 1e4;
    this.favor += parts * stances.favor[stance];
    this.neutral += parts * stances.neutral[stance];
    this.against += parts * stances.against[stance];
    this.statements += share;
    this.quotes += 1;
  }

  figure() {
    const evidence = this.favor + this.neutral + this.against;
    if (evidence <= 0) return null;
    const [favor, against] = [(this.favor + 1) / (evidence + 2), (this.against + 1) / (evidence + 2)];
    const middle = favor - against;
    const reach = Z * Math.sqrt((favor + against - middle * middle) / (evidence + 2));
    return {
      score: (this.favor - this.against) / evidence,
      low: Math.max(-1, middle - reach),
      high: Math.min(1, middle + reach),
      evidence,
      favor: this.favor,
      neutral: this.neutral,
      against: this.against,
      statements: Math.round(this.statements),
      quotes: this.quotes,
    };
  }
}

/** What a figure says: +1 favors, -1 opposes; `sure` where the interval leaves 0 out. */
function side(figure) {
  if (figure.low > 0) return { toward: 1, sure: true };
  if (figure.high < 0) return { toward: -1, sure: true };
  return { toward: Math.abs(figure.score) < 0.1 ? 0 : Math.sign(figure.score), sure: false };
}

const tallyAt = (tallies, key) => {
  let tally = tallies.get(key);
  if (!tally) tallies.set(key, (tally = new Tally()));
  return tally;
};
const partyCount = parties.id.length;
const pairKey = (row, party) => row * partyCount + party;
const EVERYONE = -1;

/** Everything that the page shows of the quotations that pass. */
function summarize(passes) {
  const said = new Uint8Array(wordsCount);
  const summary = {
    counted: [],
    copies: [],
    wrong: [],
    silent: [],
    pairs: new Map(),
    groups: new Map(),
    parties: new Map(),
    quoted: new Map(),
    articles: 0,
  };
  let lastArticle = -1;
  for (let quote = 0; quote < quoteCount; quote += 1) {
    if (!passes[quote]) continue;
    if (quotes.verdict[quote] === WRONG) {
      summary.wrong.push(quote);
      continue;
    }
    if (said[quotes.words[quote]]) {
      summary.copies.push(quote);
      continue;
    }
    said[quotes.words[quote]] = 1;
    summary.counted.push(quote);
    if (articleOf[quote] !== lastArticle) {
      lastArticle = articleOf[quote];
      summary.articles += 1;
    }
    if (quotes.speakers[quote] === 0) summary.silent.push(quote);
  }
  summary.share = shares(summary.counted);
  for (const quote of summary.counted) count(summary, quote);
  return summary;
}

/** For every stance, its share of a statement: the parts of a speech that refer to one party divide it. */
function shares(counted) {
  const parts = new Map();
  const each = (visit) => {
    for (const quote of counted) {
      if (quotes.speakers[quote] === 0) continue;
      for (let at = stancesAt[quote]; at < stancesAt[quote + 1]; at += 1)
        visit(at, pairKey(quotes.utterance[quote], stances.party[at]));
    }
  };
  each((_, key) => parts.set(key, (parts.get(key) ?? 0) + 1));
  const share = new Float64Array(stances.party.length);
  each((at, key) => {
    share[at] = 1 / parts.get(key);
  });
  return share;
}

function count(summary, quote) {
  const speaking = speakersOf(quote).filter((speaker) => !chosen.speaker.size || chosen.speaker.has(speaker));
  for (const speaker of speaking) summary.quoted.set(speaker, (summary.quoted.get(speaker) ?? 0) + 1);
  if (speaking.length === 0) return;
  for (let at = stancesAt[quote]; at < stancesAt[quote + 1]; at += 1) {
    const party = stances.party[at];
    if (chosen.party.size && !chosen.party.has(party)) continue;
    const [weight, share] = [weightOf[quote], summary.share[at]];
    for (const speaker of speaking) tallyAt(summary.pairs, pairKey(speaker, party)).add(at, weight, share);
    for (const group of groupsOf(quote)) tallyAt(summary.groups, pairKey(group, party)).add(at, weight, share);
    tallyAt(summary.parties, party).add(at, weight, share);
  }
}

/** The parties of a quotation's speakers, once each; of the chosen ones where some are. */
function groupsOf(quote, only = chosen.speaker) {
  const groups = new Set();
  for (let at = speakersAt[quote]; at < speakersAt[quote + 1]; at += 1) {
    const counts = !only.size || only.has(quotes.speaker[at]);
    if (quotes.party[at] >= 0 && counts) groups.add(quotes.party[at]);
  }
  return groups;
}

/** The stance of a quotation toward a party as a position in the columns, or -1. */
function stanceToward(quote, party) {
  for (let at = stancesAt[quote]; at < stancesAt[quote + 1]; at += 1) if (stances.party[at] === party) return at;
  return -1;
}

/** Figures toward a party, or all parties, by period: `[{ from, figure, quotes }]` in order. */
function overTime(summary, party, unit) {
  const periods = new Map();
  for (const quote of summary.counted) {
    const day = dayOf(quote);
    if (day === null || quotes.speakers[quote] === 0) continue;
    const from = periodOf(day, unit);
    for (let at = stancesAt[quote]; at < stancesAt[quote + 1]; at += 1) {
      const toward = stances.party[at];
      if (party >= 0 ? toward !== party : chosen.party.size && !chosen.party.has(toward)) continue;
      if (!periods.has(from)) periods.set(from, { from, tally: new Tally(), quotes: new Set() });
      const period = periods.get(from);
      period.tally.add(at, weightOf[quote], summary.share[at]);
      period.quotes.add(quote);
    }
  }
  const figured = [...periods.values()].map(({ from, tally, quotes: of }) => ({
    from,
    figure: tally.figure(),
    quotes: [...of],
  }));
  return figured.filter(({ figure }) => figure).sort((a, b) => a.from - b.from);
}
