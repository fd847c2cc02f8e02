//! The only file that names `tch` and `rust_bert`: networks built from a manifest.
//!
//! The encoders run in single precision or in bfloat16 ([`Precision`]), the small layers over them in single precision.
//! Each worker owns a replica and runs it on one thread, since sums over several threads would depend on the batch. The
//! replicas share the storage of the weights. `rust_bert`'s ready pipelines are not used: they mix up rows past the
//! first batch (token classification) and pad without a mask (sequence classification).

use std::path::Path;

use ndarray::{Array1, Array2, Axis, s};
use rust_bert::Config;
use rust_bert::bert::{BertConfig, BertEmbeddings, BertModel};
use rust_bert::deberta_v2::{DebertaV2Config, DebertaV2Model};
use rust_bert::electra::{ElectraConfig, ElectraModel};
use rust_bert::roberta::RobertaEmbeddings;
use tch::{Device, Kind, Tensor, nn};

use super::{
    Architecture, Manifest, Model, ModelError, ModelFolder, NetworkInput, PairScorer, Pairs, Precision, StanceInput,
    TokenOutput, in_batches, padded_length,
};

/// An encoder of any of the architectures that a manifest may name.
#[allow(clippy::large_enum_variant, reason = "a model has two of them")]
enum Encoder {
    Bert(BertModel<BertEmbeddings>),
    Roberta(BertModel<RobertaEmbeddings>),
    Electra(ElectraModel),
    DebertaV2(DebertaV2Model),
}

impl Encoder {
    /// Builds the encoder under `path`; returns it with its hidden size.
    fn build(path: &nn::Path, architecture: Architecture, config: &Path) -> (Self, i64) {
        match architecture {
            Architecture::Bert => {
                let config = BertConfig::from_file(config);
                let model = BertModel::new_with_optional_pooler(path, &config, false);
                (Self::Bert(model), config.hidden_size)
            }
            Architecture::Roberta => {
                let config = BertConfig::from_file(config);
                let model = BertModel::new_with_optional_pooler(path, &config, false);
                (Self::Roberta(model), config.hidden_size)
            }
            Architecture::Electra => {
                let config = ElectraConfig::from_file(config);
                (Self::Electra(ElectraModel::new(path, &config)), config.hidden_size)
            }
            Architecture::DebertaV2 => {
                let config = DebertaV2Config::from_file(config);
                (Self::DebertaV2(DebertaV2Model::new(path, &config)), config.hidden_size)
            }
        }
    }

    /// Hidden states `[batch, tokens, size]` in single precision.
    fn forward(&self, ids: &Tensor, mask: &Tensor, types: &Tensor) -> Result<Tensor, rust_bert::RustBertError> {
        let (ids, mask, types) = (Some(ids), Some(mask), Some(types));
        let states = match self {
            Self::Bert(model) => model.forward_t(ids, mask, types, None, None, None, None, false)?.hidden_state,
            Self::Roberta(model) => model.forward_t(ids, mask, types, None, None, None, None, false)?.hidden_state,
            Self::Electra(model) => model.forward_t(ids, mask, types, None, None, false)?.hidden_state,
            Self::DebertaV2(model) => model.forward_t(ids, mask, types, None, None, false)?.hidden_state,
        };
        Ok(states.to_kind(Kind::Float))
    }
}

/// A multi-layer perceptron over `[query; key; query * key; features]`.
struct Scorer {
    hidden: nn::Linear,
    out: nn::Linear,
}

impl Scorer {
    fn build(path: &nn::Path, manifest: &Manifest, features: usize) -> Self {
        let hidden = manifest.pair_hidden as i64;
        let inputs = (3 * manifest.vector_width + features) as i64;
        Self {
            hidden: nn::linear(path / "hidden", inputs, hidden, nn::LinearConfig::default()),
            out: nn::linear(path / "out", hidden, 1, nn::LinearConfig::default()),
        }
    }

