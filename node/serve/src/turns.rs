//! What a node does unasked, on a machine of the tests. It permits so many questions to other servers in one event, as Workers does:
//! workerd on this machine has no such cap, and the native host has none at all. And its clock is the test's.

use crate::database::Sqlite;
use fedverify::{Error, Reach};
use fedverify_kit::keys::KeyPair;
use fedverify_kit::pfn::{public_pem, sign_text};
use fedverify_node::{Database, Fault, Fetch, Host, Limits, Node, Row, Settings, Stored, Value};
use futures_util::FutureExt;
use serde_json::json;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::future::pending;
use std::rc::Rc;

const START_MS: u64 = 1_800_000_000_000;

/// How many sources are subscribed to.
const SOURCES: usize = 35;

struct Platform {
    database: Sqlite,
    now_ms: Cell<u64>,
    /// How many questions it permits still.
    left: Cell<u64>,
    /// How long each of them takes.
    pace_ms: u64,
    /// The source whose questions this machine fails at.
    broken: Option<&'static str>,
    /// The source at whose questions this machine panics.
    fatal: Cell<Option<&'static str>>,
    /// The host that never answers.
    silent: Cell<Option<&'static str>>,
    asked: RefCell<BTreeSet<String>>,
    /// How many versions the peer lists of a source, and whether that is a list that can be read.
    versions: Cell<u64>,
    is_readable: Cell<bool>,
}

#[derive(Clone)]
struct Shared(Rc<Platform>);

impl Database for Shared {
    fn query(&self, statement: &'static str, values: &[Value]) -> Result<Vec<Row>, Fault> {
        self.0.database.query(statement, values)
    }
}

impl Host for Shared {
    fn transaction(&self, work: &mut dyn FnMut() -> Result<(), Fault>) -> Result<(), Fault> {
        self.0.database.transaction(work)
    }

    async fn fetch(&self, fetch: &Fetch) -> Result<Result<Vec<u8>, Error>, Fault> {
        let platform = &self.0;
        let left = platform.left.get().checked_sub(1).ok_or_else(|| Fault::new("too many questions"))?;
        platform.left.set(left);
        platform.now_ms.set(platform.now_ms.get() + platform.pace_ms);
        if platform.broken.is_some_and(|source| fetch.url.contains(source)) {
            return Err(Fault::new("this machine fails"));
        }
        assert!(
            !platform.fatal.get().is_some_and(|source| fetch.url.contains(source)),
            "as the test wants it"
        );
        platform.asked.borrow_mut().insert(fetch.url.clone());
        if platform.silent.get().is_some_and(|host| fetch.url.contains(host)) {
            return pending().await;
        }
        if fetch.url.contains("/federation/plugins") {
            let page = page(&fetch.url, platform.versions.get());
            return Ok(Ok(if platform.is_readable.get() { page } else { b"no list".to_vec() }));
        }
        Ok(Ok(answer(fetch)))
    }

    async fn put_blob(&self, _: &str, _: Vec<u8>) -> Result<Stored, Fault> {
        Ok(Stored::New)
    }

    async fn blob(&self, _: &str) -> Result<Option<Vec<u8>>, Fault> {
        Ok(None)
    }

    fn random(&self, _: &mut [u8]) -> Result<(), Fault> {
        Ok(())
    }

    fn now_ms(&self) -> u64 {
        self.0.now_ms.get()
    }

    fn set_alarm(&self, _: u64) {}

    fn log(&self, _: &str) {}
}

fn publisher() -> KeyPair {
    KeyPair::ed25519("turns")
}

/// A page of the peer's list, of no more than thirty versions. All are withdrawn: nothing of them is fetched.
fn page(url: &str, total: u64) -> Vec<u8> {
    let offset: u64 = url.rsplit('=').next().unwrap().parse().unwrap();
    let version = |number: u64| {
        json!({
            "id": "a", "name": "A", "version": format!("1.{number}"), "description": "", "sha256": "",
            "withdrawn_at": 1,
        })
    };
    let plugins: Vec<_> = (offset..total.min(offset + 30)).map(version).collect();
    json!({"plugins": plugins, "total": total}).to_string().into_bytes()
}

/// What publishers answer: they have no plugins, and sign whatever they are asked to.
fn answer(fetch: &Fetch) -> Vec<u8> {
    let signed = |json: &str| {
        let asked: serde_json::Value = serde_json::from_str(json).unwrap();
        sign_text(&publisher(), asked["challenge"].as_str().unwrap())
    };
    let assets = json!({"domain": "https://a.example", "namingScheme": "assets/author/slug/slug.zip"});
    let answer = match &fetch.json {
        Some(json) => json!({"signature": signed(json)}),
        None if fetch.url.ends_with("/federation-info") => {
            json!({"version": "1.0.0", "features": [], "assetInfo": assets})
        }
        None => json!({"username": "alice", "member_since": "2024", "plugins": []}),
    };
    answer.to_string().into_bytes()
}

