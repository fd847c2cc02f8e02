//! `cargo bench`: each stage on one invented article, the encoder on full windows.
#![allow(missing_docs, reason = "the macros of criterion make public functions")]

use std::hint::black_box;
use std::path::PathBuf;
use std::sync::Arc;

use ascribe::article::{Article, blocks};
use ascribe::model::torch::TorchModel;
use ascribe::model::{Model, ModelFolder, NetworkInput, Precision};
use ascribe::pipeline::{Annotator, AnnotatorSettings, Resources};
use ascribe::quote::marks;
use ascribe::speaker::registry::Registry;
use ascribe::stance::reference::PartyFinder;
use ascribe::text::Text;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn registry() -> Registry {
    let toml = std::fs::read_to_string(root().join("corpus/registry.toml")).expect("the registry is in the checkout");
    Registry::from_toml(&toml).expect("it is sound")
}

fn folder() -> ModelFolder {
    let name = std::fs::read_to_string(root().join("models/default")).expect("a default model is named");
    ModelFolder::open(&root().join("models").join(name.trim())).expect("it is sound")
}

fn invented(paragraphs: usize) -> Text {
    let paragraph = "“The boats of Norland will sail when the ice has gone,” Mayor Ada Quill told the council on Monday. \
                     She said that Turkey and Russia had \"promised support\" for the harbor, and that Iran was silent.\n\n";
    Text::new(paragraph.repeat(paragraphs))
}

fn pure_stages(criterion: &mut Criterion) {
    let text = invented(25);
    let mut group = criterion.benchmark_group("pure");
    group.throughput(Throughput::Bytes(text.as_str().len() as u64));
    group.bench_function("blocks", |bencher| bencher.iter(|| blocks(black_box(&text), None)));
    let found = blocks(&text, None);
    group.bench_function("marks", |bencher| bencher.iter(|| marks::scan(black_box(&text), &found)));
    let finder = PartyFinder::new(Arc::new(registry())).expect("builds");
    group.bench_function("parties", |bencher| bencher.iter(|| finder.for_article(black_box(&text), None)));
    group.finish();
}

fn networks(criterion: &mut Criterion) {
    let model = TorchModel::load(&folder(), Precision::Single).expect("loads");
    let mut group = criterion.benchmark_group("encoder");
    group.sample_size(10);
    for length in [128, 256] {
        let input = NetworkInput { ids: vec![2000; length], types: vec![0; length] };
        let batch: Vec<&NetworkInput> = std::iter::repeat_n(&input, 2048 / length).collect();
        group.throughput(Throughput::Elements((batch.len() * length) as u64));
        group
            .bench_function(format!("windows of {length}"), |bencher| bencher.iter(|| model.tokens(black_box(&batch))));
    }
    group.finish();
}

fn whole_way(criterion: &mut Criterion) {
    let resources = Resources::open(folder(), registry(), AnnotatorSettings::default()).expect("opens");
    let annotator = Annotator::load(resources, 1).expect("loads").remove(0);
    let article = Article {
        id: "invented".into(),
        path: "invented.txt".into(),
        sha256: String::new(),
        title: None,
        date: None,
        source: None,
        url: None,
        text: invented(25),
    };
    let mut group = criterion.benchmark_group("whole way");
    group.sample_size(10);
    group.throughput(Throughput::Elements(1));
    group.bench_function("an article of 1,000 words", |bencher| {
        bencher.iter(|| annotator.annotate(black_box(&article)));
    });
    group.finish();
}

criterion_group!(stages, pure_stages, networks, whole_way);
criterion_main!(stages);
