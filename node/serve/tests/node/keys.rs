//! Keys, roles, and what a request may be.

use crate::running::{Folder, MASTER_KEY, Running, refused_start};
use serde_json::json;

const CREATE: &str = "/federation/create-admin-key";

fn refused(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

#[test]
fn without_a_master_key_no_keys_can_be_made() {
    let folder = Folder::new();
    for master_key in [None, Some("")] {
        let node = Running::with(&folder, &[], master_key);
        for key in ["", "null", "undefined", "fadmin_00000000000000000000000000000000"] {
            let answer = node.ask("POST", CREATE, key, Some(&json!({"description": "x"})));
            assert_eq!(answer.refusal(), refused(403, "node.master_key.unset"), "{key:?}");
        }
    }
}

#[test]
fn only_the_master_key_makes_keys_and_keys_are_not_stored() {
    let folder = Folder::new();
    let node = Running::start(&folder);
    let new = json!({"description": "Admin Console Access"});
    for key in ["", &node.admin, "the master key of the test", "the master key of the tests.", "' OR 1=1 --"]
    {
        let answer = node.ask("POST", CREATE, key, Some(&new));
        assert!(matches!(answer.refusal().0, 401 | 403), "{key:?}");
    }
    let made = node.ask("POST", CREATE, MASTER_KEY, Some(&new)).ok();
    let key = made["key"].as_str().unwrap();
    assert!(key.starts_with("fadmin_") && key.len() == 39, "{key}");
    assert_eq!((&made["description"], &made["role"]), (&json!("Admin Console Access"), &json!("admin")));
    assert!(made["created"].as_u64().unwrap() > 1_700_000_000_000);
    let keys = node.get("keys").ok().to_string();
    assert!(!keys.contains(key) && keys.contains(made["id"].as_str().unwrap()));
    node.kill();
    let secret = key.strip_prefix("fadmin_").unwrap().as_bytes();
    for file in folder.files() {
        let bytes = std::fs::read(&file).unwrap();
        assert!(!bytes.windows(secret.len()).any(|window| window == secret), "{}", file.display());
    }
}

#[test]
fn who_is_not_let_in_is_told_which_key_it_takes() {
    let folder = Folder::new();
    let node = Running::start(&folder);
    let subscriber = node.key(json!({"name": "shop", "role": "subscriber"}));
    for (path, key, expected) in [
        ("create-admin-key", "", "with the master key"),
        ("create-admin-key", &node.admin, "with the master key only"),
        ("remove-source", "", "with a key of this node"),
        ("remove-source", MASTER_KEY, "use a key that was made with it"),
        ("remove-source", &subscriber, "it takes an admin's key"),
    ] {
        let answer = node.ask("POST", &format!("/federation/{path}"), key, Some(&json!({})));
        let said = answer.json()["error"].as_str().unwrap().to_owned();
        assert!(said.contains(expected), "{path}: {said}");
    }
}

#[test]
fn roles_are_held_to_and_a_revoked_key_is_no_key() {
    let folder = Folder::new();
    let node = Running::start(&folder);
    let made =
        node.ask("POST", CREATE, MASTER_KEY, Some(&json!({"role": "subscriber", "name": "shop"}))).ok();
    let (key, id) = (made["key"].as_str().unwrap(), made["id"].as_str().unwrap());
    assert!(key.starts_with("fsub_"));
    assert_eq!(node.ask("GET", "/federation/sources", key, None).ok(), json!([]));
    let admin_only = [
        "add-source",
        "verify-source",
        "update-source",
        "remove-source",
        "withdraw",
        "restore",
        "revoke-key",
    ];
    for path in admin_only {
        let answer = node.ask("POST", &format!("/federation/{path}"), key, Some(&json!({})));
        assert_eq!(answer.refusal(), refused(403, "node.forbidden"), "{path}");
    }
    assert_eq!(
        node.ask("POST", CREATE, MASTER_KEY, Some(&json!({"name": "shop"}))).refusal(),
        refused(409, "node.conflict")
    );
    node.post("revoke-key", json!({"id": id})).ok();
    assert_eq!(
        node.ask("GET", "/federation/sources", key, None).refusal(),
        refused(401, "node.unauthorized")
    );
    assert_eq!(node.post("revoke-key", json!({"id": id})).refusal(), refused(404, "node.not_found"));
}

#[test]
fn a_rotated_key_keeps_its_name_and_loses_its_secret() {
    let folder = Folder::new();
    let node = Running::start(&folder);
    let made =
        node.ask("POST", CREATE, MASTER_KEY, Some(&json!({"role": "subscriber", "name": "shop"}))).ok();
    let rotated = node.post("rotate-key", json!({"id": made["id"]})).ok();
    assert_eq!(
        (&rotated["id"], &rotated["name"], &rotated["role"]),
        (&made["id"], &made["name"], &made["role"])
    );
    let status =
        |key: &serde_json::Value| node.ask("GET", "/federation/sources", key.as_str().unwrap(), None).status;
    assert_eq!((status(&made["key"]), status(&rotated["key"])), (401, 200));
    // An admin does not get the secret of another one; the master key does.
    let other = node.ask("POST", CREATE, MASTER_KEY, Some(&json!({"name": "other"}))).ok();
    let id = json!({"id": other["id"]});
    assert_eq!(node.post("rotate-key", id.clone()).refusal(), refused(403, "node.forbidden"));
    let own = node.ask("POST", "/federation/rotate-key", other["key"].as_str().unwrap(), Some(&id)).ok();
    assert_eq!((status(&other["key"]), status(&own["key"])), (401, 200));
    node.ask("POST", "/federation/rotate-key", MASTER_KEY, Some(&id)).ok();
    assert_eq!(status(&own["key"]), 401);
    assert_eq!(
        node.post("rotate-key", json!({"id": "no such id"})).refusal(),
        refused(404, "node.not_found")
    );
}

#[test]
fn everything_but_the_public_reads_needs_a_key() {
    let folder = Folder::new();
    let node = Running::start(&folder);
    for route in fedverify_node::ROUTES {
        let is_public = route.access == fedverify_node::Access::Public;
        for key in ["", "fadmin_", "fadmin_%", "*", "fadmin_00000000000000000000000000000000", "' OR '1'='1"]
        {
            let status = node.ask(route.method, route.path, key, None).status;
            assert_eq!(status == 401, !is_public, "{} {} {key:?}: {status}", route.method, route.path);
        }
        let other = if route.method == "GET" { "POST" } else { "GET" };
        let answer = node.ask(other, route.path, &node.admin, None);
        assert_eq!(answer.header("allow"), Some(route.method), "{}", route.path);
        assert_eq!(answer.refusal(), refused(405, "node.method"), "{}", route.path);
    }
    assert_eq!(
        node.ask("GET", "/federation/no-such-thing", &node.admin, None).refusal(),
        refused(404, "node.not_found")
    );
}

#[test]
fn requests_are_bounded_and_exact() {
    let folder = Folder::new();
    let node = Running::start(&folder);
    let long = vec![b' '; 65_537];
    let answer = node.ask_raw("POST", "/federation/add-source", &node.admin, &long);
    assert_eq!(answer.refusal(), refused(413, "node.request.too_large"));
    let bodies: [&[u8]; 8] = [
        b"{",
        b"[]",
        b"null",
        b"\xff",
        b"{\"sourceId\":1}",
        b"{\"sourceId\":\"a\",\"sourceId\":\"b\"}",
        b"{\"sourceId\":\"a\",\"other\":1}",
        b"{}",
    ];
    for body in bodies {
        let answer = node.ask_raw("POST", "/federation/verify-source", &node.admin, body);
        assert_eq!(
            answer.refusal(),
            refused(400, "node.request.invalid"),
            "{}",
            String::from_utf8_lossy(body)
        );
    }
    for query in ["limit=-1", "limit=101", "limit=1&limit=2", "other=1", "limit=%", "offset=1e9", "limit='"] {
        assert_eq!(
            node.get(&format!("activity?{query}")).refusal(),
            refused(400, "node.request.invalid"),
            "{query}"
        );
    }
    // Slashes at both ends do not matter, as for the original.
    assert_eq!(node.get("sources/").status, 200);
}

#[test]
fn a_short_master_key_is_refused() {
    let folder = Folder::new();
    let said = refused_start(&folder, &[], Some("short"));
    assert!(said.contains("MASTER_KEY"), "{said}");
}