    fn forward(&self, pairs: &Pairs) -> Tensor {
        let (query, key) = (tensor(&pairs.queries), tensor(&pairs.keys));
        let product = &query * &key;
        Tensor::cat(&[query, key, product, tensor(&pairs.features)], -1)
            .apply(&self.hidden)
            .gelu("none")
            .apply(&self.out)
            .squeeze_dim(-1)
    }
}

/// Both networks of a model folder, on the CPU.
pub struct TorchModel {
    attribution: nn::VarStore,
    encoder: Encoder,
    tags: nn::Linear,
    names: nn::Linear,
    vectors: nn::Linear,
    link: Scorer,
    antecedent: Scorer,
    stance: nn::VarStore,
    stance_encoder: Encoder,
    stance_dense: nn::Linear,
    stance_out: nn::Linear,
    manifest: Manifest,
    precision: Precision,
}

impl TorchModel {
    /// Loads the networks of a folder, their encoders to run in `precision`.
    ///
    /// # Errors
    /// When weights are missing or do not fit the architecture.
    pub fn load(folder: &ModelFolder, precision: Precision) -> Result<Self, ModelError> {
        let mut model = Self { precision, ..Self::build(folder) };
        for (store, weights, is_head) in [
            (&mut model.attribution, &folder.manifest().weights, above_attribution as fn(&str) -> bool),
            (&mut model.stance, &folder.manifest().stance.weights, above_stance),
        ] {
            let path = folder.file(&weights.file);
            store
                .load(&path)
                .map_err(|source| ModelError::Load { path: path.display().to_string(), source: Box::new(source) })?;
            // The file holds 16-bit numbers and the variables take its type; sums are made in 32 bits.
            store.float();
            if precision == Precision::Bfloat16 {
                narrow(store, is_head);
            }
            store.freeze();
        }
        Ok(model)
    }

    /// A second model over the same weights, for another worker.
    #[must_use]
    pub fn replica(&self, folder: &ModelFolder) -> Self {
        let mut copy = Self { precision: self.precision, ..Self::build(folder) };
        for (from, to) in [(&self.attribution, &mut copy.attribution), (&self.stance, &mut copy.stance)] {
            let source = from.variables();
            tch::no_grad(|| {
                for (name, mut variable) in to.variables() {
                    variable.set_data(&source[&name]);
                }
            });
            to.freeze();
        }
        copy
    }

    /// The networks with random weights.
    #[must_use]
    pub fn build(folder: &ModelFolder) -> Self {
        let manifest = folder.manifest().clone();
        let attribution = nn::VarStore::new(Device::Cpu);
        let root = attribution.root();
        let (encoder, size) = Encoder::build(&(&root / "bert"), manifest.architecture, &folder.file(&manifest.config));
        let linear =
            |name: &str, outputs: usize| nn::linear(&root / name, size, outputs as i64, nn::LinearConfig::default());
        let tags = linear("tags", manifest.tags.len());
        let names = linear("names", manifest.names.len());
        let vectors = linear("vectors", 4 * manifest.vector_width);
        let link = Scorer::build(&(&root / "link"), &manifest, manifest.pair_features[0]);
        let antecedent = Scorer::build(&(&root / "antecedent"), &manifest, manifest.pair_features[1]);
        let stance = nn::VarStore::new(Device::Cpu);
        let root = stance.root();
        let (stance_encoder, size) =
            Encoder::build(&root, manifest.stance.architecture, &folder.file(&manifest.stance.config));
        let head = &root / "stance";
        let stance_dense = nn::linear(&head / "dense", size, size, nn::LinearConfig::default());
        let stance_out =
            nn::linear(&head / "out", size, manifest.stance.labels.len() as i64, nn::LinearConfig::default());
        Self {
            attribution,
            encoder,
            tags,
            names,
            vectors,
            link,
            antecedent,
            stance,
            stance_encoder,
            stance_dense,
            stance_out,
            manifest,
            precision: Precision::Single,
        }
    }

