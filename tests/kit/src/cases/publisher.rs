//! The publisher whose identity most cases are about.

use crate::keys::KeyPair;
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::{Op, SignedOp};

/// The rotation key of highest authority, kept offline.
pub(super) fn root() -> KeyPair {
    KeyPair::k256("publisher/root")
}

/// The rotation key for every day.
pub(super) fn daily() -> KeyPair {
    KeyPair::k256("publisher/daily")
}

/// The rotation key of lowest authority.
pub(super) fn spare() -> KeyPair {
    KeyPair::p256("publisher/spare")
}

/// The label of [`fair`].
pub(super) const FAIR_LABEL: &str = "publisher/fair";

/// The key that signs packages.
pub(super) fn fair() -> KeyPair {
    KeyPair::ed25519(FAIR_LABEL)
}

/// A key that no log lists.
pub(super) fn stranger() -> KeyPair {
    KeyPair::k256("stranger")
}

/// The type of the service at which FAIR metadata is found.
pub(super) const REPOSITORY: &str = "FairPackageManagementRepo";

/// An operation with the publisher's whole state.
pub(super) fn op() -> Op {
    Op::regular().rotation_keys([&root(), &daily(), &spare()]).verification_method("fair", &fair()).service(
        "fairpm_repo",
        REPOSITORY,
        "https://publisher.example/fair.json",
    )
}

/// The same with an alias that tells it from others.
pub(super) fn update(number: u32) -> Op {
    op().also_known_as(&format!("https://publisher.example/{number}"))
}

/// The first operation, signed by the root key.
pub(super) fn genesis() -> SignedOp {
    op().sign(&root())
}

/// The log of the genesis alone.
pub(super) fn log() -> Log {
    Log::new(&genesis(), Moment::START)
}

/// The log of the genesis and one operation, an hour later.
pub(super) fn log_with(second: &SignedOp) -> Log {
    log().then(second, Moment::hour(1))
}

/// An honest log of three operations.
pub(super) fn three() -> Log {
    let first = genesis();
    let second = update(1).after(&first).sign(&daily());
    let third = update(2).after(&second).sign(&daily());
    Log::new(&first, Moment::START).then(&second, Moment::hour(1)).then(&third, Moment::hour(2))
}
