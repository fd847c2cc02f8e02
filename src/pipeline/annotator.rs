//! [`Annotator`]: the stages one after the other, for a handful of articles at a time.
//!
//! Windows of several articles share the network's batches, sorted by length; everything else is done article by
//! article. A panic in a stage becomes an error of the article that caused it.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use jiff::civil::Date;
use ndarray::Array2;

use super::assemble::{Stages, assemble};
use super::prepare::{Prepared, WindowSize};
use super::{AnnotateError, LoadError};
use crate::annotation::{Annotation, Probability, Tool};
use crate::article::{Article, panic_message};
use crate::model::labels::TAGS;
use crate::model::torch::TorchModel;
use crate::model::{
    Model, ModelError, ModelFolder, NetworkInput, PieceCutter, Precision, StanceInput, TokenOutput, in_batches,
};
use crate::quote::{Detection, Mention, QuoteDetector, TokenTags};
use crate::speaker::features::Places;
use crate::speaker::name::Name;
use crate::speaker::registry::{Registry, SpeakerFinder};
use crate::speaker::{Attributed, EntityAt, ResolverSettings, Scene, SpeakerResolver};
use crate::stance::input::{InputRules, MarkerIds};
use crate::stance::reference::{PartyFinder, PartyReferences};
use crate::stance::{PairQuestion, PartyStance, StanceJob, StanceQuestion, StanceScores, StanceTagger, pool};
use crate::text::{Span, covering, sentences};

/// From this probability on a party beside a quotation is meant; chosen on diplomacy dev.
const MEANT: f32 = 0.55;
/// Tokens of one batch of the network, padding counted.
const BATCH: usize = 2048;

/// A part that can be left out, to see what it contributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The repair of quotation marks: marks count only where they pair without it.
    Repair,
    /// The registry: no known speakers, no offices; parties are still found.
    Registry,
    /// The tagger: every marked string is speech, nothing else is, and there are no sources.
    Tagger,
    /// The link scorer: the nearest source mention is taken.
    Link,
    /// The antecedent scorer: the nearest name before is taken.
    Antecedent,
    /// The words around a quotation, for the stance network.
    Context,
    /// The markers of holder and party, for the stance network.
    Marking,
    /// A speaker's other quotations of the article: each stance is read for itself.
    Pooling,
}

/// What a run asks of the annotator.
#[derive(Clone, Debug, Default)]
pub struct AnnotatorSettings {
    /// Below this probability the speakers of a quotation stay empty; the candidates are kept.
    pub min_confidence: f32,
    /// Parts that are left out.
    pub without: Vec<Part>,
    /// The numbers in which the encoders calculate.
    pub precision: Precision,
}

/// What all annotators of a run share.
pub struct Resources {
    folder: ModelFolder,
    cutter: PieceCutter,
    registry: Arc<Registry>,
    parties: PartyFinder,
    speakers: SpeakerFinder,
    markers: MarkerIds,
    settings: AnnotatorSettings,
    tool: Tool,
}

impl Resources {
    /// Opens what annotators need but the weights.
    ///
    /// # Errors
    /// When tokenizer or registry do not fit.
    pub fn open(folder: ModelFolder, registry: Registry, settings: AnnotatorSettings) -> Result<Self, LoadError> {
        let manifest = folder.manifest();
        let cutter = PieceCutter::open(&folder.file(&manifest.tokenizer.file))?;
        let id = |entry: &str| cutter.id(entry).ok_or_else(|| LoadError::Marker { entry: entry.to_owned() });
        let [holder_open, holder_close, target_open, target_close] = &manifest.stance.markers;
        let markers = MarkerIds {
            around: (id(&manifest.around[0])?, id(&manifest.around[1])?),
            holder: (id(holder_open)?, id(holder_close)?),
            target: (id(target_open)?, id(target_close)?),
        };
        let registry = Arc::new(registry);
        let parties = PartyFinder::new(Arc::clone(&registry))?;
        let tool = Tool {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            model: manifest.name.clone(),
            model_sha256: folder.sha256(),
            registry_sha256: registry.sha256().to_owned(),
            precision: settings.precision,
            min_confidence: (settings.min_confidence > 0.0)
                .then(|| Probability::new(f64::from(settings.min_confidence))),
        };
        let registry =
            if settings.without.contains(&Part::Registry) { Arc::new(Registry::default()) } else { registry };
        let speakers = SpeakerFinder::new(Arc::clone(&registry))?;
        Ok(Self { folder, cutter, registry, parties, speakers, markers, settings, tool })
    }

    /// What the annotations will say made them.
    #[must_use]
    pub fn tool(&self) -> &Tool {
        &self.tool
    }