/// A node on such a platform, with subscriptions to many sources, and a peer whose visit is due.
fn node(pace_ms: u64, broken: Option<&'static str>) -> (Node<Shared>, Rc<Platform>) {
    node_with(&[], pace_ms, broken)
}

/// The same, within other limits.
fn node_with(limits: &[&str], pace_ms: u64, broken: Option<&'static str>) -> (Node<Shared>, Rc<Platform>) {
    let platform = Rc::new(Platform {
        database: Sqlite::open(std::path::Path::new(":memory:")).unwrap(),
        now_ms: Cell::new(START_MS),
        left: Cell::new(0),
        pace_ms,
        broken,
        fatal: Cell::default(),
        silent: Cell::default(),
        asked: RefCell::default(),
        versions: Cell::default(),
        is_readable: Cell::new(true),
    });
    let mut limited = Limits::default();
    limits.iter().for_each(|limit| limited.set(limit).unwrap());
    let settings = Settings::new("https://node.example", None, Reach::Public).unwrap().with_limits(limited);
    let node = Node::open(Shared(Rc::clone(&platform)), settings).unwrap();
    let query = |statement, values: &[Value]| drop(platform.database.query(statement, values).unwrap());
    for number in 0..SOURCES {
        let username = format!("u{number:02}");
        let id = format!("{username}@a.example");
        // Checked long after the test: its many failures put that off for a day.
        query(
            "INSERT INTO source (id, instance_url, username, public_key, did_key, status, failures, created_at, next_check)
             VALUES (?1, 'https://a.example', ?2, '6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=', '', 'verified', 9, 1, 9000000000)",
            &[Value::from(&id), Value::from(&username)],
        );
        query("INSERT INTO subscription VALUES (?, 'tester', '[]', 1)", &[Value::from(&id)]);
    }
    query("INSERT INTO peer (url, added_at, next_sync) VALUES ('https://peer.example', 1, 1)", &[]);
    (node, platform)
}

/// One event of the platform: an alarm, a minute after the one before.
fn alarm(node: &Node<Shared>, platform: &Platform, questions: u64) {
    platform.now_ms.set(platform.now_ms.get() + 61_000);
    platform.left.set(questions);
    node.alarm().now_or_never().unwrap();
}

/// The seconds from now to the peer's next visit, and how the last one ended.
fn peer(platform: &Platform) -> (u64, Vec<Row>) {
    let rows = platform.database.query("SELECT result, next_source FROM peer", &[]).unwrap();
    let at = platform.database.query("SELECT CAST(next_sync AS TEXT) FROM peer", &[]).unwrap();
    let at: String = format!("{at:?}").chars().filter(char::is_ascii_digit).collect();
    (at.parse::<u64>().unwrap() - platform.now_ms.get() / 1000, rows)
}

#[test]
fn every_source_has_its_turn_where_few_questions_are_permitted() {
    let (node, platform) = node(0, None);
    for round in 1_usize..=3 {
        alarm(&node, &platform, 10);
        assert_eq!(platform.asked.borrow().len(), 10 * round);
        // It goes on soon.
        assert_eq!(peer(&platform).0, 60);
    }
    alarm(&node, &platform, 10);
    assert_eq!(platform.asked.borrow().len(), SOURCES);
    // It is through: the next visit is in an hour, and begins at the beginning.
    let through = Row::new(vec![Value::from("success"), Value::Null]);
    assert_eq!(peer(&platform), (3600, vec![through]));
}

#[test]
fn a_source_that_this_machine_fails_at_keeps_it_from_no_other() {
    let (node, platform) = node(0, Some("u03"));
    for _ in 0..3 {
        alarm(&node, &platform, 1000);
    }
    assert_eq!(platform.asked.borrow().len(), SOURCES - 1);
    assert_eq!(peer(&platform).0, 3600);
}

/// Each response comes in time, and nothing is in it: without an end, all else that is due would wait for hours.
#[test]
fn a_peer_that_is_slow_has_so_much_time_and_goes_on_at_the_next_visit() {
    // A visit has 15 minutes.
    let (node, platform) = node(60_000, None);
    alarm(&node, &platform, 1000);
    let asked = platform.asked.borrow().len();
    assert!((15..=16).contains(&asked), "{asked}");
    for _ in 0..2 {
        platform.now_ms.set(platform.now_ms.get() + 3_600_000);
        alarm(&node, &platform, 1000);
    }
    assert_eq!(platform.asked.borrow().len(), SOURCES);
}

