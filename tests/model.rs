//! The model boundary with the shipped weights: the same numbers as the training code, whatever stands in the batch.

mod shipped;

use ascribe::article::{Article, blocks};
use ascribe::model::torch::TorchModel;
use ascribe::model::{
    Model, ModelFolder, NetworkInput, PairScorer, Pairs, PieceCutter, Precision, StanceInput, token_types,
};
use ascribe::pipeline::{RunSettings, run};
use ascribe::quote::marks;
use ascribe::stance::input::{InputRules, MarkerIds, passes};
use ascribe::text::{Span, Text};
use ndarray::Array2;
use serde::Deserialize;
use shipped::{annotators, model_folder};

/// Largest difference to the training code's logits.
const TOLERANCE: f32 = 1e-4;

#[derive(Deserialize)]
struct Fixture {
    attribution: Vec<AttributionCase>,
    stance: Vec<StanceCase>,
}

#[derive(Deserialize)]
struct AttributionCase {
    text: String,
    ids: Vec<i64>,
    types: Vec<i64>,
    spans: Vec<(usize, usize)>,
    tags: Vec<Vec<f32>>,
    names: Vec<Vec<f32>>,
    vectors_sum: Vec<f32>,
    pair: PairCase,
}

#[derive(Deserialize)]
struct PairCase {
    query: Vec<Vec<f32>>,
    key: Vec<Vec<f32>>,
    link_features: Vec<Vec<f32>>,
    antecedent_features: Vec<Vec<f32>>,
    link: f32,
    antecedent: f32,
}

#[derive(Deserialize)]
struct StanceCase {
    text: String,
    quote: (usize, usize),
    holder: Option<(usize, usize)>,
    targets: Vec<(usize, usize)>,
    ids: Vec<i64>,
    types: Vec<i64>,
    opens: Vec<usize>,
    logits: Vec<Vec<f32>>,
}

fn fixture() -> Fixture {
    serde_json::from_str(include_str!("fixtures/model.json")).expect("the fixture is of this form")
}

fn matrix(rows: &[Vec<f32>]) -> Array2<f32> {
    let columns = rows.first().map_or(0, Vec::len);
    Array2::from_shape_vec((rows.len(), columns), rows.concat()).expect("rows of one length")
}

fn assert_close(found: &Array2<f32>, expected: &Array2<f32>, what: &str) {
    assert_eq!(found.dim(), expected.dim(), "{what}");
    let off = (found - expected).mapv(f32::abs).fold(0.0, |a: f32, &b| a.max(b));
    assert!(off <= TOLERANCE, "{what}: off by {off}");
}

fn cutter(folder: &ModelFolder) -> PieceCutter {
    PieceCutter::open(&folder.file("tokenizer.json")).expect("the shipped tokenizer opens")
}

#[test]
fn attribution_logits_agree_with_the_training_code() {
    let folder = model_folder();
    let model = TorchModel::load(&folder, Precision::Single).expect("the shipped weights load");
    let cutter = cutter(&folder);
    for case in fixture().attribution {
        let text = Text::new(case.text.clone());
        let pieces = cutter.cut(&text).expect("invented text is cut");
        let spans: Vec<(usize, usize)> = pieces.spans.iter().map(|span| (span.start(), span.end())).collect();
        assert_eq!(spans, case.spans, "{}", case.text);
        let blocks = blocks(&text, None);
        let inside = marks::inside_flags(&marks::scan(&text, &blocks), &pieces.spans);
        let paragraphs: Vec<usize> = pieces
            .spans
            .iter()
            .map(|piece| blocks.iter().position(|block| block.span.contains(piece)).expect("in a block"))
            .collect();
        let types = token_types(&text, &pieces.spans, &inside, &paragraphs);
        assert_eq!(pieces.ids, case.ids[1..case.ids.len() - 1]);
        assert_eq!(types, case.types[1..case.types.len() - 1], "{}", case.text);
        let input = NetworkInput { ids: case.ids.clone(), types: case.types.clone() };
        let output = model.tokens(&[&input]).expect("runs").remove(0);
        assert_close(&output.tags, &matrix(&case.tags), "tags");
        assert_close(&output.names, &matrix(&case.names), "names");
        for (row, expected) in output.vectors.rows().into_iter().zip(&case.vectors_sum) {
            assert!((row.sum() - expected).abs() < 1e-3, "vectors: {} and {expected}", row.sum());
        }
        let pair = |features: &[Vec<f32>]| Pairs {
            queries: matrix(&case.pair.query),
            keys: matrix(&case.pair.key),
            features: matrix(features),
        };
        let link = model.pairs(PairScorer::Link, &pair(&case.pair.link_features)).expect("runs")[0];
        let antecedent = model.pairs(PairScorer::Antecedent, &pair(&case.pair.antecedent_features)).expect("runs")[0];
        assert!((link - case.pair.link).abs() <= TOLERANCE, "link: {link} and {}", case.pair.link);
        assert!((antecedent - case.pair.antecedent).abs() <= TOLERANCE);
    }
}