    /// The model folder.
    #[must_use]
    pub fn folder(&self) -> &ModelFolder {
        &self.folder
    }

    /// The numbers in which the encoders calculate.
    #[must_use]
    pub fn precision(&self) -> Precision {
        self.settings.precision
    }

    /// The tokenizer.
    #[must_use]
    pub fn cutter(&self) -> &PieceCutter {
        &self.cutter
    }

    /// The stance stage.
    #[must_use]
    pub fn stance_tagger(&self) -> StanceTagger {
        StanceTagger {
            rules: InputRules {
                markers: self.markers,
                context: !self.leaves_out(Part::Context),
                marking: !self.leaves_out(Part::Marking),
            },
            temperature: self.folder.manifest().stance.temperature,
            meant: MEANT,
        }
    }

    fn window_size(&self) -> WindowSize {
        let manifest = self.folder.manifest();
        WindowSize { length: manifest.max_length - 2, overlap: manifest.overlap, around: self.markers.around }
    }

    fn resolver(&self) -> SpeakerResolver<'_> {
        let temperature = |head: &str| self.folder.manifest().temperatures.get(head).copied().unwrap_or(1.0);
        SpeakerResolver {
            registry: &self.registry,
            settings: ResolverSettings {
                min_confidence: self.settings.min_confidence,
                link_temperature: temperature("link"),
                antecedent_temperature: temperature("antecedent"),
                nearest_source: self.leaves_out(Part::Link),
                nearest_name: self.leaves_out(Part::Antecedent),
            },
            calibration: &self.folder.manifest().calibration,
        }
    }

    fn leaves_out(&self, part: Part) -> bool {
        self.settings.without.contains(&part)
    }
}

/// Annotates articles with one replica of the networks.
pub struct Annotator {
    resources: Arc<Resources>,
    model: Box<dyn Model>,
}

impl Annotator {
    /// Loads the weights once and makes `count` annotators over them.
    ///
    /// # Errors
    /// When the weights do not fit.
    pub fn load(resources: Resources, count: usize) -> Result<Vec<Self>, LoadError> {
        let resources = Arc::new(resources);
        let first = TorchModel::load(&resources.folder, resources.settings.precision)?;
        let mut models: Vec<TorchModel> = (1..count).map(|_| first.replica(&resources.folder)).collect();
        models.push(first);
        Ok(models.into_iter().map(|model| Self { resources: Arc::clone(&resources), model: Box::new(model) }).collect())
    }

    /// An annotator over any model, for tests and experiments.
    #[must_use]
    pub fn with_model(resources: Arc<Resources>, model: Box<dyn Model>) -> Self {
        Self { resources, model }
    }

    /// What this annotator shares with its like.
    #[must_use]
    pub fn resources(&self) -> &Resources {
        &self.resources
    }

    /// The networks.
    #[must_use]
    pub fn model(&self) -> &dyn Model {
        self.model.as_ref()
    }

    /// Annotates one article.
    ///
    /// # Errors
    /// When the article is too long, or the network cannot run.
    pub fn annotate(&self, article: &Article) -> Result<Annotation, AnnotateError> {
        self.annotate_all(std::slice::from_ref(article)).pop().expect("one result an article")
    }

    /// Annotates articles together, which is faster than one by one and gives the same; one result an article, in
    /// order.
    #[must_use]
    pub fn annotate_all(&self, articles: &[Article]) -> Vec<Result<Annotation, AnnotateError>> {
        let prepared: Vec<Result<Prepared, AnnotateError>> =
            articles.iter().map(|article| contained(|| self.prepare(article))).collect();
        let inputs: Vec<&NetworkInput> = prepared.iter().flatten().flat_map(|one| &one.inputs).collect();
        let mut outputs = match contained(|| Ok(self.encode(&inputs)?)) {
            Ok(outputs) => outputs.into_iter(),
            Err(_) if articles.len() > 1 => return self.one_by_one(articles),
            Err(error) => return vec![Err(error)],
        };
        let staged: Vec<Result<Staged, AnnotateError>> = articles
            .iter()
            .zip(prepared)
            .map(|(article, prepared)| {
                let prepared = prepared?;
                let own: Vec<TokenOutput> = outputs.by_ref().take(prepared.inputs.len()).collect();
                contained(|| self.stages(article, &prepared, &own))
            })
            .collect();
        let questions: Vec<&StanceInput> = staged
            .iter()
            .flatten()
            .flat_map(|one| &one.jobs)
            .flat_map(|job| &job.passes)
            .map(|pass| &pass.input)
            .collect();
        let mut answers = match contained(|| Ok(self.answer(&questions)?)) {
            Ok(answers) => answers.into_iter(),
            Err(_) if articles.len() > 1 => return self.one_by_one(articles),
            Err(error) => return vec![Err(error)],
        };
        articles
            .iter()
            .zip(staged)
            .map(|(article, staged)| {
                let staged = staged?;
                let passes = staged.jobs.iter().map(|job| job.passes.len()).sum();
                let own: Vec<Array2<f32>> = answers.by_ref().take(passes).collect();
                contained(|| Ok(self.put_together(article, &staged, &own)))
            })
            .collect()
    }

