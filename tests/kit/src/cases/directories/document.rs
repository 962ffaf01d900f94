//! The DID document that a directory serves beside its log.

use crate::cases::publisher::{daily, fair, root};
use crate::cases::rule::plc::DOCUMENTS;
use crate::directories::Case;
use crate::json::Json;
use crate::keys::KeyPair;
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::Op;
use crate::server::did_document;

pub(super) fn cases() -> Vec<Case> {
    [without_meaning(), with_meaning(), whole_lists(), not_documents(), deactivated()].concat()
}

/// An identity with two of everything.
fn log() -> Log {
    let op = Op::regular()
        .rotation_keys([&root(), &daily()])
        .also_known_as("https://publisher.example")
        .also_known_as("at://publisher.example")
        .verification_method("fair", &fair())
        .verification_method("other", &KeyPair::ed25519("other"))
        .service("pds", "AtprotoPersonalDataServer", "https://pds.example")
        .service("web", "Publisher Website", "https://publisher.example");
    Log::new(&op.sign(&root()), Moment::START)
}

/// An identity that only has a rotation key.
fn nothing() -> Log {
    Log::new(&Op::regular().rotation_keys([&root()]).sign(&root()), Moment::START)
}

fn nothing_said() -> Json {
    Json::object([("id", nothing().did().into())])
}

fn served() -> Json {
    did_document(&log())
}

fn edited(change: impl FnOnce(&mut Json)) -> Json {
    let mut document = served();
    change(&mut document);
    document
}

fn same(name: &str, about: &str, document: &Json) -> Case {
    Case::document(DOCUMENTS, name, about, &log(), (document.pretty(), false))
}

fn differs(name: &str, about: &str, document: &Json) -> Case {
    Case::document(DOCUMENTS, name, about, &log(), (document.pretty(), true))
}

/// How the documents of honest directories differ.
fn without_meaning() -> Vec<Case> {
    let did = log().did().to_owned();
    let reversed = |list: &str| edited(|document| document.member(list).items_mut().reverse());
    let of_all = |list: &str, change: &dyn Fn(&mut Json)| {
        edited(|document| document.member(list).items_mut().iter_mut().for_each(change))
    };
    let text = |item: &Json, name: &str| item.get(name).and_then(Json::as_text).expect("a string").to_owned();
    let whole = of_all("service", &|item| item.set("id", format!("{did}{}", text(item, "id"))));
    let relative = of_all("verificationMethod", &|item| item.set("id", text(item, "id").replace(&did, "")));
    let other_members = of_all("verificationMethod", &|item| {
        item.set("type", "JsonWebKey2020");
        item.set("controller", "did:plc:other");
        item.set("future", Json::Null);
    });
    let Json::Object(mut members) = served() else { panic!("an object") };
    members.reverse();
    let repeated = |list: &str| {
        edited(|document| {
            let first = document.member(list).item(0).clone();
            document.member(list).items_mut().push(first);
        })
    };
    vec![
        same("same", "As the public directory writes it.", &served()),
        same("no-context", "Without @context.", &served().without("@context")),
        same("other-context", "With another @context.", &served().with("@context", "https://other.example")),
        same("whole-service-ids", "Services with whole ids, as go-didplc's replica writes them.", &whole),
        same("relative-key-ids", "Keys with ids of the form #fragment.", &relative),
        same("order-of-members", "The members in the other order.", &Json::Object(members)),
        same("order-of-keys", "The keys in the other order.", &reversed("verificationMethod")),
        same("order-of-services", "The services in the other order.", &reversed("service")),
        same("order-of-aliases", "The aliases in the other order.", &reversed("alsoKnownAs")),
        same(
            "other-members",
            "Keys of another type and controller, and with an unknown member.",
            &other_members,
        ),
        same(
            "unknown-member",
            "A member that is not compared.",
            &served().with("controller", "did:plc:other"),
        ),
        same("key-twice", "A key that is listed twice.", &repeated("verificationMethod")),
        same("alias-twice", "An alias that is listed twice.", &repeated("alsoKnownAs")),
        Case::document(
            DOCUMENTS,
            "no-lists",
            "An identity without keys, services and aliases, and a document without these lists.",
            &nothing(),
            (nothing_said().pretty(), false),
        ),
    ]
}

