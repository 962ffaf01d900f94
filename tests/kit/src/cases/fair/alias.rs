//! Cases about domain aliases.

use crate::case::Case;
use crate::cases::publisher::{op, root};
use crate::json::Json;
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::Op;
use crate::pin::{PinFile, Visit};

const RULE: &str = r#"fair.md, "Domain alias""#;

const MISMATCH: &str = "fair.alias.mismatch";

/// The domain, and the alias that claims it.
pub(super) const DOMAIN: &str = "publisher.example";
pub(super) const ALIAS: &str = "fair://publisher.example";

pub(super) fn cases() -> Vec<Case> {
    [confirmed(), remembered(), refused_records(), forms(), refused_forms()].concat()
}

/// A case about the TXT records of the claimed domain, one per line; `@` is the DID.
fn case(name: &str, about: &str, log: &Log, records: &str) -> Case {
    let case = Case::new("fair-alias", format!("fair/alias/{name}")).rule(RULE).about(about).log(log);
    case.text("txt", records.replace('@', log.did()))
}

/// The report names the domain only where DNS confirmed it.
fn facts(domain: impl Into<Json>) -> Json {
    Json::object([("alias", domain.into())])
}

fn refused(case: Case) -> Case {
    case.rejected(MISMATCH).fact("alias", ())
}

fn confirmed() -> Vec<Case> {
    let genesis = op().also_known_as(ALIAS).sign(&root());
    let claims = Log::new(&genesis, Moment::START);
    let verified = |name: &str, about: &str, records: &str| {
        case(name, about, &claims, records).verified(facts(DOMAIN), &[])
    };
    vec![
        verified("confirmed", "The domain names the DID.", "did=@"),
        verified("quoted", "The value is in quotes.", "did=\"@\""),
        verified("record-quoted", "The whole record is in quotes, as tools print it.", "\"did=@\""),
        verified("twice", "Two records name the DID, one in quotes.", "did=@\ndid=\"@\""),
        verified("among-others", "There are other records too.", "v=spf1 -all\ndid=@\nx-did=did:plc:other"),
        case(
            "other-names",
            "The identity has other names too.",
            &claiming(&["https://publisher.example", ALIAS, "at://publisher.example"]),
            "did=@",
        )
        .verified(facts(DOMAIN), &[]),
        case(
            "none-claimed",
            "The identity claims no alias: there is nothing to confirm.",
            &claiming(&[]),
            "did=@",
        )
        .verified(facts(()), &[]),
        case(
            "tombstoned",
            "The identity was deactivated: nothing is claimed any more.",
            &claims.clone().then(&Op::tombstone().after(&genesis).sign(&root()), Moment::hour(1)),
            "did=@",
        )
        .verified(facts(()), &["plc.deactivated"]),
    ]
}

/// What is remembered of the log does not depend on the alias.
fn remembered() -> Vec<Case> {
    let (first, again) = (Moment::hour(50).seconds(), Moment::hour(100).seconds());
    let case = |name: &str, about: &str, log: &Log, records: &str| {
        let pin = PinFile::first(&Visit::audit(log, first));
        let kept = pin.next(&Visit::audit(log, again));
        let case = case(name, about, log, records).file("pin", "pin.json", pin.json().pretty()).now(again);
        (case, kept)
    };
    let (confirmed, kept_confirmed) =
        case("pin-confirmed", "The domain names the DID, and a pin is given.", &claiming(&[ALIAS]), "did=@");
    let (none_claimed, kept_none_claimed) =
        case("pin-none-claimed", "No alias is claimed, and a pin is given.", &claiming(&[]), "did=@");
    let (mismatch, kept_mismatch) =
        case("pin-no-record", "The domain has no record, and a pin is given.", &claiming(&[ALIAS]), "");
    vec![
        confirmed.verified(facts(DOMAIN), &[]).keeps(&kept_confirmed),
        none_claimed.verified(facts(()), &[]).keeps(&kept_none_claimed),
        refused(mismatch).keeps(&kept_mismatch),
    ]
}