/// Each page is shorter than was asked for, and versions are added between two visits: none is missed, and no page is read twice.
#[test]
fn a_long_list_is_gone_on_with_where_the_last_visit_ended() {
    let (node, platform) = node(60_000, None);
    platform.versions.set(600);
    let of_first = || platform.asked.borrow().iter().filter(|url| url.contains("u00")).count();
    alarm(&node, &platform, 1000);
    let first = of_first();
    assert!((15..=16).contains(&first), "{first}");
    platform.versions.set(610);
    platform.asked.borrow_mut().clear();
    platform.now_ms.set(platform.now_ms.get() + 3_600_000);
    alarm(&node, &platform, 1000);
    assert_eq!(of_first(), 21 - first);
    assert!(platform.asked.borrow().iter().any(|url| url.contains("u00") && url.ends_with("&offset=600")));
}

/// Each of them may send as many bytes as are read.
#[test]
fn so_many_lists_that_cannot_be_read_end_a_visit_and_the_next_one_goes_on() {
    let (node, platform) = node(0, None);
    platform.is_readable.set(false);
    for visit in 1..=3 {
        alarm(&node, &platform, 1000);
        assert_eq!(platform.asked.borrow().len(), 10 * visit);
        platform.now_ms.set(platform.now_ms.get() + 3_600_000);
    }
}

/// Makes the check of so many sources due, each at a host of its own, and no peer.
fn make_due(platform: &Platform, numbers: std::ops::Range<usize>) {
    platform.database.query("DELETE FROM peer", &[]).unwrap();
    for number in numbers {
        let [id, url] = ["alice@s", "https://s"].map(|start| format!("{start}{number}.example"));
        platform
            .database
            .query(
                "INSERT INTO source (id, instance_url, username, public_key, did_key, status, created_at, next_check)
                 VALUES (?, ?, 'alice', '6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=', '', 'verified', 1, 1)",
                &[Value::from(&id), Value::from(&url)],
            )
            .unwrap();
    }
}

/// The hosts that were asked.
fn hosts(platform: &Platform) -> BTreeSet<String> {
    platform.asked.borrow().iter().map(|url| url.split('/').nth(2).unwrap().to_owned()).collect()
}

#[test]
fn a_publisher_that_does_not_answer_keeps_no_other_waiting() {
    let (node, platform) = node(0, None);
    make_due(&platform, 0..12);
    platform.silent.set(Some("s0.example"));
    platform.left.set(1000);
    // The first one is never done with.
    let mut alarm = Box::pin(node.alarm());
    assert!((&mut alarm).now_or_never().is_none());
    assert_eq!(hosts(&platform).len(), 12);
    // Nor does that keep what is due meanwhile.
    make_due(&platform, 12..13);
    assert!(node.alarm().now_or_never().is_some());
    assert_eq!(hosts(&platform).len(), 13);
}

/// Otherwise so many slow publishers would have all others proven, and recorded, every minute.
#[test]
fn a_source_that_only_waits_for_its_synchronisation_is_not_checked_again() {
    let (node, platform) = node_with(&["syncsAtOnce=1"], 0, None);
    make_due(&platform, 0..2);
    platform
        .database
        .query(
            "UPDATE source SET public_key = ? WHERE next_check = 1",
            &[Value::from(public_pem(&publisher()).as_str())],
        )
        .unwrap();
    platform
        .database
        .query("INSERT INTO subscription SELECT id, 'tester', '[]', 1 FROM source WHERE next_check = 1", &[])
        .unwrap();
    // The first one takes the only place, and keeps it.
    platform.silent.set(Some("s0.example/author-data"));
    platform.left.set(1000);
    let mut slow = Box::pin(node.alarm());
    assert!((&mut slow).now_or_never().is_none());
    let checks = "SELECT COUNT(*) FROM verification WHERE result = 'success'";
    let author_data = "https://s1.example/author-data?author=alice";
    assert_eq!(count(&platform, checks), "2");
    let retry = |is_synchronised: bool| {
        platform.asked.borrow_mut().clear();
        alarm(&node, &platform, 1000);
        let expected: &[&str] = if is_synchronised { &[author_data] } else { &[] };
        assert!(platform.asked.borrow().iter().eq(expected), "{:?}", platform.asked.borrow());
        assert_eq!(count(&platform, checks), "2");
    };
    retry(false);
    drop(slow);
    platform.silent.set(None);
    retry(true);
    retry(false);
    // The next check is when it always was.
    let at = count(&platform, "SELECT CAST(MIN(next_check) AS TEXT) FROM source");
    assert_eq!(at, (START_MS / 1000 + 3600).to_string());
    platform.now_ms.set(START_MS + 3_600_000);
    alarm(&node, &platform, 1000);
    assert_eq!(count(&platform, checks), "4");
}

