//! Cases about documents and packages of a did:web: `docs/rules/fair.md`.

mod alone;
mod did;
mod document;
mod keys;
mod published;
mod services;
mod times;

use crate::case::Case;

pub(super) fn cases() -> Vec<Case> {
    [did::cases(), document::cases(), keys::cases(), times::cases(), services::cases(), alone::cases()]
        .concat()
}