#[test]
fn stance_inputs_and_logits_agree_with_the_training_code() {
    let folder = model_folder();
    let model = TorchModel::load(&folder, Precision::Single).expect("the shipped weights load");
    let cutter = cutter(&folder);
    let id = |entry: &str| cutter.id(entry).expect("a reserved entry");
    let markers = MarkerIds {
        around: (id("[CLS]"), id("[SEP]")),
        holder: (id("[unused1]"), id("[unused2]")),
        target: (id("[unused3]"), id("[unused4]")),
    };
    for case in fixture().stance {
        let text = Text::new(case.text.clone());
        let pieces = cutter.cut(&text).expect("invented text is cut");
        let range = |(start, end): (usize, usize)| {
            let span = Span::new(start, end).expect("in order");
            let at = |piece: &Span| piece.overlaps(&span);
            let first = pieces.spans.iter().position(at).expect("a piece");
            first..pieces.spans.iter().rposition(at).expect("a piece") + 1
        };
        let targets: Vec<_> = case.targets.iter().copied().map(range).collect();
        let holder = case.holder.map(range);
        let made = passes(&pieces.ids, InputRules::trained(markers), &range(case.quote), holder.as_ref(), &targets);
        assert_eq!(made.len(), 1, "{}", case.text);
        assert_eq!(made[0].input.input.ids, case.ids, "{}", case.text);
        assert_eq!(made[0].input.input.types, case.types, "{}", case.text);
        assert_eq!(made[0].input.targets, case.opens, "{}", case.text);
        let logits = model.stances(&[&made[0].input]).expect("runs").remove(0);
        assert_close(&logits, &matrix(&case.logits), &case.text);
    }
}

#[test]
fn an_input_gets_the_same_output_bit_for_bit_alone_and_among_a_hundred() {
    same_alone_and_among_a_hundred(Precision::Single);
}

/// Where the program would choose bfloat16: the order of its sums is the processor's.
#[test]
fn an_input_gets_the_same_output_in_the_fastest_precision_too() {
    match Precision::fastest() {
        Precision::Single => eprintln!("this processor is fastest in single precision"),
        fastest @ Precision::Bfloat16 => same_alone_and_among_a_hundred(fastest),
    }
}

fn same_alone_and_among_a_hundred(precision: Precision) {
    let model = TorchModel::load(&model_folder(), precision).expect("the shipped weights load");
    let inputs: Vec<NetworkInput> = (0..100_i64)
        .map(|at| {
            let length = 5 + (at * 37) % 250;
            let inner: Vec<i64> = (0..length).map(|word| 2000 + (at * 131 + word * 17) % 9000).collect();
            let types = (0..length + 2).map(|word| (word * 5) % 16).collect();
            NetworkInput { ids: [&[101][..], &inner, &[102]].concat(), types }
        })
        .collect();
    let together = model.tokens(&inputs.iter().collect::<Vec<_>>()).expect("runs");
    for at in [0, 1, 63, 64, 65, 99] {
        let alone = model.tokens(&[&inputs[at]]).expect("runs").remove(0);
        assert!(alone == together[at], "input {at} differs in a batch");
    }
    let questions: Vec<StanceInput> = inputs
        .iter()
        .map(|input| StanceInput {
            input: NetworkInput { ids: input.ids.clone(), types: input.types.iter().map(|kind| kind % 2).collect() },
            targets: vec![1, 3],
        })
        .collect();
    let together = model.stances(&questions.iter().collect::<Vec<_>>()).expect("runs");
    for at in [0, 64, 99] {
        assert_eq!(model.stances(&[&questions[at]]).expect("runs")[0], together[at]);
    }
}

fn invented_articles() -> Vec<Article> {
    (0..12)
        .map(|at| {
            let mut text = String::new();
            for line in 0..=at * 2 {
                let line = format!(
                    "“The {line} boats of Norland will sail,” Mayor Ada Quill told the council on day {at}. \
                     Moor said Turkey and Russia had to stop it, and he called the plan “a mistake”.\n\n"
                );
                text.push_str(&line);
            }
            shipped::article(&format!("invented/{at}.txt"), &text)
        })
        .collect()
}

