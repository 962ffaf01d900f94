//! The test kit of fedverify: an independent oracle that signs and encodes on its own.
//!
//! It shares no code with the crate `fedverify`, so that a mistake there cannot hide itself by being made here too. It
//! writes the conformance corpus (`tests/corpus`) and the signed examples (`examples`), and other tests make their inputs
//! with it. All keys come from labels and all times are fixed, so the same call always gives the same bytes.
//!
//! ```
//! use fedverify_kit::{KeyPair, Log, Moment, Op};
//!
//! let (root, daily, fair) = (KeyPair::k256("root"), KeyPair::p256("daily"), KeyPair::ed25519("fair"));
//! let genesis = Op::regular().rotation_keys([&root, &daily]).verification_method("fair", &fair).sign(&root);
//! let attack = Op::regular().rotation_keys([&daily]).after(&genesis).sign(&daily);
//! let recovery = Op::regular().rotation_keys([&root]).after(&genesis).sign(&root);
//! let log = Log::new(&genesis, Moment::START)
//!     .then(&attack, Moment::hour(1))
//!     .then(&recovery, Moment::hour(73));
//! assert_eq!(log.summary().nullified, [attack.cid()]);
//! assert!(log.text().starts_with("[\n  {\n    \"did\": \"did:plc:"));
//! ```

pub mod archive;
pub mod batch;
pub mod case;
pub mod cases;
pub mod cbor;
pub mod chain;
pub mod codes;
pub mod corpus;
pub mod deflate;
pub mod directories;
pub mod disk;
pub mod encoding;
pub mod examples;
pub mod forgery;
pub mod inputs;
pub mod json;
pub mod keys;
pub mod log;
pub mod metadata;
pub mod moment;
pub mod operation;
pub mod pfn;
pub mod pin;
pub mod play;
pub mod plugin;
pub mod publish;
pub mod seeds;
pub mod server;
pub mod shapes;
pub mod stretch;
pub mod version;

pub use case::Case;
pub use chain::{chain, chain_of};
pub use json::Json;
pub use keys::KeyPair;
pub use log::Log;
pub use moment::Moment;
pub use operation::{Op, SignedOp};

use corpus::Tree;

/// The folders that hold generated files only, but for [`KEPT`].
pub const FOLDERS: [&str; 3] = [corpus::FOLDER, "examples/fair", "examples/pfn"];

/// Files in those folders that are written by hand.
pub const KEPT: [&str; 1] = ["tests/corpus/README.md"];

/// Everything that the kit writes, by path from the project's root.
pub fn generated() -> Tree {
    let corpus = corpus::files(&cases::all(), &cases::directories::all());
    let mut tree: Tree =
        corpus.into_iter().map(|(path, bytes)| (format!("{}/{path}", corpus::FOLDER), bytes)).collect();
    tree.extend(examples::files());
    // Every byte counts, so git must not change the ends of lines on any system.
    for folder in FOLDERS {
        tree.insert(format!("{folder}/.gitattributes"), b"* -text\n".to_vec());
    }
    tree
}
