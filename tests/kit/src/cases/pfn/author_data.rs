//! The document in which a source lists an author's plugins.

use super::document;
use super::record::{
    BOUND, PARTIAL, SAMPLE, key_file, record, sample as members, signature_of, signed_record,
};
use crate::case::Case;
use crate::forgery::small_order_points;
use crate::json::Json;
use crate::keys::KeyPair;
use crate::pfn::{pem, sign_text, signed_text, spki_of};

const RULE: &str = r#"pfn.md, "author-data""#;
const SIGNED: &str = r#"pfn.md, "Signed metadata""#;
const MALFORMED: &str = "pfn.author_data.malformed";

/// What is done to a document.
type Change = fn(&mut Json);

pub(super) fn cases() -> Vec<Case> {
    [unchecked(), tags(), checked(), keys(), refused()].concat()
}

/// The document of an author with these plugins.
fn author(plugins: impl IntoIterator<Item = Json>) -> Json {
    Json::object([("username", "publisher".into()), ("plugins", Json::array(plugins))])
}

/// The plugin of this id, rightly signed.
fn plugin(id: &str) -> Json {
    let [_, name, version, description] = members();
    signed_record([Some(id.into()), name, version, description])
}

fn case(name: &str, rule: &str, about: &str, json: &Json) -> Case {
    document("pfn-author-data", &format!("author-data/{name}"), json).rule(rule).about(about)
}

fn facts(plugins: impl IntoIterator<Item = Json>) -> Json {
    Json::object([("author", author(plugins))])
}

/// A plugin of which nothing was checked.
fn unchecked_plugin(id: &str) -> Json {
    Json::object([("id", id.into()), ("unchecked", true.into())])
}

/// A plugin of which the signature was checked: the error's code, or `null`.
fn checked_plugin(id: &str, code: impl Into<Json>) -> Json {
    Json::object([("id", id.into()), ("code", code.into())])
}

/// Without a key, the document is read and no more.
fn unchecked() -> Vec<Case> {
    let verified = |name: &str, about: &str, json: &Json, ids: &[&str]| {
        let facts = facts(ids.iter().map(|id| unchecked_plugin(id))).with("trust", ());
        case(name, RULE, about, json).verified(facts, &[])
    };
    let two = author([plugin("hello-pfn"), plugin("gallery")]);
    let more = author([record()]).with("bio", Json::Null).with("n", Json::Raw("1e400".to_owned()));
    vec![
        verified("sample", "A document as sources serve it.", &author([record()]), &["hello-pfn"]),
        verified("empty-list", "The author has no plugins.", &author([]), &[]),
        verified("two-plugins", "Two plugins, in the document's order.", &two, &["hello-pfn", "gallery"]),
        verified("more-members", "Members that are not known.", &more, &["hello-pfn"]),
        verified(
            "unsigned-unchecked",
            "A plugin without a signature, which is not checked here.",
            &author([record().without("signature")]),
            &["hello-pfn"],
        ),
    ]
}

/// Tags are unsigned, and nothing rests on them.
fn tags() -> Vec<Case> {
    let rows: [(&str, &str, Json); 7] = [
        ("object", "Tags are an object, as documented.", Json::object([("category", "utilities".into())])),
        ("empty-object", "Tags are an empty object.", Json::object([])),
        ("array", "Tags are a list of strings.", Json::array(["utilities", "gallery"])),
        ("empty-array", "Tags are an empty list, as PHP writes an empty map.", Json::Array(Vec::new())),
        ("string", "Tags are one string.", "utilities".into()),
        ("number", "Tags are a number beyond the range of a double.", Json::Raw("1e400".to_owned())),
        ("null", "Tags are null.", Json::Null),
    ];
    let verified = |name: &str, about: &str, plugin: Json| {
        case(&format!("tags-{name}"), RULE, about, &author([plugin]))
            .input("key", key_file())
            .verified(facts([checked_plugin(SAMPLE[0], ())]).with("trust", "key"), BOUND)
    };
    let mut cases: Vec<Case> = Vec::new();
    for (name, about, value) in rows {
        cases.push(verified(name, about, record().with("tags", value)));
    }
    cases.push(verified("absent", "There are no tags.", record().without("tags")));
    cases
}

/// A plugin of a list, its id, and why the key did not sign it.
type Outcome = (Json, &'static str, Option<&'static str>);

/// With a key, each plugin is judged separately. Where the key did not sign all, a warning says so. Where it signed none, the
/// document is refused for the first, and the report still says what became of each.
fn judged(name: &str, rule: &str, about: &str, outcomes: &[Outcome]) -> Case {
    let list = author(outcomes.iter().map(|(plugin, ..)| plugin.clone()));
    let told = outcomes.iter().map(|(_, id, code)| checked_plugin(id, code.map_or(Json::Null, Json::from)));
    let case = case(&format!("checked-{name}"), rule, about, &list).input("key", key_file());
    let mut codes = outcomes.iter().map(|(.., code)| *code);
    match codes.clone().min() {
        Some(Some(_)) => case
            .rejected(codes.next().flatten().expect("the key signed none"))
            .fact("author", author(told))
            .fact("trust", ()),
        _ if codes.any(|code| code.is_some()) => case.verified(facts(told).with("trust", "key"), PARTIAL),
        Some(None) => case.verified(facts(told).with("trust", "key"), BOUND),
        None => case.verified(facts(told).with("trust", ()), &[]),
    }
}

