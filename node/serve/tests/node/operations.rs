//! What an operator relies on: rates, logs, metrics, origins.

use crate::host::is_native;
use crate::publisher::Publisher;
use crate::running::{Answered, Folder, MASTER_KEY, Running, refused_start};
use serde_json::{Value as Json, json};

/// Asks until it is refused for its rate. A minute may turn meanwhile, so it can be twice as often as the limit says.
fn exhaust(limit: usize, ask: impl Fn() -> Answered) -> Answered {
    let refused = (0..=limit * 2).map(|_| ask()).find(|answer| answer.status == 429);
    refused.expect("it is never refused")
}

#[test]
fn who_asks_too_often_is_refused_and_others_are_not() {
    let folder = Folder::new();
    let node = Running::start_with(&folder, &["--limit", "readsPerMinute=20"]);
    let refused = exhaust(20, || node.ask("GET", "/federation/plugins", "", None));
    let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait), "{refused:?}");
    assert_eq!(refused.refusal(), (429, "node.rate".to_owned()));
    // What is refused is counted, too: what is not there, what needs a key, and a method that does not fit.
    for (method, path) in [
        ("GET", "/nothing"),
        ("GET", "/federation/sources"),
        ("PUT", "/federation/plugins"),
        ("POST", "/metrics"),
    ] {
        assert_eq!(exhaust(20, || node.ask(method, path, "", None)).status, 429, "{method} {path}");
    }
    // A key is counted by itself, and so is what costs something else.
    assert_eq!(node.get("plugins").status, 200);
    assert_eq!(exhaust(20, || node.get("plugins")).status, 429);
    let other = node.key(json!({"name": "other"}));
    assert_eq!(node.ask("GET", "/federation/plugins", &other, None).status, 200);
}

#[test]
fn what_costs_more_has_a_limit_of_its_own() {
    let folder = Folder::new();
    let limits = ["visitsPerMinute=2", "downloadsPerMinute=2", "verificationsPerMinute=2"];
    let arguments: Vec<&str> = limits.iter().flat_map(|limit| ["--limit", limit]).collect();
    let (node, publisher) = (Running::start_with(&folder, &arguments), Publisher::start("rates"));
    publisher.offer(vec![publisher.plugin("gallery", "1.0.0")]);
    node.follow(&publisher);
    let id = json!({"sourceId": publisher.source_id()});
    for path in ["verify-source", "update-source", "subscribe"] {
        assert_eq!(exhaust(2, || node.post(path, id.clone())).status, 429, "{path}");
    }
    let version = format!("source={}&plugin=gallery&version=1.0.0", publisher.source_id());
    for path in ["download", "verify"] {
        assert_eq!(exhaust(2, || node.get(&format!("{path}?{version}"))).status, 429, "{path}");
    }
    assert_eq!(node.get("plugins").status, 200);
}

#[test]
fn behind_a_proxy_callers_are_told_apart_by_what_it_says() {
    if !is_native("Cloudflare is the proxy, and says it in a header of its own") {
        return;
    }
    let ask = |node: &Running, said: &str| {
        node.ask_with("GET", "/federation/plugins", &[("x-forwarded-for", said)])
    };
    let folder = Folder::new();
    let node = Running::with(&folder, &["--behind-proxy", "--limit", "readsPerMinute=2"], None);
    assert_eq!(exhaust(2, || ask(&node, "192.0.2.1")).status, 429);
    assert_eq!(ask(&node, "192.0.2.2").status, 200);
    // Only the last address is the proxy's word.
    assert_eq!(exhaust(2, || ask(&node, "192.0.2.7, 192.0.2.1")).status, 429);
    // The caller's own words may be any bytes: they hide nothing.
    let statuses: Vec<u16> =
        (0..4).map(|number| ask(&node, &format!("ü, 192.0.3.{number}")).status).collect();
    assert_eq!(statuses, [200; 4]);
    node.kill();
    // Without a proxy it is anyone's word.
    let node = Running::with(&folder, &["--limit", "readsPerMinute=2"], None);
    assert_eq!(exhaust(2, || ask(&node, "192.0.2.1")).status, 429);
    let statuses: Vec<u16> = (0..4).map(|number| ask(&node, &format!("192.0.2.{number}")).status).collect();
    assert!(statuses.contains(&429), "{statuses:?}");
}

#[test]
fn the_log_is_json_and_has_no_secret() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::honest("log", vec![]));
    node.add(&publisher).ok();
    let answer = node.ask("GET", &format!("/federation/plugins?source={}", node.admin), &node.admin, None);
    let wrong = "fadmin_00000000000000000000000000000000";
    node.ask("GET", "/federation/sources", wrong, None);
    node.ask_raw("POST", "/page/sign-in", "", format!("key={}", node.admin).as_bytes());
    let log = node.log_until(|line| line.contains("/page/sign-in"));
    let secrets = [node.admin.clone(), MASTER_KEY.to_owned(), wrong.to_owned()];
    let lines: Vec<Json> = log.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let id = answer.header("x-request-id").unwrap();
    let line = lines.iter().find(|line| line["request_id"] == id).expect("a line of the request");
    assert_eq!((&line["path"], &line["status"]), (&json!("/federation/plugins"), &json!(200)));
    for secret in secrets {
        assert!(!log.iter().any(|line| line.contains(&secret)), "{secret}");
    }
    assert!(!log.iter().any(|line| line.to_lowercase().contains("authorization")));
}

