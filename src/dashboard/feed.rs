//! [`Feed`]: the figures as JSON, format `ascribe-feed/1`, for dashboards of others.
//!
//! As with annotations, the types are the format: its JSON Schema ([`feed_schema`]) is generated from them, committed
//! as `docs/feed.schema.json`, and checked by a test.
use std::io::{self, Write};

use schemars::JsonSchema;
use schemars::r#gen::SchemaSettings;
use serde::Serialize;

use super::Dashboard;
use crate::annotation::EntityKind;
use crate::summary::{COPY_WINDOW_DAYS, Counts, Figure, INTERVAL, PeriodUnit, Quoted, Summary};

/// All figures, without any filter. Speakers and parties are named by their ids, articles by their position.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Feed {
    /// Name and version of the format: `ascribe-feed/1`.
    pub schema: FeedVersion,
    /// Version of the program.
    pub version: String,
    /// The models that made the annotations.
    pub models: Vec<String>,
    /// By which rules the figures were made.
    pub rules: Rules,
    /// What was read and what was counted.
    pub counts: Counts,
    /// Everyone who is quoted.
    pub speakers: Vec<Speaker>,
    /// Every party, and how all speakers together stand toward it.
    pub parties: Vec<Party>,
    /// Speaker → party.
    pub pairs: Vec<Pair>,
    /// Party of the speakers → party.
    pub groups: Vec<Group>,
    /// The articles in the order of their days, with speaker → party in each.
    pub articles: Vec<Article>,
    /// Speaker → party by day, week and month.
    pub periods: Vec<PeriodFigure>,
}

/// The versions of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub enum FeedVersion {
    /// The first and current version.
    #[serde(rename = "ascribe-feed/1")]
    V1,
}

/// What figures depend on.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Rules {
    /// How sure the intervals are.
    pub interval: f64,
    /// Days that a copy of the same words may be younger than their first print.
    pub copy_window_days: i32,
}

/// Somebody who is quoted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Speaker {
    /// Id of the entity.
    pub id: String,
    /// The name in the latest article.
    pub name: String,
    /// What sort of entity it is. A source without a name stands for all that are called so.
    pub kind: EntityKind,
    /// Id of the party that they belong to in the latest article that knows one.
    pub party: Option<String>,
    /// Counted quotations and articles.
    #[serde(flatten)]
    pub quoted: Quoted,
}

/// A party.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Party {
    /// Id in the registry.
    pub id: String,
    /// Name in the registry.
    pub name: String,
    /// How everyone together stands toward it; nothing where nobody speaks about it.
    pub toward: Option<Figure>,
}

/// How a speaker stands toward a party.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Pair {
    /// Id of the speaker.
    pub speaker: String,
    /// Id of the party.
    pub party: String,
    /// The figure.
    #[serde(flatten)]
    pub figure: Figure,
    /// The quotations that are counted in it.
    pub quotations: Vec<Quotation>,
}

/// Where a quotation is found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Quotation {
    /// Position of the article in `articles`, from 0.
    pub article: u32,
    /// Id of the quote in its annotation.
    pub quote: String,
}

/// How the speakers of a party stand toward a party.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Group {
    /// Id of the speakers' party, on the day of each article.
    pub speaker_party: String,
    /// Id of the party.
    pub party: String,
    /// The figure.
    #[serde(flatten)]
    pub figure: Figure,
}

/// An article and the figures in it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Article {
    /// Id of the article.
    pub id: String,
    /// Path of the article.
    pub path: String,
    /// The heading.
    pub title: Option<String>,
    /// Day of publication as `yyyy-mm-dd`.
    pub date: Option<String>,
    /// Publisher.
    pub source: Option<String>,
    /// Speaker → party in this article.
    pub pairs: Vec<ArticlePair>,
}

/// How a speaker stands toward a party in one article.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ArticlePair {
    /// Id of the speaker.
    pub speaker: String,
    /// Id of the party.
    pub party: String,
    /// The figure.
    #[serde(flatten)]
    pub figure: Figure,
}