    /// Writes random weights to the folder's files, so that tests can have a model of any architecture.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn save(&self, folder: &ModelFolder) -> Result<(), ModelError> {
        for (store, weights) in
            [(&self.attribution, &self.manifest.weights), (&self.stance, &self.manifest.stance.weights)]
        {
            let path = folder.file(&weights.file);
            store
                .save(&path)
                .map_err(|source| ModelError::Load { path: path.display().to_string(), source: Box::new(source) })?;
        }
        Ok(())
    }
}

impl Model for TorchModel {
    fn tokens(&self, batch: &[&NetworkInput]) -> Result<Vec<TokenOutput>, ModelError> {
        by_length(batch, |input| input, |group| self.tokens_of_one_length(group))
    }

    fn pairs(&self, scorer: PairScorer, pairs: &Pairs) -> Result<Array1<f32>, ModelError> {
        let scorer = match scorer {
            PairScorer::Link => &self.link,
            PairScorer::Antecedent => &self.antecedent,
        };
        single_threaded(|| {
            let scores = scorer.forward(pairs).unsqueeze(0);
            Ok(array2(&scores).index_axis_move(Axis(0), 0))
        })
    }

    fn stances(&self, batch: &[&StanceInput]) -> Result<Vec<Array2<f32>>, ModelError> {
        by_length(batch, |input| &input.input, |group| self.stances_of_one_length(group))
    }
}

impl TorchModel {
    fn tokens_of_one_length(&self, batch: &[&NetworkInput]) -> Result<Vec<TokenOutput>, ModelError> {
        single_threaded(|| {
            let padded = pad(batch, self.manifest.token_types > 1, self.precision);
            let hidden = self
                .encoder
                .forward(&padded.ids, &padded.mask, &padded.types)
                .map_err(|source| run_error("attribution", source))?;
            let tags = hidden.apply(&self.tags);
            let names = hidden.apply(&self.names);
            let vectors = hidden.apply(&self.vectors).gelu("none");
            Ok(batch
                .iter()
                .enumerate()
                .map(|(row, input)| {
                    let inner = |all: &Tensor| array2(&all.get(row as i64).narrow(0, 1, input.ids.len() as i64 - 2));
                    TokenOutput { tags: inner(&tags), names: inner(&names), vectors: inner(&vectors) }
                })
                .collect())
        })
    }

    fn stances_of_one_length(&self, batch: &[&StanceInput]) -> Result<Vec<Array2<f32>>, ModelError> {
        let inputs: Vec<&NetworkInput> = batch.iter().map(|input| &input.input).collect();
        single_threaded(|| {
            let padded = pad(&inputs, true, self.precision);
            let hidden = self
                .stance_encoder
                .forward(&padded.ids, &padded.mask, &padded.types)
                .map_err(|source| run_error("stance", source))?;
            let logits =
                array3_rows(&hidden.apply(&self.stance_dense).gelu("none").apply(&self.stance_out), batch.len());
            Ok(batch
                .iter()
                .zip(logits)
                .map(|(input, rows)| {
                    let mut out = Array2::zeros((input.targets.len(), rows.ncols()));
                    for (row, &at) in input.targets.iter().enumerate() {
                        out.slice_mut(s![row, ..]).assign(&rows.row(at));
                    }
                    out
                })
                .collect())
        })
    }
}

/// Runs the inputs of each padded length apart; results in the order of `batch`.
fn by_length<I, T>(
    batch: &[&I],
    input: impl Fn(&I) -> &NetworkInput,
    run: impl Fn(&[&I]) -> Result<Vec<T>, ModelError>,
) -> Result<Vec<T>, ModelError> {
    let lengths: Vec<usize> = batch.iter().map(|one| input(one).ids.len()).collect();
    in_batches(&lengths, usize::MAX, |group| run(&group.iter().map(|&at| batch[at]).collect::<Vec<_>>()))
}

/// Whether a variable of the attribution network belongs to a layer over the encoder.
fn above_attribution(name: &str) -> bool {
    !name.starts_with("bert.")
}

/// Whether a variable of the stance network belongs to a layer over the encoder.
fn above_stance(name: &str) -> bool {
    name.starts_with("stance.")
}