/// Everything that a document says.
fn with_meaning() -> Vec<Case> {
    let of = |list: &'static str, name: &'static str, value: &'static str| {
        edited(|document| document.member(list).item(0).set(name, value))
    };
    let other_key = KeyPair::ed25519("thief").did_key().replace("did:key:", "");
    let key =
        edited(|document| document.member("verificationMethod").item(0).set("publicKeyMultibase", other_key));
    let alias = edited(|document| *document.member("alsoKnownAs").item(1) = "at://thief.example".into());
    // Written one after the other, with nothing or a space between them, type and endpoint are what they were.
    let moved = |service_type: &str, endpoint: &str| {
        edited(|document| {
            let service = document.member("service").item(1);
            service.set("type", service_type);
            service.set("serviceEndpoint", endpoint);
        })
    };
    let exchanged = edited(|document| {
        let keys = document.member("verificationMethod");
        let id = keys.item(0).get("id").expect("an id").clone();
        let other = keys.item(1).get("id").expect("an id").clone();
        keys.item(0).set("id", other);
        keys.item(1).set("id", id);
    });
    vec![
        differs(
            "other-did",
            "The document of another DID.",
            &served().with("id", "did:plc:ewvi7nxzyoun6zhxrhs64oiz"),
        ),
        differs("other-key", "A key is replaced.", &key),
        differs("other-key-id", "A key has another id.", &of("verificationMethod", "id", "#thief")),
        differs("keys-exchanged", "Two keys have each the id of the other.", &exchanged),
        differs(
            "bare-key-id",
            "A key's id is neither whole nor of the form #fragment.",
            &of("verificationMethod", "id", "fair"),
        ),
        differs("other-service-id", "A service has another id.", &of("service", "id", "#thief")),
        differs("other-service-type", "A service has another type.", &of("service", "type", "Website")),
        differs(
            "other-endpoint",
            "A service has another endpoint.",
            &of("service", "serviceEndpoint", "https://thief.example"),
        ),
        differs(
            "endpoint-in-the-type",
            "The start of the endpoint is at the end of the type.",
            &moved("Publisher Websitehttps:", "//publisher.example"),
        ),
        differs(
            "type-in-the-endpoint",
            "The end of the type is at the start of the endpoint.",
            &moved("Publisher", "Website https://publisher.example"),
        ),
        differs("other-alias", "An alias is replaced.", &alias),
    ]
}

/// A list must have all that the log has, and nothing else.
fn whole_lists() -> Vec<Case> {
    let mut cases = Vec::new();
    for (list, what) in [("verificationMethod", "key"), ("service", "service"), ("alsoKnownAs", "alias")] {
        let less = edited(|document| drop(document.member(list).items_mut().remove(1)));
        let more = edited(|document| {
            let other = match list {
                "alsoKnownAs" => "at://more.example".into(),
                _ => document.member(list).item(0).clone().with("id", "#more"),
            };
            document.member(list).items_mut().push(other);
        });
        let twice = edited(|document| {
            let first = document.member(list).item(0).clone();
            *document.member(list).item(1) = first;
        });
        cases.extend([
            differs(&format!("no-{what}-list"), "The list is not there.", &served().without(list)),
            differs(&format!("one-{what}-less"), "One of two is missing.", &less),
            differs(&format!("one-{what}-more"), "One is added.", &more),
            differs(&format!("one-{what}-for-two"), "The first is there twice, and the second not.", &twice),
        ]);
    }
    cases
}

/// An identity that its tombstone ended has nothing, and a directory that goes on serving it is noticed.
fn deactivated() -> Vec<Case> {
    let genesis = Op::regular().rotation_keys([&root()]).sign(&root());
    let tombstone = Op::tombstone().after(&genesis).sign(&root());
    let log = Log::new(&genesis, Moment::START).then(&tombstone, Moment::hour(1));
    let nothing = nothing_said();
    let alias = nothing.clone().with("alsoKnownAs", Json::array(["at://a.example"]));
    let case = |name: &str, about: &str, served: &Json, differs: bool| {
        Case::document(DOCUMENTS, &format!("deactivated/{name}"), about, &log, (served.pretty(), differs))
    };
    vec![
        case("nothing", "A deactivated identity, and a document without lists.", &nothing, false),
        case("alias", "A deactivated identity, and a document that still has an alias.", &alias, true),
        case(
            "message",
            "A deactivated identity, and a message instead of a document.",
            &Json::object([("message", "gone".into())]),
            true,
        ),
    ]
}

fn not_documents() -> Vec<Case> {
    let text = |name: &str, about: &str, served: &str| {
        Case::document(DOCUMENTS, name, about, &log(), (served.to_owned(), true))
    };
    let id_twice = format!("{{\"id\":\"did:plc:other\",{}", &served().to_string()[1..]);
    let more = |list: &str, item: Json| edited(|document| document.member(list).items_mut().push(item));
    let without_key = Json::object([("id", "#more".into())]);
    let wrong = |name: &str, about: &str, list: Json| {
        let lists = ["verificationMethod", "service", "alsoKnownAs"];
        let cases = lists.map(|member| {
            let served = nothing_said().with(member, list.clone()).pretty();
            Case::document(DOCUMENTS, &format!("{name}/{member}"), about, &nothing(), (served, true))
        });
        cases.to_vec()
    };
    let cases = vec![
        text("page", "A page for people.", "<!DOCTYPE html><title>Welcome</title>"),
        text("empty", "Nothing.", ""),
        text("array", "A JSON array.", "[]"),
        text("message", "A message that the DID is not known.", r#"{"message":"DID not registered"}"#),
        text("id-twice", "The DID is there twice, once another one.", &id_twice),
        differs("no-id", "Without an id.", &served().without("id")),
        differs("alias-number", "One more alias, which is a number.", &more("alsoKnownAs", 7_u64.into())),
        differs("service-string", "One more service, which is a string.", &more("service", "#more".into())),
        differs(
            "key-without-key",
            "One more key, without publicKeyMultibase.",
            &more("verificationMethod", without_key),
        ),
    ];
    let null = wrong("null", "The list is null, and the identity has nothing there.", Json::Null);
    let object =
        wrong("object", "The list is an object, and the identity has nothing there.", Json::object([]));
    [cases, null, object].concat()
}
