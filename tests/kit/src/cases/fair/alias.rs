//! Cases about domain aliases: `fair.md`, Domain alias.

use crate::case::Case;
use crate::cases::publisher::{op, root};
use crate::json::Json;
use crate::log::Log;
use crate::moment::Moment;

const RULE: &str = "fair.md, Domain alias: confirmed when DNS TXT _fairpm.<domain> holds did=<the DID>";

pub(super) fn cases() -> Vec<Case> {
    let one = claiming(&["fair://publisher.example"]);
    let other = claiming(&["fair://publisher.example", "https://publisher.example"]);
    let case = |name: &str, about: &str, log: &Log, records: &str| {
        let case = Case::new("fair-alias", format!("fair/alias/{name}")).rule(RULE).about(about).log(log);
        case.text("txt", records.replace("@", log.did()))
    };
    let domain = || Json::object([("domain", "publisher.example".into())]);
    let refused = "fair.alias.mismatch";
    vec![
        case("confirmed", "The domain names the DID.", &one, "did=@").verified(domain(), &[]),
        case("quoted", "The value is quoted.", &one, "did=\"@\"").verified(domain(), &[]),
        case("among-others", "Other records and other names stand beside.", &other, "v=spf1 -all\ndid=@")
            .verified(domain(), &[]),
        case("none-claimed", "No alias is claimed: there is nothing to say.", &claiming(&[]), "")
            .verified(Json::Object(Vec::new()), &[]),
        case(
            "two-claimed",
            "Two aliases, of which the domain confirms one.",
            &claiming(&["fair://publisher.example", "fair://other.example"]),
            "did=@",
        )
        .rejected(refused),
        case("other-did", "The domain names another DID.", &one, &format!("did={}", other.did()))
            .rejected(refused),
        case("both", "The domain names this DID and another.", &one, &format!("did=@\ndid={}", other.did()))
            .rejected(refused),
        case("no-record", "The domain has no such record.", &one, "v=spf1 -all").rejected(refused),
        case("longer", "The record goes on after the DID.", &one, "did=@x").rejected(refused),
        case(
            "no-domain",
            "The alias is no domain name.",
            &claiming(&["fair://publisher.example/x"]),
            "did=@",
        )
        .rejected(refused),
    ]
}

fn claiming(aliases: &[&str]) -> Log {
    let genesis = aliases.iter().fold(op(), |op, alias| op.also_known_as(alias));
    Log::new(&genesis.sign(&root()), Moment::START)
}
