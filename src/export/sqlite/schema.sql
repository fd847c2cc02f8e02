-- The database of `ascribe export`. Offsets are half-open, from 0, in code points of articles.text, so that
-- substr(text, start + 1, "end" - start) is what they cover.

CREATE TABLE articles (
    article INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,  -- what tells an article from others
    id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    title TEXT,
    date TEXT,
    source TEXT,
    url TEXT,
    text TEXT NOT NULL,
    version TEXT NOT NULL,
    model TEXT NOT NULL,
    model_sha256 TEXT NOT NULL,
    registry_sha256 TEXT NOT NULL
);

CREATE TABLE entities (
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    party TEXT,
    PRIMARY KEY (article, id)
) WITHOUT ROWID;

CREATE TABLE quotes (
    quote INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    id TEXT NOT NULL,
    utterance TEXT NOT NULL,
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    flags TEXT NOT NULL,  -- with a blank between two
    cue TEXT,
    source TEXT,
    source_form TEXT,
    p_span REAL NOT NULL,
    p_speaker REAL NOT NULL,
    repeats TEXT  -- id of an earlier quote of the article
);
CREATE INDEX quotes_of_article ON quotes (article);

-- Who says a quote, and through whom it comes.
CREATE TABLE speakers (
    quote INTEGER NOT NULL REFERENCES quotes ON DELETE CASCADE,
    role TEXT NOT NULL,  -- speaker, via
    position INTEGER NOT NULL,
    entity TEXT NOT NULL,  -- id of an entity of the article
    PRIMARY KEY (quote, role, position)
) WITHOUT ROWID;
CREATE INDEX speakers_by_entity ON speakers (entity);

CREATE TABLE stances (
    quote INTEGER NOT NULL REFERENCES quotes ON DELETE CASCADE,
    position INTEGER NOT NULL,
    party TEXT NOT NULL,
    stance TEXT NOT NULL,
    p_favor REAL NOT NULL,
    p_neutral REAL NOT NULL,
    p_against REAL NOT NULL,
    PRIMARY KEY (quote, position)
) WITHOUT ROWID;
CREATE INDEX stances_by_party ON stances (party);

-- Every stretch of the text that a quote points to.
CREATE TABLE spans (
    quote INTEGER NOT NULL REFERENCES quotes ON DELETE CASCADE,
    position INTEGER NOT NULL,
    role TEXT NOT NULL,  -- content, cue, source, evidence
    party TEXT,  -- of evidence
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (quote, position)
) WITHOUT ROWID;

CREATE TABLE reviews (
    quote INTEGER PRIMARY KEY REFERENCES quotes ON DELETE CASCADE,
    verdict TEXT NOT NULL,  -- right, corrected, wrong
    reviewer TEXT,
    time TEXT,
    note TEXT
);

-- The flat rows, as in CSV: a quote and a party, or a quote that refers to none.
CREATE VIEW rows AS
SELECT
    a.id AS article_id, a.path AS article_path, a.date, a.source, q.id AS quote_id, q.utterance, q.kind,
    q.words AS quote, q.start, q."end",
    (SELECT coalesce(group_concat(entity, '; '), '') FROM
        (SELECT entity FROM speakers WHERE quote = q.quote AND role = 'speaker' ORDER BY position)) AS speaker_id,
    (SELECT coalesce(group_concat(name, '; '), '') FROM
        (SELECT coalesce(e.name, s.entity) AS name
         FROM speakers AS s LEFT JOIN entities AS e ON e.article = q.article AND e.id = s.entity
         WHERE s.quote = q.quote AND s.role = 'speaker' GROUP BY 1 ORDER BY min(s.position))) AS speaker,
    (SELECT coalesce(group_concat(party, '; '), '') FROM
        (SELECT e.party
         FROM speakers AS s JOIN entities AS e ON e.article = q.article AND e.id = s.entity
         WHERE s.quote = q.quote AND s.role = 'speaker' AND e.party IS NOT NULL
         GROUP BY 1 ORDER BY min(s.position))) AS speaker_party,
    q.cue, t.party, t.stance, t.p_favor, t.p_neutral, t.p_against, q.p_speaker, q.p_span,
    r.verdict AS review, a.model
FROM quotes AS q
JOIN articles AS a USING (article)
LEFT JOIN stances AS t USING (quote)
LEFT JOIN reviews AS r USING (quote)
ORDER BY a.path, q.quote, t.position;

-- What the views below count: each quote of each of its speakers. Repetitions in one article, and what a review found
-- wrong, do not count. `ascribe dashboard` goes further: it weighs, joins the parts of a speech, and knows copies.
CREATE VIEW counted AS
SELECT
    q.quote, q.article, a.date, a.source, q.kind, s.entity AS speaker_id, coalesce(e.name, s.entity) AS speaker,
    e.kind AS speaker_kind, e.party AS speaker_party, q.p_speaker
FROM quotes AS q
JOIN articles AS a USING (article)
JOIN speakers AS s ON s.quote = q.quote AND s.role = 'speaker'
LEFT JOIN entities AS e ON e.article = q.article AND e.id = s.entity
LEFT JOIN reviews AS r ON r.quote = q.quote
WHERE q.repeats IS NULL AND r.verdict IS NOT 'wrong';

-- Who is quoted how often.
CREATE VIEW speaker_counts AS
SELECT
    speaker_id, speaker, max(speaker_party) AS speaker_party, count(*) AS quotes,
    count(DISTINCT article) AS articles, avg(p_speaker) AS p_speaker
FROM counted GROUP BY speaker_id, speaker ORDER BY quotes DESC, speaker;

-- Speakers by parties. `net` is from -1, all against, to 1, all in favor, by the probabilities.
CREATE VIEW speaker_stances AS
SELECT
    c.speaker_id, c.speaker, max(c.speaker_party) AS speaker_party, t.party, count(*) AS quotes,
    sum(t.stance = 'favor') AS favor, sum(t.stance = 'neutral') AS neutral, sum(t.stance = 'against') AS against,
    avg(t.p_favor - t.p_against) AS net
FROM counted AS c JOIN stances AS t USING (quote)
GROUP BY c.speaker_id, c.speaker, t.party ORDER BY quotes DESC, c.speaker, t.party;

-- Parties by who favors and opposes them.
CREATE VIEW party_stances AS
SELECT
    t.party, count(*) AS quotes, count(DISTINCT c.speaker_id || ' ' || c.speaker) AS speakers,
    sum(t.stance = 'favor') AS favor, sum(t.stance = 'neutral') AS neutral, sum(t.stance = 'against') AS against,
    avg(t.p_favor - t.p_against) AS net
FROM counted AS c JOIN stances AS t USING (quote)
GROUP BY t.party ORDER BY quotes DESC, t.party;

-- The same by speaker and day, for a timeline.
CREATE VIEW daily_stances AS
SELECT
    c.date, c.speaker_id, c.speaker, t.party, count(*) AS quotes,
    sum(t.stance = 'favor') AS favor, sum(t.stance = 'neutral') AS neutral, sum(t.stance = 'against') AS against,
    avg(t.p_favor - t.p_against) AS net
FROM counted AS c JOIN stances AS t USING (quote)
WHERE c.date IS NOT NULL
GROUP BY c.date, c.speaker_id, c.speaker, t.party ORDER BY c.date, c.speaker, t.party;
