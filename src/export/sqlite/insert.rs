//! One annotation into the tables.
use rusqlite::{Connection, Result, named_params, params};

use crate::annotation::{Annotation, EntityKind, MentionForm, Quote};

/// Puts an annotation in the place of what is stored of its article.
pub(super) fn replace(connection: &Connection, path: &str, annotation: &Annotation) -> Result<()> {
    let article = upsert(connection, path, annotation)?;
    for table in ["quotes", "entities"] {
        connection.prepare_cached(&format!("DELETE FROM {table} WHERE article = ?"))?.execute([article])?;
    }
    // Of two entities with one id, which no sound annotation has, the first is meant, as in `Annotation::entity`.
    let mut insert = connection.prepare_cached("INSERT OR IGNORE INTO entities VALUES (?, ?, ?, ?, ?)")?;
    for entity in &annotation.entities {
        insert.execute(params![article, entity.id, entity.name, word(entity.kind), entity.party])?;
    }
    annotation.quotes.iter().try_for_each(|quote| insert_quote(connection, article, quote))
}

/// Stores the article itself and gives its number, which it keeps as long as it is there.
fn upsert(connection: &Connection, path: &str, annotation: &Annotation) -> Result<i64> {
    let (article, tool) = (&annotation.article, &annotation.tool);
    connection
        .prepare_cached(
            "INSERT INTO articles (path, id, sha256, title, date, source, url, text, version, model, model_sha256, \
             registry_sha256) \
             VALUES (:path, :id, :sha256, :title, :date, :source, :url, :text, :version, :model, :model_sha256, \
             :registry_sha256) \
             ON CONFLICT (path) DO UPDATE SET id = :id, sha256 = :sha256, title = :title, date = :date, \
             source = :source, url = :url, text = :text, version = :version, model = :model, \
             model_sha256 = :model_sha256, registry_sha256 = :registry_sha256 \
             RETURNING article",
        )?
        .query_one(
            named_params! {
                ":path": path, ":id": article.id, ":sha256": article.sha256, ":title": article.title,
                ":date": article.date, ":source": article.source, ":url": article.url, ":text": article.text,
                ":version": tool.version, ":model": tool.model, ":model_sha256": tool.model_sha256,
                ":registry_sha256": tool.registry_sha256,
            },
            |row| row.get(0),
        )
}

fn insert_quote(connection: &Connection, article: i64, quote: &Quote) -> Result<()> {
    let flags: Vec<&str> = quote.flags.iter().map(|flag| flag.word()).collect();
    let mut insert =
        connection.prepare_cached("INSERT INTO quotes VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
    let number = insert.insert(params![
        article,
        quote.id,
        quote.utterance,
        quote.kind.word(),
        quote.words(),
        quote.start(),
        quote.end(),
        flags.join(" "),
        quote.cue.as_ref().map(|cue| &cue.text),
        quote.source.as_ref().map(|source| &source.text),
        quote.source.as_ref().map(|source| form(source.form)),
        quote.confidence.span.value(),
        quote.confidence.speaker.value(),
        quote.repeats,
    ])?;
    let mut insert = connection.prepare_cached("INSERT INTO speakers VALUES (?, ?, ?, ?)")?;
    for (role, entities) in [("speaker", &quote.speakers), ("via", &quote.via)] {
        for (position, entity) in entities.iter().enumerate() {
            insert.execute(params![number, role, position, entity])?;
        }
    }
    let mut insert = connection.prepare_cached("INSERT INTO stances VALUES (?, ?, ?, ?, ?, ?, ?)")?;
    for (position, stance) in quote.stances.iter().enumerate() {
        let p = stance.probabilities;
        let (favor, neutral, against) = (p.favor.value(), p.neutral.value(), p.against.value());
        insert.execute(params![number, position, stance.party, stance.stance.word(), favor, neutral, against])?;
    }
    insert_spans(connection, number, quote)?;
    if let Some(review) = &quote.review {
        connection.prepare_cached("INSERT INTO reviews VALUES (?, ?, ?, ?, ?)")?.execute(params![
            number,
            review.verdict.word(),
            review.reviewer,
            review.time,
            review.note
        ])?;
    }
    Ok(())
}

fn insert_spans(connection: &Connection, number: i64, quote: &Quote) -> Result<()> {
    let contents = quote.spans.iter().map(|span| ("content", None, span.start, span.end, &span.text));
    let cue = quote.cue.iter().map(|cue| ("cue", None, cue.start, cue.end, &cue.text));
    let source = quote.source.iter().map(|source| ("source", None, source.start, source.end, &source.text));
    let evidence = quote.stances.iter().flat_map(|stance| {
        stance.evidence.iter().map(|words| ("evidence", Some(&stance.party), words.start, words.end, &words.text))
    });
    let mut insert = connection.prepare_cached("INSERT INTO spans VALUES (?, ?, ?, ?, ?, ?, ?)")?;
    let spans = contents.chain(cue).chain(source).chain(evidence);
    for (position, (role, party, start, end, text)) in spans.enumerate() {
        insert.execute(params![number, position, role, party, start, end, text])?;
    }
    Ok(())
}

const fn word(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Organization => "organization",
        EntityKind::Country => "country",
        EntityKind::Group => "group",
        EntityKind::Unnamed => "unnamed",
    }
}

const fn form(form: MentionForm) -> &'static str {
    match form {
        MentionForm::Name => "name",
        MentionForm::Nominal => "nominal",
        MentionForm::Pronoun => "pronoun",
    }
}