fn checked() -> Vec<Case> {
    let [_, name, version, description] = members();
    let without_slug = signed_record([None, name.clone(), version.clone(), description.clone()]);
    let wrong = sign_text(&KeyPair::ed25519("pfn/another"), &signed_text(members()));
    let number = Some(Json::Number("1.5".to_owned()));
    let not_a_string = signed_record([Some("number".into()), name.clone(), number, description]);
    let null_description = signed_record([Some("null".into()), name, version, Some(Json::Null)]);
    let outcomes: [Outcome; 10] = [
        (plugin("gallery"), "gallery", None),
        (plugin("changed").with("version", "1.0.1"), "changed", Some("pfn.signature.invalid")),
        (record().with("signature", wrong), SAMPLE[0], Some("pfn.signature.invalid")),
        (plugin("unsigned").without("signature"), "unsigned", Some("pfn.signature.missing")),
        (plugin("null-signature").with("signature", ()), "null-signature", Some("pfn.signature.missing")),
        (plugin("encoding").with("signature", "none"), "encoding", Some("pfn.signature.encoding")),
        (plugin("other-type").with("signature", 7), "other-type", Some("pfn.plugin.malformed")),
        (not_a_string, "number", Some("pfn.plugin.not_text")),
        (null_description, "null", Some("pfn.plugin.malformed")),
        (without_slug, "plugins[9]", Some("pfn.plugin.malformed")),
    ];
    let [signed, changed, _, unsigned, ..] = outcomes.clone();
    let second = || (plugin("player"), "player", None);
    // What has no slug has none in common with another.
    let nameless = |place| (plugin(""), place, Some("pfn.plugin.malformed"));
    let mut cases = vec![
        judged("all", SIGNED, "Plugins of every outcome.", &outcomes),
        judged("none", RULE, "A key, and no plugins.", &[]),
        judged(
            "slugs-empty",
            SIGNED,
            "Two plugins whose slug is empty, rightly signed.",
            &[nameless("plugins[0]"), signed.clone(), nameless("plugins[2]")],
        ),
        judged(
            "slug-of-its-own-place",
            SIGNED,
            "A plugin whose slug is its own place, and one without a slug.",
            &[(plugin("plugins[0]"), "plugins[0]", None), nameless("plugins[1]")],
        ),
        judged("two-signed", RULE, "Two plugins, both signed.", &[signed.clone(), second()]),
        judged(
            "last-unsigned",
            RULE,
            "The key signed all but the last.",
            &[signed, second(), unsigned.clone()],
        ),
        judged("first-changed", RULE, "The key signed the last of two.", &[changed.clone(), second()]),
        judged("none-signed", RULE, "Two plugins, of which the key signed none.", &[unsigned, changed]),
    ];
    for (plugin, id, code) in &outcomes[..9] {
        let about = match code {
            None => format!("One plugin, {id}, which the key signed."),
            Some(code) => format!("One plugin, {id}, which the key did not sign: {code}."),
        };
        let name = if *id == SAMPLE[0] { "by-another-key" } else { id };
        cases.push(judged(name, SIGNED, &about, &[(plugin.clone(), *id, *code)]));
    }
    cases
}

fn keys() -> Vec<Case> {
    let identity = spki_of(&small_order_points()[0]);
    let with_key = |name: &str, about: &str, key: String| {
        case(name, r#"pfn.md, "Publisher keys""#, about, &author([record()]))
            .file("key", "key.txt", key)
            .rejected("pfn.key.invalid")
            .fact("author", ())
    };
    vec![
        with_key("key-identity-point", "The key is the identity point.", pem("PUBLIC KEY", &identity)),
        with_key("key-signature", "The key is a signature.", signature_of(members())),
    ]
}

fn refused() -> Vec<Case> {
    let changes: [(&str, &str, Change); 8] = [
        ("no-username", "No username.", |data| data.remove("username")),
        ("username-number", "The username is a number.", |data| data.set("username", 7)),
        ("no-plugins", "No plugins.", |data| data.remove("plugins")),
        ("plugins-null", "The plugins are null.", |data| data.set("plugins", ())),
        ("plugins-object", "The plugins are a map by slug.", |data| {
            data.set("plugins", Json::object([("hello-pfn", record())]));
        }),
        ("plugin-string", "A plugin is its slug alone.", |data| {
            data.member("plugins").items_mut().push("hello".into());
        }),
        ("slug-twice", "Two plugins with one slug.", |data| {
            let twin = data.member("plugins").item(0).clone();
            data.member("plugins").items_mut().push(twin.with("version", "0.9.0"));
        }),
        ("slug-of-a-place", "A plugin whose slug is the name of another, which has none.", |data| {
            data.set(
                "plugins",
                Json::array([Json::object([("slug", "plugins[1]".into())]), Json::object([])]),
            );
        }),
    ];
    let mut cases = vec![
        case("array", RULE, "The document is in an array.", &Json::array([author([record()])]))
            .rejected("input.wrong_type"),
    ];
    for (name, about, change) in changes {
        let mut changed = author([record()]);
        change(&mut changed);
        cases.push(case(name, RULE, about, &changed).rejected(MALFORMED).fact("author", ()));
    }
    cases
}
