//! Speakers: from source mentions to entities.
//!
//! The tagger says where a source is mentioned; this stage says which mention a quotation belongs to and whom the
//! mention means. Choices are learned ([`scorer`]), what the words themselves tell is read off ([`head`](mod@head),
//! [`cast`]), and what nobody can know from the article comes from the [`registry`].
mod antecedent;
mod attribution;
pub mod cast;
mod common;
mod context;
pub mod features;
pub mod form;
pub mod head;
mod interview;
mod link;
mod meaning;
pub mod name;
pub mod noun;
mod phrase;
mod profile;
pub mod registry;
mod resolver;
#[cfg(test)]
mod scenes;
pub mod scorer;
mod signature;
mod via;

pub use attribution::{Attribution, Linked, UNLINKED};
pub use cast::{Cast, Entity, EntityAt, EntityKind};
pub use profile::Gender;
pub use resolver::{Attributed, ResolverSettings, Scene, SpeakerResolver};