#[test]
fn only_pages_of_named_origins_may_read() {
    const SHOP: &str = "https://shop.example";
    let folder = Folder::new();
    let node = Running::with(&folder, &[], None);
    let origin = |origin| [("origin", origin), ("access-control-request-method", "POST")];
    let allowed = |answer: &Answered| answer.header("access-control-allow-origin").map(str::to_owned);
    let plugins = "/federation/plugins";
    let answer = node.ask_with("GET", plugins, &origin(SHOP)[..1]);
    assert_eq!((answer.status, allowed(&answer), answer.header("vary")), (200, None, None));
    assert_eq!(node.ask_with("OPTIONS", plugins, &origin(SHOP)).status, 405);
    node.kill();
    let node =
        Running::with(&folder, &["--cors-origin", "https://other.example", "--cors-origin", SHOP], None);
    let answer = node.ask_with("GET", plugins, &origin(SHOP)[..1]);
    assert_eq!(
        (answer.status, allowed(&answer).as_deref(), answer.header("vary")),
        (200, Some(SHOP), Some("origin"))
    );
    assert_eq!(answer.header("access-control-allow-credentials"), None);
    let question = node.ask_with("OPTIONS", "/federation/add-source", &origin(SHOP));
    assert_eq!((question.status, allowed(&question).as_deref()), (204, Some(SHOP)));
    assert!(question.header("access-control-allow-headers").unwrap().contains("authorization"));
    // A refusal can be read, too. What others ask, and what is the page's, cannot.
    let refusal = node.ask_with("GET", "/federation/sources", &origin(SHOP)[..1]);
    assert_eq!((refusal.status, allowed(&refusal).as_deref()), (401, Some(SHOP)));
    for origins in ["https://evil.example", "https://shop.example.evil.example", "null"] {
        assert_eq!(allowed(&node.ask_with("GET", plugins, &origin(origins)[..1])), None, "{origins}");
        assert_eq!(node.ask_with("OPTIONS", plugins, &origin(origins)).status, 405, "{origins}");
    }
    assert_eq!(allowed(&node.ask_with("GET", "/", &origin(SHOP)[..1])), None);
    assert_eq!(node.ask_with("OPTIONS", "/page/sign-in", &origin(SHOP)).status, 405);
}

#[test]
fn what_cannot_be_meant_is_refused_at_the_start() {
    let folder = Folder::new();
    for arguments in [
        ["--cors-origin", "*"],
        ["--limit", "source=1"],
        ["--limit", "sources=many"],
        // Challenges would name it, and it is no address.
        ["--url", "node.example"],
    ] {
        let said = refused_start(&folder, &arguments, None);
        assert!(said.starts_with("error: expected "), "{said}");
    }
}

#[test]
fn metrics_are_for_keys_and_count() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("metrics"));
    publisher.offer(vec![publisher.plugin("gallery", "1.0.0")]);
    node.follow(&publisher);
    node.ask("GET", "/no/such/thing", "", None);
    let key = node.key(json!({"name": "watcher", "role": "subscriber"}));
    assert_eq!(node.ask("GET", "/metrics", "", None).status, 401);
    let answer = node.ask("GET", "/metrics", &key, None);
    assert_eq!(answer.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
    let text = String::from_utf8(answer.bytes).unwrap();
    let size = node.plugins()[0]["size"].clone();
    for line in [
        "fedverify_node_requests_total{route=\"/federation/add-source\",status=\"200\"} 1",
        "fedverify_node_requests_total{route=\"other\",status=\"404\"} 1",
        "fedverify_node_requests_total{route=\"/metrics\",status=\"401\"} 1",
        "fedverify_node_sources{status=\"verified\"} 1",
        "fedverify_node_versions 1",
        "fedverify_node_checks_total 1",
        "fedverify_node_keys 2",
        "fedverify_node_subscriptions 1",
        "fedverify_node_alarm_faults_total 0",
        &format!("fedverify_node_archive_bytes {size}"),
    ] {
        assert!(text.lines().any(|other| other == line), "{line} in {text}");
    }
    // Each line is a comment or a sample, and each sample has a type.
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let name = line.split(['{', ' ']).next().unwrap();
        assert!(text.contains(&format!("# TYPE {name} ")), "{line}");
    }
}

/// A folder that cannot be read is another matter than an archive that is not in it.
#[cfg(unix)]
#[test]
fn why_an_archive_cannot_be_sent_is_logged() {
    if !is_native("its bucket is R2's binding") {
        return;
    }
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("storage"));
    publisher.offer(vec![publisher.plugin("gallery", "1.0.0")]);
    node.follow(&publisher);
    let [archive] = &folder.archives()[..] else { panic!("one archive") };
    std::fs::remove_file(archive).unwrap();
    let place = format!("source={}&plugin=gallery&version=1.0.0", publisher.source_id());
    // The document of the API has no failures.
    let download = || node.exchange("GET", &format!("/federation/download?{place}"), &[], b"");
    assert_eq!(download().refusal(), (500, "node.fault".to_owned()));
    assert!(node.log().iter().any(|line| line.contains("a stored archive is missing or has another size")));
    // A link that leads to itself cannot be opened, not even by root.
    std::os::unix::fs::symlink(archive, archive).unwrap();
    let answer = download();
    let id = answer.header("x-request-id").unwrap().to_owned();
    assert_eq!(answer.refusal(), (500, "node.fault".to_owned()));
    let is_it = |line: &&String| line.contains("\"fault\"") && line.contains(&id);
    let log = node.log();
    let line = log.iter().find(is_it).unwrap();
    assert!(line.contains("levels of symbolic links"), "{line}");
}
