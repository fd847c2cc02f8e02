//! Label Studio: one array of tasks, each an article with what was found in it as a prediction, to be corrected there.
//!
//! Offsets are UTF-16 units, in which Label Studio's page counts. It wants this labelling interface:
//!
//! ```xml
//! <View>
//!   <Labels name="label" toName="text">
//!     <Label value="direct"/> <Label value="mixed"/> <Label value="indirect"/>
//!     <Label value="cue"/> <Label value="source"/> <Label value="party"/>
//!   </Labels>
//!   <Relations>
//!     <Relation value="continues"/> <Relation value="cue"/> <Relation value="source"/>
//!     <Relation value="favor"/> <Relation value="neutral"/> <Relation value="against"/>
//!   </Relations>
//!   <Text name="text" value="$text"/>
//! </View>
//! ```
//!
//! A quotation is a region labelled with its kind, and one more region for each further stretch, to which it
//! `continues`. Relations lead from it to its cue, to its source and, named by the stance, to the words that refer to a
//! party. What has no place in the text, such as the speaker's name, stands in the region's information.
use std::collections::HashSet;

use serde_json::{Value, json};

use super::ExportError;
use super::form::Form;
use super::passage::{Passage, Passages, Place};
use super::utf16::Utf16;
use crate::annotation::{Annotation, Quote};

pub(super) const FORM: Form = Form { opening, put, between: ",\n", closing: "\n]\n" };

fn opening() -> String {
    "[\n".to_owned()
}

fn put(annotation: &Annotation) -> Result<Vec<u8>, ExportError> {
    let passages = Passages::of(annotation);
    let utf16 = Utf16::of(&passages.text);
    let mut prediction = Prediction { passages, utf16, regions: HashSet::new(), result: Vec::new() };
    for (index, quote) in annotation.quotes.iter().enumerate() {
        prediction.add(annotation, quote, &format!("quote-{}", index + 1))?;
    }
    let article = &annotation.article;
    let surest = annotation.quotes.iter().map(|quote| quote.confidence.speaker.value()).reduce(f64::min);
    let task = json!({
        "data": {
            "text": article.text, "article_id": article.id, "article_path": article.path, "sha256": article.sha256,
            "title": article.title, "date": article.date, "source": article.source, "url": article.url,
        },
        "predictions": [{
            "model_version": annotation.tool.model,
            "score": surest,
            "result": prediction.result,
        }],
    });
    Ok(task.to_string().into_bytes())
}

/// The regions and relations of one article.
struct Prediction<'a> {
    passages: Passages<'a>,
    utf16: Utf16,
    /// Ids of the regions put so far: the parts of one speech share their cue and source.
    regions: HashSet<String>,
    result: Vec<Value>,
}

impl Prediction<'_> {
    fn add(&mut self, annotation: &Annotation, quote: &Quote, id: &str) -> Result<(), ExportError> {
        let mut before: Option<String> = None;
        for (index, span) in quote.spans.iter().enumerate() {
            let part = if index == 0 { id.to_owned() } else { format!("{id}.{}", index + 1) };
            self.region(&part, quote.kind.word(), span, &information(annotation, quote))?;
            if let Some(before) = before.replace(part.clone()) {
                self.relate(&before, &part, "continues");
            }
        }
        if before.is_none() {
            return Ok(());
        }
        if let Some(cue) = &quote.cue {
            let to = self.region(&format!("cue-{}-{}", cue.start, cue.end), "cue", cue, &[])?;
            self.relate(id, &to, "cue");
        }
        if let Some(source) = &quote.source {
            let to = self.region(&format!("source-{}-{}", source.start, source.end), "source", source, &[])?;
            self.relate(id, &to, "source");
        }
        for stance in &quote.stances {
            for words in &stance.evidence {
                let party = format!("{}-{}-{}", stance.party, words.start, words.end);
                let to = self.region(&party, "party", words, &[format!("party: {}", stance.party)])?;
                self.relate(id, &to, stance.stance.word());
            }
        }
        Ok(())
    }

    /// Puts a region unless it is there, and gives its id back.
    fn region(&mut self, id: &str, label: &str, at: &impl Place, about: &[String]) -> Result<String, ExportError> {
        let Passage { span, words } = self.passages.at(at)?;
        if self.regions.insert(id.to_owned()) {
            let (start, end) = (self.utf16.offset(span.start()), self.utf16.offset(span.end()));
            let mut region = json!({
                "id": id, "type": "labels", "from_name": "label", "to_name": "text",
                "value": {"start": start, "end": end, "text": words, "labels": [label]},
            });
            if !about.is_empty() {
                region["meta"] = json!({"text": about});
            }
            self.result.push(region);
        }
        Ok(id.to_owned())
    }

    fn relate(&mut self, from: &str, to: &str, label: &str) {
        self.result.push(json!({
            "type": "relation", "from_id": from, "to_id": to, "direction": "right", "labels": [label],
        }));
    }
}

/// What is known of a quotation besides its place.
fn information(annotation: &Annotation, quote: &Quote) -> Vec<String> {
    let name = |id: &String| annotation.entity(id).map_or_else(|| id.clone(), |entity| entity.name.clone());
    let mut about = Vec::new();
    for (role, ids, how_sure) in [("speaker", &quote.speakers, true), ("via", &quote.via, false)] {
        for id in ids {
            let sure = if how_sure { format!(", {}", quote.confidence.speaker) } else { String::new() };
            about.push(format!("{role}: {} ({id}{sure})", name(id)));
        }
    }
    for stance in &quote.stances {
        about.push(format!("{} {}: {}", stance.stance.word(), stance.party, stance.probabilities.of(stance.stance)));
    }
    about
}
