//! The page at `/`.

use crate::publisher::{Answer, Publisher};
use crate::running::{Answered, Folder, MASTER_KEY, Running};
use fedverify_kit::keys::KeyPair;
use fedverify_kit::pfn::public_pem;
use serde_json::json;

const SCRIPT: &str = "\"><script>alert(1)</script><img src=x onerror=alert(1)>";

/// A browser that has a cookie, and does not follow redirects.
struct Browser<'n> {
    node: &'n Running,
    cookie: String,
}

impl Browser<'_> {
    fn send(&self, method: &str, path: &str, form: &str) -> Answered {
        self.node.exchange(method, path, &[("cookie", &self.cookie)], form.as_bytes())
    }

    fn page(&self) -> String {
        self.page_at("/")
    }

    fn page_at(&self, path: &str) -> String {
        let answer = self.send("GET", path, "");
        assert_eq!(answer.status, 200, "{path}");
        let policy = answer.header("content-security-policy").unwrap();
        assert!(
            policy.starts_with("default-src 'none'; ")
                && !policy.contains("script")
                && !policy.contains("unsafe")
        );
        String::from_utf8(answer.bytes).unwrap()
    }

    /// Signs in; false if the key is none.
    fn sign_in(&mut self, key: &str) -> bool {
        let answer = self.send("POST", "/page/sign-in", &format!("key={}", encoded(key)));
        let Some(cookie) = answer.header("set-cookie") else { return false };
        assert!(cookie.contains("; HttpOnly; SameSite=Strict"), "{cookie}");
        self.cookie = cookie.split(';').next().unwrap().to_owned();
        true
    }

    fn token(&self) -> String {
        let page = self.page();
        let (_, rest) = page.split_once("name=\"form_token\" value=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    }

    fn form(&self, path: &str, members: &[(&str, &str)]) -> Answered {
        let members = members.iter().map(|(name, value)| format!("&{name}={}", encoded(value)));
        self.send("POST", path, &format!("form_token={}{}", self.token(), members.collect::<String>()))
    }
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02x}")).collect()
}

fn text(answer: Answered) -> String {
    String::from_utf8(answer.bytes).unwrap()
}

#[test]
fn a_source_is_added_verified_and_subscribed_to_without_a_script() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("page"));
    publisher.offer(vec![publisher.plugin("gallery", "1.0.0")]);
    let mut browser = Browser { node: &node, cookie: String::new() };
    assert!(browser.page().contains("API key") && !browser.page().contains("<h2>Sources"));
    for no_key in ["", "x", MASTER_KEY, "' OR 1=1 --"] {
        assert!(!browser.sign_in(no_key), "{no_key}");
    }
    assert!(browser.sign_in(&node.admin));
    let source = [
        ("instance_url", publisher.url()),
        ("username", "alice".to_owned()),
        ("public_key", publisher.pem()),
    ];
    let source: Vec<(&str, &str)> = source.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert!(browser.page().contains("name=\"did\"") && browser.page().contains("No version is mirrored."));
    let with_did = |did| [&source[..], &[("did", did)]].concat();
    let refused = browser.form("/page/add-source", &with_did("did:plc:none"));
    assert_eq!(refused.status, 400);
    let source = with_did(" ");
    assert!(text(browser.form("/page/add-source", &source)).contains("status: verified"));
    let id = publisher.source_id();
    let subscribed = text(browser.form("/page/subscribe", &[("sourceId", &id)]));
    assert!(subscribed.contains("1 of 1 plugins mirrored"), "{subscribed}");
    let page = browser.page();
    for expected in [
        id.as_str(),
        "verified",
        "Gallery",
        "version_update",
        "1 of the last 1 checks verified the source",
        "+400 verified",
        "<p>1 version:</p>",
    ] {
        assert!(page.contains(expected), "{expected}");
    }
    // The API's word for no version before is none for people.
    assert!(!page.contains("0.0.0"), "{page}");
    // A failed check is said to have failed.
    publisher.does(|_| Answer::Status(503));
    let failed = text(browser.form("/page/verify-source", &[("sourceId", &id)]));
    assert!(failed.contains("status: stale") && failed.contains("503"), "{failed}");
    assert!(failed.contains("<h2>Not done</h2>"), "{failed}");
    assert!(browser.page().contains("<strong class=\"stale\">stale</strong>"));
    assert_eq!(browser.form("/page/sign-out", &[]).status, 303);
    assert!(!browser.page().contains("<h2>Sources"));
}