/// Makes the variables of the encoder bfloat16.
fn narrow(store: &nn::VarStore, is_head: impl Fn(&str) -> bool) {
    tch::no_grad(|| {
        for (name, mut variable) in store.variables() {
            if !is_head(&name) {
                let narrowed = variable.to_kind(Kind::BFloat16);
                variable.set_data(&narrowed);
            }
        }
    });
}

/// Products of fewer rows are summed in another order in bfloat16: smaller batches are filled up with empty inputs.
const LEAST_NARROW: usize = 256;

/// Inputs of one length, with the mask of what is real.
struct Padded {
    ids: Tensor,
    types: Tensor,
    mask: Tensor,
}

fn pad(batch: &[&NetworkInput], typed: bool, precision: Precision) -> Padded {
    let length = batch.iter().map(|input| padded_length(input.ids.len())).max().unwrap_or(0);
    let least = if precision == Precision::Bfloat16 { LEAST_NARROW.div_ceil(length.max(1)) } else { 0 };
    let rows = batch.len().max(least);
    let fill = |row: &dyn Fn(&NetworkInput, usize) -> i64| {
        let mut flat: Vec<i64> = batch.iter().flat_map(|input| (0..length).map(|at| row(input, at))).collect();
        flat.resize(rows * length, 0);
        Tensor::from_slice(&flat).view([rows as i64, length as i64])
    };
    Padded {
        ids: fill(&|input, at| input.ids.get(at).copied().unwrap_or(0)),
        types: fill(&|input, at| if typed { input.types.get(at).copied().unwrap_or(0) } else { 0 }),
        mask: fill(&|input, at| i64::from(at < input.ids.len())),
    }
}

/// Runs on one thread and without gradients; the thread count is the library's own per-thread setting.
fn single_threaded<T>(run: impl FnOnce() -> T) -> T {
    if tch::get_num_threads() != 1 {
        tch::set_num_threads(1);
    }
    tch::no_grad(run)
}

fn tensor(array: &Array2<f32>) -> Tensor {
    let (rows, columns) = array.dim();
    let flat: Vec<f32> = array.iter().copied().collect();
    Tensor::from_slice(&flat).view([rows as i64, columns as i64])
}

fn array2(tensor: &Tensor) -> Array2<f32> {
    let (rows, columns) = tensor.size2().expect("the tensor has two dimensions");
    let mut flat = vec![0.0_f32; (rows * columns) as usize];
    let length = flat.len();
    tensor.to_kind(Kind::Float).contiguous().copy_data(&mut flat, length);
    Array2::from_shape_vec((rows as usize, columns as usize), flat).expect("as many numbers as the shape says")
}

fn array3_rows(tensor: &Tensor, count: usize) -> Vec<Array2<f32>> {
    (0..count).map(|row| array2(&tensor.get(row as i64))).collect()
}

fn run_error(network: &'static str, source: rust_bert::RustBertError) -> ModelError {
    ModelError::Run { network, source: Box::new(source) }
}

/// A square product of matrices in single precision: the yardstick beside which the networks' speed is printed.
pub struct Yardstick {
    left: Tensor,
    right: Tensor,
}

impl Yardstick {
    /// Rows and columns of both matrices.
    pub const SIZE: usize = 1536;

    /// Matrices of random numbers.
    #[must_use]
    pub fn new() -> Self {
        let matrix = || Tensor::randn([Self::SIZE as i64, Self::SIZE as i64], (Kind::Float, Device::Cpu));
        Self { left: matrix(), right: matrix() }
    }

    /// Multiplies once, on one thread; returns the number of floating point operations.
    #[must_use]
    pub fn multiply(&self) -> f64 {
        let product = single_threaded(|| self.left.matmul(&self.right));
        // The first number is read, so that the product cannot be left out.
        let operations = 2.0 * (Self::SIZE as f64).powi(3);
        if product.double_value(&[0, 0]).is_finite() { operations } else { 0.0 }
    }
}

impl Default for Yardstick {
    fn default() -> Self {
        Self::new()
    }
}
