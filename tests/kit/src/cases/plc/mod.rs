//! Cases about operation logs: `did-plc.md`.

mod bare;
mod chain;
mod contestable;
mod did;
mod entry;
mod entry_unknown;
mod export;
mod genesis;
mod hash;
mod history;
mod keys_before;
mod legacy;
mod limits;
mod nullified_flag;
mod operation_shape;
mod prev;
mod recovery_authority;
mod recovery_nested;
mod recovery_window;
mod rotation_keys;
mod signature;
mod signature_text;
mod time_order;
mod time_syntax;
mod tombstone;
mod verification_methods;
mod withheld;

use crate::case::Case;

pub(super) fn cases() -> Vec<Case> {
    [
        chain::cases(),
        did::cases(),
        entry::cases(),
        entry_unknown::cases(),
        operation_shape::cases(),
        verification_methods::cases(),
        rotation_keys::cases(),
        keys_before::cases(),
        hash::cases(),
        genesis::cases(),
        legacy::cases(),
        prev::cases(),
        signature_text::cases(),
        signature::cases(),
        time_syntax::cases(),
        time_order::cases(),
        recovery_window::cases(),
        recovery_authority::cases(),
        recovery_nested::cases(),
        tombstone::cases(),
        nullified_flag::cases(),
        withheld::cases(),
        bare::cases(),
        export::cases(),
        contestable::cases(),
        history::cases(),
        limits::cases(),
    ]
    .concat()
}