#[test]
fn an_article_gets_the_same_annotation_alone_and_in_any_run() {
    let articles = invented_articles();
    let alone: Vec<_> = {
        let annotator = annotators(1).remove(0);
        articles.iter().map(|article| annotator.annotate(article).expect("annotates")).collect()
    };
    assert!(alone.iter().any(|annotation| annotation.quotes.len() > 20), "the articles hold quotations");
    for (workers, handful) in [(1, 5), (2, 12), (3, 1)] {
        let mut found = Vec::new();
        let settings = RunSettings { articles: handful, ..RunSettings::default() };
        let stop = std::sync::atomic::AtomicBool::new(false);
        run(annotators(workers), articles.clone().into_iter(), settings, &stop, |outcome| {
            found.push(outcome.result.expect("annotates"));
            true
        });
        found.sort_by_key(|annotation| alone.iter().position(|one| one.article.id == annotation.article.id));
        assert!(found == alone, "{workers} workers with handfuls of {handful} differ");
    }
}

/// A folder with the shipped tokenizer and tiny networks with random weights.
fn tiny_folder(change: impl FnOnce(&mut serde_json::Value)) -> tempfile::TempDir {
    use sha2::{Digest, Sha256};
    let shipped = model_folder();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = |name: &str| folder.path().join(name);
    std::fs::copy(shipped.file("tokenizer.json"), at("tokenizer.json")).expect("copies");
    let config = serde_json::json!({
        "vocab_size": 30522, "hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 2,
        "num_attention_heads": 2, "max_position_embeddings": 300, "type_vocab_size": 2, "pad_token_id": 0,
        "hidden_act": "gelu", "hidden_dropout_prob": 0.1, "attention_probs_dropout_prob": 0.1,
        "initializer_range": 0.02, "layer_norm_eps": 1e-5,
    });
    std::fs::write(at("tiny.config.json"), config.to_string()).expect("writes");
    let mut manifest = serde_json::to_value(shipped.manifest()).expect("a manifest is JSON");
    for (network, file) in [("", "attribution.safetensors"), ("/stance", "stance.safetensors")] {
        let part = manifest.pointer_mut(network).expect("both networks are in the manifest");
        part["architecture"] = "roberta".into();
        part["config"] = "tiny.config.json".into();
        part["weights"]["file"] = file.into();
        part["weights"]["sha256"] = format!("{:x}", Sha256::digest(b"")).into();
        std::fs::write(at(file), b"").expect("writes");
    }
    manifest["token_types"] = 1.into();
    let write =
        |manifest: &serde_json::Value| std::fs::write(at("manifest.json"), manifest.to_string()).expect("writes");
    write(&manifest);
    let open = ModelFolder::open(folder.path()).expect("the tiny folder is sound");
    TorchModel::build(&open).save(&open).expect("saves");
    for (network, file) in [("", "attribution.safetensors"), ("/stance", "stance.safetensors")] {
        let hash = format!("{:x}", Sha256::digest(std::fs::read(at(file)).expect("reads")));
        manifest.pointer_mut(network).expect("there")["weights"]["sha256"] = hash.into();
    }
    change(&mut manifest);
    write(&manifest);
    folder
}

#[test]
fn a_roberta_of_random_weights_runs_without_a_change() {
    let folder = tiny_folder(|_| {});
    let annotator = shipped::annotators_with(ModelFolder::open(folder.path()).expect("sound"), 1).remove(0);
    let article = shipped::article("a.txt", "“The boats will sail,” Mayor Ada Quill said.\n\nShe thanked Turkey.");
    let annotation = annotator.annotate(&article).expect("annotates");
    assert_eq!(annotation.verify(), []);
    assert_eq!(annotator.annotate(&article).expect("annotates"), annotation);
}

#[test]
fn a_manifest_that_does_not_fit_is_refused_with_its_reason() {
    type Change = dyn Fn(&mut serde_json::Value);
    let cases: [(&Change, &str); 5] = [
        (&|manifest| manifest["format"] = "ascribe-model/9".into(), "format is \"ascribe-model/9\""),
        (&|manifest| manifest["tags"][1] = "B-speech".into(), "B-speech"),
        (&|manifest| manifest["overlap"] = 999.into(), "overlap 999"),
        (&|manifest| manifest["weights"]["sha256"] = "0".repeat(64).into(), "damaged"),
        (&|manifest| manifest["architecture"] = "lstm".into(), "could not understand"),
    ];
    for (change, reason) in cases {
        let folder = tiny_folder(|manifest| change(manifest));
        let error = ModelFolder::open(folder.path()).expect_err("it does not fit").to_string();
        assert!(error.contains(reason), "{error}");
    }
    let nothing = tempfile::tempdir().expect("a temporary folder");
    let error = ModelFolder::open(nothing.path()).expect_err("nothing there").to_string();
    assert!(error.contains("manifest.json"), "{error}");
}