/// The sources that a page of them shows, in its order.
fn shown(page: &str) -> Vec<String> {
    let (_, rest) = page.split_once("<h2>Sources</h2>").unwrap();
    let (section, _) = rest.split_once("</section>").unwrap();
    section.split("<th scope=\"row\">").skip(1).map(|row| row.split('<').next().unwrap().to_owned()).collect()
}

/// Where a link of the page leads.
fn link<'p>(page: &'p str, label: &str) -> Option<&'p str> {
    let (before, _) = page.split_once(&format!("\">{label}</a>"))?;
    before.rsplit_once("<a href=\"").map(|(_, target)| target)
}

#[test]
fn many_sources_are_on_several_pages_that_lead_to_each_other() {
    let folder = Folder::new();
    let node = Running::start_with(&folder, &["--limit", "visitsPerMinute=1000"]);
    let publisher = Publisher::start("page/many");
    let url = publisher.url();
    publisher.does(move |ask| match ask.path.as_str() {
        "/federation-info" => crate::publisher::federation_info(&url),
        _ => Answer::Status(404),
    });
    for number in 0..51 {
        let username = format!("user{number}");
        let source =
            json!({"instance_url": publisher.url(), "username": username, "public_key": publisher.pem()});
        node.post("add-source", source).ok();
    }
    let mut browser = Browser { node: &node, cookie: String::new() };
    assert!(browser.sign_in(&node.admin));
    let first = browser.page();
    assert!(
        first.contains("<p>51 sources; the most trusted are first. <a href=\"/?sources=50\">Next</a></p>")
    );
    assert_eq!((shown(&first).len(), link(&first, "Previous")), (50, None));
    let second = browser.page_at(link(&first, "Next").unwrap());
    assert_eq!((shown(&second).len(), link(&second, "Next")), (1, None));
    assert_eq!(link(&second, "Previous"), Some("/?sources=0"));
    // The pages are the list of the API, each source once.
    let listed = node.get("sources").ok();
    let listed: Vec<&str> =
        listed.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!([shown(&first), shown(&second)].concat(), listed);
    // Beyond the end there is a way back, and what is no place is the beginning.
    let beyond = browser.page_at("/?sources=100");
    assert_eq!((shown(&beyond).len(), link(&beyond, "Previous")), (0, Some("/?sources=50")));
    for nowhere in ["x", "-1", "9007199254740993", "18446744073709551616", "0%20OR%201"] {
        assert_eq!(shown(&browser.page_at(&format!("/?sources={nowhere}"))), shown(&first), "{nowhere}");
    }
}

#[test]
fn other_nodes_are_added_and_removed_without_a_script() {
    let folder = Folder::new();
    let (node, peer) = (Running::start(&folder), Publisher::start("page/peer"));
    peer.does(|_| Answer::Json(json!({"plugins": [], "total": 0})));
    let mut browser = Browser { node: &node, cookie: String::new() };
    assert!(browser.sign_in(&node.admin));
    let url = peer.url();
    let added = text(browser.form("/page/add-peer", &[("url", &url)]));
    assert!(added.contains("0 versions taken, 0 were here, 0 without"), "{added}");
    assert!(browser.page().contains(&format!("aria-label=\"Remove {url}\"")));
    assert!(text(browser.form("/page/remove-peer", &[("url", &url)])).contains("<h2>Done</h2>"));
    assert!(browser.page().contains("No other node is registered."));
}

#[test]
fn a_key_is_changed_without_a_script() {
    let folder = Folder::new();
    let (node, mut publisher) = (Running::start(&folder), Publisher::honest("page/old key", vec![]));
    node.add(&publisher).ok();
    let mut browser = Browser { node: &node, cookie: String::new() };
    assert!(browser.sign_in(&node.key(json!({"name": "reader", "role": "subscriber"}))));
    assert!(!browser.page().contains("Change the key"));
    assert!(browser.sign_in(&node.admin));
    assert!(browser.page().contains("Change the key"));
    let (id, new) = (publisher.source_id(), KeyPair::ed25519("page/new key"));
    let change = || {
        let (key, id) = (public_pem(&new), id.as_str());
        text(browser.form("/page/change-key", &[("sourceId", id), ("public_key", &key)]))
    };
    let refused = change();
    assert!(refused.contains("<h2>Not done</h2>") && refused.contains("keeps its key"), "{refused}");
    publisher.key = new.clone();
    publisher.offer(vec![]);
    let changed = change();
    assert!(changed.contains("<h2>Done</h2>") && changed.contains("The key was changed"), "{changed}");
    assert!(browser.page().contains("approved by the administrator"));
}