#[test]
fn a_source_whose_check_this_machine_fails_at_ends_no_alarm() {
    let (node, platform) = node(0, Some("s0.example"));
    make_due(&platform, 0..12);
    alarm(&node, &platform, 1000);
    assert_eq!(hosts(&platform).len(), 11);
    // It is tried again soon.
    let at = platform.database.query("SELECT CAST(MIN(next_check) AS TEXT) FROM source", &[]).unwrap();
    let soon = (platform.now_ms.get() / 1000 + 60).to_string();
    assert_eq!(at, [Row::new(vec![Value::from(soon.as_str())])]);
}

/// Seven others are begun with it: each has been put off, and none would be checked before the next panic.
#[test]
fn a_panic_at_one_source_ends_nothing_else() {
    let (node, platform) = node(0, None);
    make_due(&platform, 0..12);
    platform.fatal.set(Some("s0.example"));
    platform.silent.set(Some("s1.example"));
    platform.left.set(1000);
    let mut visits = Box::pin(node.alarm());
    assert!((&mut visits).now_or_never().is_none());
    assert_eq!(hosts(&platform).len(), 11);
    // It can be visited again, and its place is free.
    platform.fatal.set(None);
    alarm(&node, &platform, 1000);
    assert_eq!(hosts(&platform).len(), 12);
    assert!((&mut visits).now_or_never().is_none());
}

/// One is put off by its failures and not by the clock, and keeps its time.
#[test]
fn checks_that_a_wrong_clock_put_off_are_brought_back_to_when_their_failures_put_them() {
    let (node, platform) = node(0, None);
    make_due(&platform, 0..12);
    let start = START_MS / 1000;
    platform
        .database
        .query(
            "UPDATE source SET failures = SUBSTR(instance_url, 10, INSTR(instance_url, '.') - 10),
                next_check = 9000000000 WHERE next_check = 1",
            &[],
        )
        .unwrap();
    node.wake().unwrap();
    let pauses = "SELECT CAST(next_check - ? AS TEXT) FROM source WHERE username = 'alice' ORDER BY failures";
    let rows = platform.database.query(pauses, &[Value::from(start)]).unwrap();
    let hours = [1, 1, 2, 4, 8, 16, 24, 24, 24, 24, 24, 24].map(|hours| (hours * 3600).to_string());
    assert_eq!(rows, hours.map(|pause| Row::new(vec![Value::from(pause.as_str())])));
    // Later, none of them is further off.
    platform.now_ms.set(START_MS + 1000);
    node.wake().unwrap();
    assert_eq!(platform.database.query(pauses, &[Value::from(start)]).unwrap(), rows);
}

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// What a statement counts.
fn count(platform: &Platform, statement: &'static str) -> String {
    let rows = platform.database.query(statement, &[]).unwrap();
    format!("{rows:?}").chars().filter(char::is_ascii_digit).collect()
}

/// Ten seconds of a clock that is years ahead, or years behind, forget nothing and put nothing off for longer than ever.
#[test]
fn a_clock_that_is_wrong_for_a_moment_is_survived() {
    let old = "SELECT COUNT(*) FROM activity WHERE reason = 'old'";
    for wrong in [START_MS + 3650 * DAY_MS, START_MS - 3650 * DAY_MS] {
        let (node, platform) = node(0, None);
        make_due(&platform, 0..1);
        alarm(&node, &platform, 1000);
        let right = platform.now_ms.get();
        platform
            .database
            .query(
                "INSERT INTO activity (type, reason, at) VALUES ('sync', 'old', ?)",
                &[Value::from(right / 1000 - 10 * 24 * 60 * 60)],
            )
            .unwrap();
        for second in 0..10 {
            platform.now_ms.set(wrong + second * 1000 - 61_000);
            alarm(&node, &platform, 1000);
        }
        assert_eq!(count(&platform, old), "1");
        platform.now_ms.set(right);
        alarm(&node, &platform, 1000);
        assert_eq!(count(&platform, old), "1");
        // Also the next alarm was set by the wrong clock.
        assert!(wrong < right || node.is_astray(wrong));
        let latest = count(&platform, "SELECT CAST(MAX(next_check) AS TEXT) FROM source");
        assert!(latest.parse::<u64>().unwrap() <= (platform.now_ms.get() + DAY_MS) / 1000, "{latest}");
        // When the clock has gone on for a day, what is old is forgotten.
        for day in 1..=90 {
            platform.now_ms.set(right + day * DAY_MS);
            alarm(&node, &platform, 1000);
        }
        assert_eq!(count(&platform, old), "0");
    }
}
