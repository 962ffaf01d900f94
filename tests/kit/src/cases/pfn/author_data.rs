//! The document in which a source lists an author's plugins.

use super::document;
use super::record::{BOUND, SAMPLE, key_file, record, sample as members, signature_of, signed_record};
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
        case(name, RULE, about, json).verified(facts(ids.iter().map(|id| unchecked_plugin(id))), &[])
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
            .verified(facts([checked_plugin(SAMPLE[0], ())]), BOUND)
    };
    let mut cases: Vec<Case> = Vec::new();
    for (name, about, value) in rows {
        cases.push(verified(name, about, record().with("tags", value)));
    }
    cases.push(verified("absent", "There are no tags.", record().without("tags")));
    cases
}

/// With a key, each plugin is judged separately. The document is verified whatever becomes of one.
fn checked() -> Vec<Case> {
    let [_, name, version, description] = members();
    let without_slug = signed_record([None, name.clone(), version.clone(), description.clone()]);
    let wrong = sign_text(&KeyPair::ed25519("pfn/another"), &signed_text(members()));
    let number = Some(Json::Number("1.5".to_owned()));
    let not_a_string = signed_record([Some("number".into()), name.clone(), number, description]);
    let null_description = signed_record([Some("null".into()), name, version, Some(Json::Null)]);
    let outcomes = [
        (plugin("gallery"), "gallery", Json::Null),
        (plugin("changed").with("version", "1.0.1"), "changed", "pfn.signature.invalid".into()),
        (record().with("signature", wrong), SAMPLE[0], "pfn.signature.invalid".into()),
        (plugin("unsigned").without("signature"), "unsigned", "pfn.signature.missing".into()),
        (plugin("null-signature").with("signature", ()), "null-signature", "pfn.signature.missing".into()),
        (plugin("encoding").with("signature", "none"), "encoding", "pfn.signature.encoding".into()),
        (plugin("other-type").with("signature", 7), "other-type", "pfn.plugin.malformed".into()),
        (not_a_string, "number", "pfn.plugin.not_text".into()),
        (null_description, "null", "pfn.plugin.malformed".into()),
        (without_slug, "plugins[9]", "pfn.plugin.malformed".into()),
    ];
    let checked = |case: Case, outcomes: &[(Json, &str, Json)]| {
        let plugins = outcomes.iter().map(|(_, id, code)| checked_plugin(id, code.clone()));
        let has_signed = outcomes.iter().any(|(_, _, code)| *code == Json::Null);
        case.input("key", key_file()).verified(facts(plugins), if has_signed { BOUND } else { &[] })
    };
    let mut cases = vec![
        checked(
            case(
                "checked-all",
                SIGNED,
                "Plugins of every outcome.",
                &author(outcomes.clone().map(|(plugin, ..)| plugin)),
            ),
            &outcomes,
        ),
        checked(case("checked-none", SIGNED, "A key, and no plugins.", &author([])), &[]),
    ];
    // What has no slug has none in common with another.
    let nameless = [plugin(""), plugin("gallery"), plugin("")];
    cases.push(checked(
        case(
            "checked-slugs-empty",
            SIGNED,
            "Two plugins whose slug is empty, rightly signed.",
            &author(nameless.clone()),
        ),
        &[
            (nameless[0].clone(), "plugins[0]", "pfn.plugin.malformed".into()),
            (nameless[1].clone(), "gallery", Json::Null),
            (nameless[2].clone(), "plugins[2]", "pfn.plugin.malformed".into()),
        ],
    ));
    for (plugin, id, code) in &outcomes[..9] {
        let about = format!("One plugin, {id}; its outcome is {code}.");
        let name = format!("checked-{}", if *id == SAMPLE[0] { "by-another-key" } else { id });
        let outcome = (plugin.clone(), *id, code.clone());
        cases.push(checked(case(&name, SIGNED, &about, &author([plugin.clone()])), &[outcome]));
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
    let changes: [(&str, &str, Change); 7] = [
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