#[test]
fn a_key_that_was_stolen_is_said_to_be_without_a_script() {
    let folder = Folder::new();
    let (node, mut publisher) = (Running::start(&folder), Publisher::start("page/stolen"));
    publisher.offer(vec![publisher.plugin("gallery", "1.0.0")]);
    node.follow(&publisher);
    let mut browser = Browser { node: &node, cookie: String::new() };
    assert!(browser.sign_in(&node.admin));
    let label = "<label><input type=\"checkbox\" name=\"stolen\"> The old key was stolen</label>";
    assert!(browser.page().contains(label));
    publisher.key = KeyPair::ed25519("page/stolen/new");
    publisher.offer(vec![]);
    let (id, key) = (publisher.source_id(), publisher.pem());
    let members = [("sourceId", id.as_str()), ("public_key", &key), ("stolen", "on")];
    let changed = text(browser.form("/page/change-key", &members));
    assert!(changed.contains("The key was changed"), "{changed}");
    // Whoever looks at the page without a key is told so, too.
    let browser = Browser { node: &node, cookie: String::new() };
    assert!(browser.page().contains("no longer has: the administrator says it was stolen"));
}

#[test]
fn the_page_says_whether_an_earlier_key_was_recorded_as_stolen() {
    let folder = Folder::new();
    let (node, mut publisher) = (Running::start(&folder), Publisher::honest("page/later", vec![]));
    node.add(&publisher).ok();
    let mut browser = Browser { node: &node, cookie: String::new() };
    assert!(browser.sign_in(&node.admin));
    let said = |publisher: &Publisher, is_stolen: bool| {
        let (id, key) = (publisher.source_id(), publisher.pem());
        let members = [("sourceId", id.as_str()), ("public_key", &key), ("stolen", "on")];
        let count = if is_stolen { 3 } else { 2 };
        text(browser.form("/page/change-key", &members[..count]))
    };
    let refused = said(&publisher, true);
    assert!(
        refused.contains("<h2>Not done</h2>") && refused.contains("none was recorded as stolen"),
        "{refused}"
    );
    publisher.key = KeyPair::ed25519("page/later/new");
    publisher.offer(vec![]);
    assert!(said(&publisher, false).contains("The key was changed"));
    let done = said(&publisher, true);
    assert!(done.contains("<h2>Done</h2>") && done.contains("is now recorded as stolen"), "{done}");
}

#[test]
fn a_form_of_another_page_does_nothing() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::honest("csrf", vec![]));
    node.add(&publisher).ok();
    let mut browser = Browser { node: &node, cookie: String::new() };
    assert!(browser.sign_in(&node.admin));
    let id = encoded(&publisher.source_id());
    for token in ["", "form_token=", "form_token=00000000000000000000000000000000"] {
        assert_eq!(browser.send("POST", "/page/subscribe", &format!("{token}&sourceId={id}")).status, 403);
    }
    // A cookie alone is no key of the API.
    assert_eq!(browser.send("GET", "/federation/sources", "").status, 401);
    assert_eq!(node.source(&publisher)["subscriber_count"], 0);
}

#[test]
fn a_subscribers_session_does_what_its_key_may() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::honest("role", vec![]));
    node.add(&publisher).ok();
    let key = node.key(json!({"name": "shop", "role": "subscriber"}));
    let mut browser = Browser { node: &node, cookie: String::new() };
    assert!(browser.sign_in(&key));
    assert!(!browser.page().contains("/page/verify-source") && browser.page().contains("/page/subscribe"));
    let id = publisher.source_id();
    assert_eq!(browser.form("/page/verify-source", &[("sourceId", &id)]).status, 403);
    assert_eq!(browser.form("/page/subscribe", &[("sourceId", &id)]).status, 200);
    assert_eq!(browser.form("/page/unsubscribe", &[("sourceId", &id)]).status, 200);
    // Revoking the key ends its sessions.
    let keys = node.get("keys").ok();
    let is_shop = |key: &&serde_json::Value| key["name"] == "shop";
    let id = keys["keys"].as_array().unwrap().iter().find(is_shop).unwrap()["id"].clone();
    node.post("revoke-key", json!({"id": id})).ok();
    assert!(browser.page().contains("API key"));
}

