//! The DID that is asked for.

use crate::case::{Case, Input};
use crate::cases::publisher::{genesis, log, op, stranger, three, update};
use crate::cases::rule;
use crate::encoding::did_plc;
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::SignedOp;

pub(super) fn cases() -> Vec<Case> {
    let mut cases = syntax();
    cases.extend(mismatches());
    cases
}

fn syntax() -> Vec<Case> {
    let did = log().did().to_owned();
    let short = &did[..did.len() - 1];
    let invalid = [
        (
            "upper-case-identifier",
            format!("did:plc:{}", did[8..].to_uppercase()),
            "The identifier is in capitals",
        ),
        ("upper-case-method", did.replace("plc", "PLC"), "The method is in capitals"),
        ("upper-case-scheme", did.replace("did:", "DID:"), "The scheme is in capitals"),
        ("one-character-short", short.to_owned(), "The identifier has 23 characters"),
        ("one-character-long", format!("{did}a"), "The identifier has 25 characters"),
        ("digit-zero", format!("{short}0"), "The last character is a 0, which base32 does not have"),
        ("digit-one", format!("{short}1"), "The last character is a 1, which base32 does not have"),
        ("digit-eight", format!("{short}8"), "The last character is an 8, which base32 does not have"),
        ("digit-nine", format!("{short}9"), "The last character is a 9, which base32 does not have"),
        ("padding", format!("{short}="), "A padding character"),
        ("leading-space", format!(" {did}"), "There is white space before it"),
        ("trailing-line-break", format!("{did}\n"), "There is a line break after it"),
        ("trailing-nul", format!("{did}\0"), "There is a NUL after it"),
        ("fragment", format!("{did}#fair"), "A DID URL with a fragment"),
        ("query", format!("{did}?versionId=1"), "A DID URL with a query"),
        ("path", format!("{did}/log"), "A DID URL with a path"),
        ("second-identifier", format!("{did}:{}", &did[8..]), "An identifier of two parts"),
        ("no-identifier", "did:plc:".to_owned(), "Nothing after the method"),
        ("no-colon", "did:plc".to_owned(), "No colon after the method"),
        ("no-method", format!("did::{}", &did[8..]), "An empty method"),
        ("no-scheme", did[4..].to_owned(), "A missing scheme"),
        ("empty", String::new(), "An empty string"),
    ];
    let unsupported = [
        ("did-web", "did:web:publisher.example".to_owned()),
        (
            "did-key",
            genesis().json().get("rotationKeys").expect("keys").clone().item(0).as_text().unwrap().to_owned(),
        ),
        ("unknown-method", "did:example:123".to_owned()),
    ];
    let mut cases: Vec<Case> = Vec::new();
    for (name, did, about) in invalid {
        cases.push(
            asked(&format!("plc/did/syntax/{name}"), &did)
                .rule(rule::plc::DID)
                .about(format!("{about}; the log is right for the DID that a lenient reader makes of it."))
                .rejected("did.invalid"),
        );
    }
    for (name, did) in unsupported {
        cases.push(
            asked(&format!("plc/did/method/{name}"), &did)
                .rule(rule::plc::DID)
                .about("A well-formed DID of a method that has no operation log.")
                .rejected("did.unsupported"),
        );
    }
    for (name, did, about) in [
        ("unknown-method-alone", "did:example:", "A method that is not known, and nothing after it."),
        ("unknown-method-and-path", "did:example:123/log", "A DID URL of a method that is not known."),
    ] {
        cases.push(
            asked(&format!("plc/did/method/{name}"), did)
                .rule(rule::plc::DID)
                .about(about)
                .rejected("did.invalid"),
        );
    }
    cases
}

/// The publisher's log, asked for under some text.
fn asked(name: &str, did: &str) -> Case {
    Case::plc(name).log(&log()).input("did", Input::Text(did.to_owned()))
}

fn mismatches() -> Vec<Case> {
    const RULE: &str = rule::plc::GENESIS;
    let other = Log::new(&update(9).sign(&stranger()), Moment::START);
    let forged_genesis = op().rotation_keys([&stranger()]).sign(&stranger());
    let forged = Log::claiming(log().did(), &forged_genesis, Moment::START);
    let unsigned = did_plc(&op().bytes());
    vec![
        Case::plc("plc/did/other-identity")
            .rule(rule::plc::ENTRIES)
            .about("A valid log of another identity.")
            .log(&Log::new(&genesis_of_stranger(), Moment::START))
            .input("did", Input::Text(log().did().to_owned()))
            .rejected("plc.did_mismatch"),
        Case::plc("plc/did/forged-genesis")
            .rule(RULE)
            .about("Every entry claims the DID asked for; only the hash of the genesis gives another.")
            .log(&forged)
            .rejected("plc.did_mismatch"),
        Case::plc("plc/did/of-unsigned-genesis")
            .rule(rule::plc::DID)
            .about("The DID is the hash of the genesis without its signature.")
            .log(&Log::claiming(&unsigned, &genesis(), Moment::START))
            .rejected("plc.did_mismatch"),
        Case::plc("plc/did/first-entry-of-another")
            .rule(rule::plc::ENTRIES)
            .about("Only the first entry's did is another identity's; the operations are right.")
            .log(&three().edit(0, |entry| entry.set("did", other.did())))
            .rejected("plc.did_mismatch"),
        Case::plc("plc/did/last-entry-of-another")
            .rule(rule::plc::ENTRIES)
            .about("Only the last entry's did is another identity's; the operations are right.")
            .log(&three().edit(2, |entry| entry.set("did", other.did())))
            .rejected("plc.did_mismatch"),
        Case::plc("plc/did/entry-in-upper-case")
            .rule(rule::plc::ENTRIES)
            .about("Only the last entry's did is written in capitals.")
            .log(
                &three().edit(2, |entry| {
                    entry.set("did", format!("did:plc:{}", three().did()[8..].to_uppercase()))
                }),
            )
            .rejected("plc.did_mismatch"),
    ]
}

fn genesis_of_stranger() -> SignedOp {
    update(9).rotation_keys([&stranger()]).sign(&stranger())
}
