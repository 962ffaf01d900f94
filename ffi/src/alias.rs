//! Domain aliases.

use crate::border::{Place, Strs, fedverify_str};
use crate::call::{attempt, given, make_optional};
use crate::error::fedverify_error;
use crate::handle::{free, look};
use crate::identity::fedverify_identity;
use crate::status::fedverify_status;
use crate::web_document::fedverify_web_document;
use fedverify::fair::Alias;

/// The domain that an identity claims as its alias: `fair://<domain>` among its names. A claim, until the domain's DNS says
/// the same. Freed with `fedverify_alias_free`.
pub struct fedverify_alias {
    /// The DID that claims it.
    did: String,
    alias: Alias,
    record_name: String,
}

impl fedverify_alias {
    pub(crate) fn new(did: String, alias: Alias) -> Self {
        fedverify_alias { did, record_name: alias.record_name(), alias }
    }
}

/// The domain alias that a did:plc claims. Where it claims none, the call succeeds and puts NULL into `alias`.
///
/// Errors: `FEDVERIFY_FAIR_ALIAS_MISMATCH` for more than one alias, and for one that is no domain name in lower case;
/// `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_alias(
    identity: Option<&fedverify_identity>,
    alias: Place<'_, fedverify_alias>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make_optional(alias, error, || {
        let identity = given(identity, "an identity")?.core();
        let claim = identity.alias()?;
        Ok(claim.map(|alias| fedverify_alias::new(identity.did().to_string(), alias)))
    })
}

/// The domain alias that a did:web claims. As `fedverify_identity_alias`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_web_document_alias(
    document: Option<&fedverify_web_document>,
    alias: Place<'_, fedverify_alias>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make_optional(alias, error, || {
        let document = &given(document, "a DID document")?.document;
        let claim = Alias::from_names(document.also_known_as())?;
        Ok(claim.map(|alias| fedverify_alias::new(document.did().to_string(), alias)))
    })
}

/// Frees an alias. NULL is ignored; do not free twice.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_alias_free(alias: Option<Box<fedverify_alias>>) {
    free(alias);
}

/// The domain. Valid until the alias is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_alias_domain(alias: Option<&fedverify_alias>) -> fedverify_str {
    look(alias, |alias| fedverify_str::new(alias.alias.domain()))
}

/// The name whose TXT records confirm the alias: `_fairpm.<domain>`. Valid until the alias is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_alias_record_name(alias: Option<&fedverify_alias>) -> fedverify_str {
    look(alias, |alias| fedverify_str::new(&alias.record_name))
}

/// Compares the TXT records of that name with the DID: one must be `did=` and the DID, and none `did=` and another.
///
/// `records` are views of `count` strings, one for each record; NULL is allowed with a count of 0. Looking them up is the
/// caller's work.
///
/// Errors: `FEDVERIFY_FAIR_ALIAS_MISMATCH`, `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_alias_confirm(
    alias: Option<&fedverify_alias>,
    records: Strs<'_>,
    count: usize,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    attempt(error, || {
        let fedverify_alias { did, alias, record_name: _ } = given(alias, "an alias")?;
        let records = records.read(count, "TXT records")?;
        let records: Vec<String> = records.into_iter().map(str::to_owned).collect();
        alias.confirm(did, &records)
    })
}