/// How a speaker, or everyone, stands toward a party in a stretch of time. Articles without a day are in none.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PeriodFigure {
    /// How long the stretch is. Weeks begin on Monday.
    pub unit: PeriodUnit,
    /// Its first day.
    pub from: String,
    /// Id of the speaker; nothing stands for everyone together.
    pub speaker: Option<String>,
    /// Id of the party.
    pub party: String,
    /// The figure.
    #[serde(flatten)]
    pub figure: Figure,
}

impl Feed {
    /// The figures of a dashboard under their names.
    pub(super) fn of(dashboard: &Dashboard, summary: &Summary) -> Self {
        let rows = &dashboard.statements;
        let speaker = |position: u32| rows.speakers[position as usize].id.clone();
        let party = |number: u32| rows.parties.name(number).to_owned();
        let speakers = rows.speakers.iter().zip(&summary.quoted).map(|(speaker, quoted)| Speaker {
            id: speaker.id.clone(),
            name: speaker.name.clone(),
            kind: speaker.kind,
            party: speaker.party.map(party),
            quoted: *quoted,
        });
        let parties = (0..).zip(rows.parties.iter()).map(|(number, id)| Party {
            id: id.to_owned(),
            name: dashboard.party_name(number).to_owned(),
            toward: summary.parties.get(&number).copied(),
        });
        let quotation = |at: &u32| {
            let quote = &rows.quotes[*at as usize];
            Quotation { article: quote.article, quote: quote.id.to_string() }
        };
        let pairs = summary.pairs.iter().map(|pair| Pair {
            speaker: speaker(pair.speaker),
            party: party(pair.party),
            figure: pair.figure,
            quotations: pair.quotes.iter().map(quotation).collect(),
        });
        let groups = summary.groups.iter().map(|((of, toward), figure)| Group {
            speaker_party: party(*of),
            party: party(*toward),
            figure: *figure,
        });
        let mut articles: Vec<Article> = rows
            .articles
            .iter()
            .map(|article| Article {
                id: article.id.clone(),
                path: article.path.clone(),
                title: article.title.clone(),
                date: article.date.map(|date| date.to_string()),
                source: article.source.map(|source| rows.sources.name(source).to_owned()),
                pairs: Vec::new(),
            })
            .collect();
        for ((article, of, toward), figure) in &summary.articles {
            let pair = ArticlePair { speaker: speaker(*of), party: party(*toward), figure: *figure };
            articles[*article as usize].pairs.push(pair);
        }
        let periods = summary.periods.iter().map(|((period, of, toward), figure)| PeriodFigure {
            unit: period.unit,
            from: period.from.to_string(),
            speaker: of.map(speaker),
            party: party(*toward),
            figure: *figure,
        });
        Self {
            schema: FeedVersion::V1,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            models: dashboard.models.iter().cloned().collect(),
            rules: Rules { interval: INTERVAL, copy_window_days: COPY_WINDOW_DAYS },
            counts: summary.counts,
            speakers: speakers.collect(),
            parties: parties.collect(),
            pairs: pairs.collect(),
            groups: groups.collect(),
            periods: periods.collect(),
            articles,
        }
    }

    /// Writes the feed as JSON on one line.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        serde_json::to_writer(&mut *out, self)?;
        out.write_all(b"\n")
    }
}

/// The JSON Schema (draft 7) of the feed as pretty JSON with a final line break.
///
/// # Panics
/// Never: a schema is a tree of strings and numbers, which JSON can hold.
#[must_use]
pub fn feed_schema() -> String {
    let mut schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<Feed>();
    schema.schema.metadata().title = Some("ascribe-feed/1".to_owned());
    let mut json = serde_json::to_string_pretty(&schema).expect("a schema is JSON");
    json.push('\n');
    json
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::sample;
    use crate::dashboard::{Collector, Labels};

    #[test]
    fn the_feed_names_what_the_summary_counts() {
        let mut collector = Collector::default();
        let mut copy = sample();
        copy.article.path = "copy.txt".to_owned();
        collector.add(&sample());
        collector.add(&copy);
        let labels = Labels { parties: [("russia".to_owned(), "Russia".to_owned())].into(), ..Labels::default() };
        let feed = Feed { version: "1.2.3".to_owned(), ..collector.finish(labels).feed() };
        insta::assert_json_snapshot!(feed);
    }
}
