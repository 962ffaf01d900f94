//! The alias in the verification of a package: it never changes the verdict.

use super::alias::{ALIAS, DOMAIN, claiming};
use super::published::Published;
use crate::case::Case;
use crate::cases::publisher::{fair, log};
use crate::metadata::Form;

const RULE: &str = r#"fair.md, "Domain alias""#;
const UNCONFIRMED: &str = "fair.alias.unconfirmed";

pub(super) fn cases() -> Vec<Case> {
    let claims = Published::under(claiming(&[ALIAS]), "fair", fair(), Form::Ed25519Sha384);
    let two = claiming(&[ALIAS, "fair://other.example"]);
    let two = Published::under(two, "fair", fair(), Form::Ed25519Sha384);
    let none = Published::new();
    let other = log().did().to_owned();
    let case = |name: &str, about: &str, published: &Published| {
        published.case(&format!("package-alias/{name}")).rule(RULE).about(about)
    };
    // `@` is the DID.
    let with = |name: &str, about: &str, published: &Published, records: &str| {
        case(name, about, published).text("txt", records.replace('@', published.log.did()))
    };
    let unconfirmed = |name: &str, about: &str, published: &Published, records: &str| {
        with(name, about, published, records).verified(published.facts(), &[UNCONFIRMED]).fact("alias", ())
    };
    vec![
        with("confirmed", "The domain names the DID.", &claims, "did=@")
            .verified(claims.facts(), &[])
            .fact("alias", DOMAIN),
        unconfirmed("other-did", "The domain names another DID.", &claims, &format!("did={other}")),
        unconfirmed("no-record", "The domain has no such record.", &claims, "v=spf1 -all"),
        unconfirmed("two-claimed", "Two aliases are claimed, of which one is confirmed.", &two, "did=@"),
        with("none-claimed", "The identity claims no alias.", &none, "did=@")
            .verified(none.facts(), &[])
            .fact("alias", ()),
        case("not-looked-up", "The identity claims an alias, and no records are given.", &claims)
            .verified(claims.facts(), &[])
            .fact("alias", ()),
    ]
}