    fn prepare(&self, article: &Article) -> Result<Prepared, AnnotateError> {
        let repair = !self.resources.leaves_out(Part::Repair);
        Prepared::new(article, &self.resources.cutter, self.resources.window_size(), repair)
    }

    fn one_by_one(&self, articles: &[Article]) -> Vec<Result<Annotation, AnnotateError>> {
        articles.iter().map(|article| self.annotate(article)).collect()
    }

    /// Runs the attribution network; outputs in the order of the inputs.
    ///
    /// # Errors
    /// When the network cannot run.
    pub fn encode(&self, inputs: &[&NetworkInput]) -> Result<Vec<TokenOutput>, ModelError> {
        let lengths: Vec<usize> = inputs.iter().map(|input| input.ids.len()).collect();
        in_batches(&lengths, BATCH, |batch| self.model.tokens(&batch.iter().map(|&at| inputs[at]).collect::<Vec<_>>()))
    }

    /// Runs the stance network; answers in the order of the inputs.
    fn answer(&self, inputs: &[&StanceInput]) -> Result<Vec<Array2<f32>>, ModelError> {
        let lengths: Vec<usize> = inputs.iter().map(|input| input.input.ids.len()).collect();
        in_batches(&lengths, BATCH, |batch| self.model.stances(&batch.iter().map(|&at| inputs[at]).collect::<Vec<_>>()))
    }

    /// The logits of each pair, `[1, 4]`; nothing for one that the network cannot see. Questions that follow each other and share a
    /// text have it cut once.
    ///
    /// # Errors
    /// When a text cannot be cut or the network cannot run.
    pub(crate) fn pair_logits(&self, questions: &[PairQuestion]) -> Result<Vec<Option<Array2<f32>>>, AnnotateError> {
        let tagger = self.resources.stance_tagger();
        let mut passes = Vec::with_capacity(questions.len());
        for same in questions.chunk_by(|one, other| std::ptr::eq(one.text, other.text)) {
            let pieces = self.resources.cutter.cut(same[0].text)?;
            passes.extend(same.iter().map(|question| tagger.ask_pair(question, (&pieces.ids, &pieces.spans))));
        }
        let inputs: Vec<&StanceInput> = passes.iter().flatten().map(|pass| &pass.input).collect();
        let mut answers = self.answer(&inputs)?.into_iter();
        Ok(passes.iter().map(|pass| pass.as_ref().and_then(|_| answers.next())).collect())
    }

    /// The stance probabilities (favor, neutral, against) of each question's holder toward its target.
    ///
    /// # Errors
    /// When a text cannot be cut or the network cannot run.
    pub fn judge(&self, questions: &[PairQuestion]) -> Result<Vec<StanceScores>, AnnotateError> {
        let tagger = self.resources.stance_tagger();
        let scores = |rows: Array2<f32>| tagger.scores(rows.row(0), true);
        let logits = self.pair_logits(questions)?.into_iter();
        Ok(logits.map(|logits| logits.and_then(scores).unwrap_or(StanceScores::UNKNOWN)).collect())
    }

    /// For each mention of a text the probabilities that it stands for each of its names, which are in text order.
    ///
    /// # Errors
    /// When the text cannot be cut or the network cannot run.
    pub fn antecedents(
        &self,
        article: &Article,
        questions: &[(Span, &[Span])],
    ) -> Result<Vec<Vec<f32>>, AnnotateError> {
        let text = &article.text;
        let prepared = self.prepare(article)?;
        let outputs = self.encode(&prepared.inputs.iter().collect::<Vec<_>>())?;
        let output = prepared.plan.merge(&outputs);
        let spans = &prepared.pieces.spans;
        let range = |span: &Span| {
            let range = covering(spans, *span);
            range.start..range.end.max(range.start + 1)
        };
        let scene = Scene {
            text,
            date: None,
            known: &[],
            pieces: spans,
            places: Places { paragraphs: &prepared.paragraphs, inside: &prepared.inside },
            name_logits: &output.names,
            vectors: &output.vectors,
            quotes: &[],
            sources: &[],
        };
        questions
            .iter()
            .map(|(mention, candidates)| {
                let names: Vec<Name> =
                    candidates.iter().map(|span| Name::at(*span, range(span), &output.names)).collect();
                let mention = Mention { span: *mention, tokens: range(mention), probability: 1.0, block: 0 };
                Ok(self.resources.resolver().antecedents(self.model.as_ref(), &scene, &mention, &names)?)
            })
            .collect()
    }

