//! Domain aliases.

use crate::border::{Place, Texts, fedverify_str};
use crate::call::{attempt, free, given, look, make_optional};
use crate::error::fedverify_error;
use crate::identity::fedverify_identity;
use crate::status::fedverify_status;
use fedverify::fair::Alias;

/// The domain that an identity claims as its alias: `fair://<domain>` among its names. A claim, until the domain's DNS says
/// the same. Freed with `fedverify_alias_free`.
pub struct fedverify_alias {
    /// The DID that claims it.
    did: String,
    alias: Alias,
    record_name: String,
}

/// The domain alias that an identity claims. Where it claims none, the call succeeds and puts NULL into `alias`.
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
        let identity = &given(identity, "an identity")?.identity;
        let did = identity.did().to_string();
        let claim = identity.alias()?;
        Ok(claim.map(|alias| fedverify_alias { did, record_name: alias.record_name(), alias }))
    })
}

/// Takes an alias back. NULL is allowed, the same alias twice is not.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_alias_free(alias: Option<Box<fedverify_alias>>) {
    free(alias);
}

/// The domain. It lives as long as the alias.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_alias_domain(alias: Option<&fedverify_alias>) -> fedverify_str {
    look(alias, |alias| fedverify_str::of(alias.alias.domain()))
}

/// The name whose TXT records confirm the alias: `_fairpm.<domain>`. It lives as long as the alias.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_alias_record_name(alias: Option<&fedverify_alias>) -> fedverify_str {
    look(alias, |alias| fedverify_str::of(&alias.record_name))
}

/// Compares the TXT records of that name with the DID: one must be `did=` and the DID, and none `did=` and another.
///
/// `records` are views of `count` texts, one for each record; NULL is allowed with a count of 0. Looking them up is the
/// caller's work.
///
/// Errors: `FEDVERIFY_FAIR_ALIAS_MISMATCH`, `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_alias_confirm(
    alias: Option<&fedverify_alias>,
    records: Texts<'_>,
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