#[test]
fn the_form_of_a_source_shows_its_tags_and_sends_them() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::honest("tags", vec![]));
    node.add(&publisher).ok();
    let id = publisher.source_id();
    let mut browser = Browser { node: &node, cookie: String::new() };
    assert!(browser.sign_in(&node.admin));
    let tags = || node.get("subscriptions").ok()["subscriptions"][0]["filters"]["tags"].clone();
    // An empty field says what it means.
    assert!(browser.page().contains(">Subscribe and sync<"));
    assert!(browser.page().contains("name=\"tags\" placeholder=\"all plugins\" value=\"\""));
    assert_eq!(browser.form("/page/subscribe", &[("sourceId", &id), ("tags", " shop ,, a b,")]).status, 200);
    assert_eq!(tags(), json!(["shop", "a b"]));
    assert!(browser.page().contains(">Save and sync<") && !browser.page().contains(">Subscribe and sync<"));
    assert!(browser.page().contains(" value=\"shop, a b\""));
    assert_eq!(browser.form("/page/subscribe", &[("sourceId", &id), ("tags", "")]).status, 200);
    assert_eq!(tags(), json!([]));
    // A tag that no line can say has no field, and a form without the field keeps it.
    for unsayable in ["a,b", " a"] {
        let subscription = json!({"sourceId": id, "filters": {"tags": [unsayable]}});
        node.post("subscribe", subscription).ok();
        assert!(!browser.page().contains("name=\"tags\"") && browser.page().contains("/page/subscribe"));
        assert_eq!(browser.form("/page/subscribe", &[("sourceId", &id)]).status, 200);
        assert_eq!(tags(), json!([unsayable]));
    }
    // What the API refuses, the form refuses: a tag that is too long.
    let long = "t".repeat(101);
    assert_eq!(browser.form("/page/subscribe", &[("sourceId", &id), ("tags", &long)]).status, 400);
    assert_eq!(tags(), json!([" a"]));
}

#[test]
fn script_in_every_text_is_text() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("script"));
    let mut tagged = publisher.plugin_with("gallery", SCRIPT, "1.0.0", SCRIPT);
    tagged.record["tags"] = json!([SCRIPT]);
    let unsigned = crate::publisher::Plugin {
        record: json!({"slug": SCRIPT, "name": SCRIPT, "version": SCRIPT, "short_description": SCRIPT}),
        archive: Vec::new(),
    };
    publisher.offer(vec![
        tagged,
        unsigned,
        publisher.plugin_with(&format!("{SCRIPT}2"), SCRIPT, SCRIPT, SCRIPT),
    ]);
    node.add(&publisher).ok();
    let subscription = json!({"sourceId": publisher.source_id(), "filters": {"tags": [SCRIPT, "utilities"]}});
    assert_eq!(node.post("subscribe", subscription).ok()["syncResult"]["mirroredCount"], 1);
    let key = node.key(json!({"name": SCRIPT, "description": SCRIPT}));
    let subscription = json!({"sourceId": publisher.source_id(), "filters": {"tags": [SCRIPT]}});
    node.ask("POST", "/federation/subscribe", &key, Some(&subscription)).ok();
    publisher.does(|_| Answer::Json(json!({SCRIPT: SCRIPT})));
    node.verify_source(&publisher);
    let mut browser = Browser { node: &node, cookie: String::new() };
    assert!(browser.sign_in(&node.admin));
    let page = browser.page();
    assert!(page.contains("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(!page.contains("<script") && !page.contains("<img"), "{page}");
    let told = text(browser.form("/page/verify-source", &[("sourceId", SCRIPT)]));
    assert!(!told.contains("<script") && !told.contains("<img"));
}

#[test]
fn the_page_says_of_a_plugin_that_its_source_signs_anything() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("oracle"));
    let key = publisher.key.clone();
    publisher.offer_but(vec![publisher.plugin("gallery", "1.0.0")], move |ask| {
        (ask.path == "/verify-ownership").then(|| crate::publisher::sign_anything(ask, &key))
    });
    node.follow(&publisher);
    // Whoever looks at the page without a key sees plugins only.
    let browser = Browser { node: &node, cookie: String::new() };
    assert!(browser.page().contains("its source signs anything"));
}

#[test]
fn a_form_with_a_slash_after_its_path_is_still_the_form() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::honest("slash", vec![]));
    node.add(&publisher).ok();
    let mut browser = Browser { node: &node, cookie: String::new() };
    assert!(browser.sign_in(&node.admin));
    let id = publisher.source_id();
    assert_eq!(browser.form("/page/subscribe/", &[("sourceId", &id)]).status, 200);
    assert_eq!(node.source(&publisher)["subscriber_count"], 1);
    assert_eq!(browser.form("/page/sign-out/", &[]).status, 303);
    assert!(!browser.page().contains("<h2>Sources"));
}