    /// The stages between the two networks.
    fn stages(&self, article: &Article, prepared: &Prepared, outputs: &[TokenOutput]) -> Result<Staged, AnnotateError> {
        let text = &article.text;
        let output = prepared.plan.merge(outputs);
        let by_marks = self.resources.leaves_out(Part::Tagger).then(|| tags_by_marks(&prepared.inside));
        let tags = TokenTags::new(text, prepared.pieces.spans.clone(), by_marks.as_ref().unwrap_or(&output.tags))?;
        let detection = QuoteDetector::default().detect(text, &prepared.blocks, prepared.marked.clone(), &tags);
        let date = article.date.as_deref().and_then(|date| date.parse::<Date>().ok());
        let known = self.resources.speakers.find(text, date);
        let scene = Scene {
            text,
            date,
            known: &known,
            pieces: &prepared.pieces.spans,
            places: Places { paragraphs: &prepared.paragraphs, inside: &prepared.inside },
            name_logits: &output.names,
            vectors: &output.vectors,
            quotes: &detection.quotes,
            sources: &detection.sources,
        };
        let attributed = self.resources.resolver().resolve(self.model.as_ref(), &scene)?;
        let references = self.resources.parties.for_article(text, date);
        let jobs = self.jobs(article, prepared, &detection, &attributed, &references);
        Ok(Staged { detection, attributed, jobs })
    }

    /// What the stance network's answers, one a pass, make of an article.
    fn put_together(&self, article: &Article, staged: &Staged, answers: &[Array2<f32>]) -> Annotation {
        let tagger = self.resources.stance_tagger();
        let mut rest = answers;
        let mut stances: Vec<Vec<PartyStance>> = Vec::with_capacity(staged.jobs.len());
        for job in &staged.jobs {
            let (own, more) = rest.split_at(job.passes.len());
            stances.push(tagger.read(job, own));
            rest = more;
        }
        if !self.resources.leaves_out(Part::Pooling) {
            let attributions = &staged.attributed.attributions;
            let speakers: Vec<&[EntityAt]> = attributions.iter().map(|one| one.speakers.as_slice()).collect();
            pool(&mut stances, &speakers);
        }
        for (job, stances) in staged.jobs.iter().zip(&mut stances) {
            stances.retain(|stance| job.published(stance));
        }
        let stages = Stages {
            detection: &staged.detection,
            attributed: &staged.attributed,
            stances: &stances,
            curves: &self.resources.folder.manifest().calibration,
        };
        assemble(article, self.resources.tool.clone(), &stages)
    }

    fn jobs(
        &self,
        article: &Article,
        prepared: &Prepared,
        detection: &Detection,
        attributed: &Attributed,
        references: &PartyReferences,
    ) -> Vec<StanceJob> {
        let text = &article.text;
        let tagger = self.resources.stance_tagger();
        let mut cut: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
        detection
            .quotes
            .iter()
            .zip(&attributed.attributions)
            .map(|(quote, attribution)| {
                let sentences =
                    cut.entry(quote.block).or_insert_with(|| sentences(text, prepared.blocks[quote.block].span));
                let own = attribution.speakers.iter().filter_map(|&at| attributed.cast.entity(at).party.as_deref());
                tagger.ask(&StanceQuestion {
                    pieces: (&prepared.pieces.ids, &prepared.pieces.spans),
                    references,
                    quote: &quote.spans,
                    sentences,
                    holder: attribution.source.map(|source| detection.sources[source.at].span),
                    own: &own.collect::<Vec<_>>(),
                })
            })
            .collect()
    }
}

/// An article between the two networks.
struct Staged {
    detection: Detection,
    attributed: Attributed,
    jobs: Vec<StanceJob>,
}

/// Logits that say what the marks alone tell: what stands between them is speech.
fn tags_by_marks(inside: &[bool]) -> Array2<f32> {
    const SURE: f32 = 9.0;
    let spoken = TAGS.iter().position(|tag| *tag == "I-direct").expect("the tagger has this label");
    Array2::from_shape_fn((inside.len(), TAGS.len()), |(row, column)| {
        if column == if inside[row] { spoken } else { 0 } { SURE } else { 0.0 }
    })
}

/// Turns a panic into an error of the article.
fn contained<T>(run: impl FnOnce() -> Result<T, AnnotateError>) -> Result<T, AnnotateError> {
    catch_unwind(AssertUnwindSafe(run))
        .unwrap_or_else(|panic| Err(AnnotateError::Defect { message: panic_message(panic.as_ref()) }))
}