fn refused_records() -> Vec<Case> {
    let claims = claiming(&[ALIAS]);
    let other = claiming(&[ALIAS, "https://publisher.example"]);
    let rows = [
        ("other-did", "The domain names another DID.", format!("did={}", other.did())),
        ("both", "The domain names this DID and another.", format!("did=@\ndid={}", other.did())),
        ("no-record", "The domain has no such record.", "v=spf1 -all".to_owned()),
        ("no-records", "The domain has no records at all.", String::new()),
        ("longer", "The record goes on after the DID.", "did=@x".to_owned()),
        ("fragment", "The record is a DID URL.", "did=@#fair".to_owned()),
        ("empty-value", "The record has no value.", "did=".to_owned()),
        ("upper-case", "The record starts with DID= in upper case.", "DID=@".to_owned()),
        ("inside", "The record has the DID, but not at its start.", "fair did=@".to_owned()),
        ("opening-quote", "The value has an opening quote only.", "did=\"@".to_owned()),
        ("closing-quote", "The value has a closing quote only.", "did=@\"".to_owned()),
        ("single-quotes", "The value is in single quotes.", "did='@'".to_owned()),
    ];
    rows.map(|(name, about, records)| refused(case(name, about, &claims, &records))).to_vec()
}

/// A name has at most 253 bytes, of which `_fairpm.` takes eight.
fn longest_domain() -> String {
    let domain = format!("{}b", "a.".repeat(122));
    assert_eq!(domain.len(), 253 - "_fairpm.".len());
    domain
}

fn forms() -> Vec<Case> {
    let longest = longest_domain();
    let longest_alias = format!("fair://{longest}");
    let rows = [
        ("one-slash", "fair://publisher.example/", DOMAIN, "One slash after the domain."),
        ("subdomain", "fair://plugins.publisher.example", "plugins.publisher.example", "A subdomain."),
        ("digits", "fair://1.2.3.example", "1.2.3.example", "Labels of digits before the last one."),
        ("punycode", "fair://xn--bcher-kva.example", "xn--bcher-kva.example", "An internationalised domain."),
        ("245-bytes", longest_alias.as_str(), longest.as_str(), "The longest domain."),
    ];
    rows.map(|(name, alias, domain, about)| {
        case(name, about, &claiming(&[alias]), "did=@").verified(facts(domain), &[])
    })
    .to_vec()
}

fn refused_forms() -> Vec<Case> {
    let too_long = format!("fair://{}b", longest_domain());
    let rows = [
        ("246-bytes", too_long.as_str(), "A domain that is too long for its record's name."),
        ("upper-case", "fair://Publisher.example", "A domain with a capital letter."),
        ("one-label", "fair://localhost", "A domain of one label."),
        ("underscore", "fair://my_publisher.example", "A domain with an underscore."),
        ("trailing-dot", "fair://publisher.example.", "A dot after the domain."),
        ("two-slashes", "fair://publisher.example//", "Two slashes after the domain."),
        ("path", "fair://publisher.example/x", "A path after the domain."),
        ("query", "fair://publisher.example?x", "A query after the domain."),
        ("port", "fair://publisher.example:443", "A port after the domain."),
        ("user-name", "fair://publisher@publisher.example", "A user name before the domain."),
        ("empty", "fair://", "No domain."),
        ("only-slash", "fair:///", "A slash and no domain."),
        ("white-space", "fair://publisher.example ", "White space after the domain."),
        ("ipv4", "fair://192.0.2.1", "An IPv4 address."),
        ("ipv4-two-parts", "fair://127.1", "An IPv4 address in two parts."),
        ("ipv6", "fair://[2001:db8::1]", "An IPv6 address."),
        ("digit-begins-last-label", "fair://publisher.1example", "A last label that begins with a digit."),
        ("empty-label", "fair://publisher..example", "An empty label."),
        (
            "not-ascii",
            "fair://b\u{fc}cher.example",
            "An internationalised domain that is not in its ASCII form.",
        ),
    ];
    let mut cases: Vec<Case> = Vec::new();
    for (name, alias, about) in rows {
        let about = format!("{about} The record names the DID.");
        cases.push(refused(case(&format!("form-{name}"), &about, &claiming(&[alias]), "did=@")));
    }
    let two = claiming(&[ALIAS, "fair://other.example"]);
    let twice = claiming(&[ALIAS, "fair://publisher.example/"]);
    cases.extend([
        refused(case("two-claimed", "Two aliases are claimed, of which one is confirmed.", &two, "did=@")),
        refused(case("claimed-twice", "One domain is claimed twice, spelled differently.", &twice, "did=@")),
    ]);
    cases
}

/// The log of an identity with these other names.
pub(super) fn claiming(aliases: &[&str]) -> Log {
    let genesis = aliases.iter().fold(op(), |op, alias| op.also_known_as(alias));
    Log::new(&genesis.sign(&root()), Moment::START)
}
