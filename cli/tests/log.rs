//! `fedverify log show` and `fedverify log diff`: what people ask an identity and its directories.

// A test says what is wrong by panicking.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use fedverify_kit::{KeyPair, Log, Moment, Op, SignedOp};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder that goes away with its value.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("fedverify-log-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _may_be_gone = std::fs::remove_dir_all(&self.0);
    }
}

fn run(arguments: &[&str]) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    Command::new(env!("CARGO_BIN_EXE_fedverify")).args(arguments).current_dir(root).output().unwrap()
}

/// The exit status, what is on standard output, and what is on standard error.
fn said(arguments: &[&str]) -> (i32, String, String) {
    let output = run(arguments);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn json(arguments: &[&str]) -> (i32, Value) {
    let output = run(&[arguments, &["--json"]].concat());
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    (output.status.code().unwrap(), serde_json::from_slice(&output.stdout).unwrap())
}

/// What `log diff --json` gives, which is what its schema says.
fn diff(first: &str, second: &str) -> (i32, Value) {
    let (status, diff) = json(&["log", "diff", first, second]);
    let schema = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    let report = schema(include_str!("../../schema/report.v1.json"));
    let registry =
        jsonschema::Registry::new().add("urn:fedverify:report:v1", report).unwrap().prepare().unwrap();
    let schema = schema(include_str!("../../schema/log-diff.v1.json"));
    let validator = jsonschema::options().with_registry(&registry).build(&schema).unwrap();
    if let Err(error) = validator.validate(&diff) {
        panic!("{error} at {}: {diff:#}", error.instance_path());
    }
    (status, diff)
}

fn root() -> KeyPair {
    KeyPair::k256("log/root")
}

fn daily() -> KeyPair {
    KeyPair::k256("log/daily")
}

fn op() -> Op {
    Op::regular().rotation_keys([&root(), &daily()])
}

fn genesis() -> SignedOp {
    op().sign(&root())
}

fn named() -> SignedOp {
    op().also_known_as("https://a.example").after(&genesis()).sign(&daily())
}

/// A genesis, and an alias by the daily key an hour later.
fn two() -> Log {
    Log::new(&genesis(), Moment::START).then(&named(), Moment::hour(1))
}

/// The same, and an hour later the root key undoes the alias.
fn recovered() -> Log {
    two().then(&op().after(&genesis()).sign(&root()), Moment::hour(2))
}

fn at(hour: i64) -> String {
    format!("--now={}", Moment::hour(hour).seconds())
}

/// The lines of the table, without what is below each.
fn rows(table: &str) -> Vec<&str> {
    table.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_digit())).collect()
}

const EXAMPLE: &str = "examples/fair/log.json";

#[test]
fn a_history_says_who_did_what_and_what_became_of_it() {
    let (status, table, verdict) = said(&["log", "show", EXAMPLE]);
    assert_eq!((status, &*verdict), (0, "verified  did:plc:6fub4jd3yfiuvzi5yhcmvrax\n"));
    let words: Vec<Vec<&str>> =
        rows(&table).iter().map(|row| row.split("  ").map(str::trim).collect()).collect();
    let words: Vec<Vec<&str>> =
        words.iter().map(|row| row.iter().copied().filter(|word| !word.is_empty()).collect()).collect();
    assert_eq!(
        words,
        [
            ["0", "2026-01-01T09:00:00.000Z", "-", "created", "in force"],
            ["1", "2026-02-10T14:00:00.000Z", "minor", "services", "in force"],
            ["2", "2026-04-01T03:00:00.000Z", "serious", "keys, services", "undone by 3"],
            ["3", "2026-04-01T23:00:00.000Z", "grave", "recovery: rotation keys", "in force"],
            ["4", "2026-04-11T10:00:00.000Z", "minor", "names", "in force"],
        ]
    );
    assert!(
        table.contains("by rotation key 1 of 2: did:key:zQ3shQ6KT7ASTJbV7YFDrhs7swif9PQe159KSQazrzqmRCQtC"),
        "{table}"
    );
    assert!(table.contains("+ key fair did:key:z6MknHVJHuqTEGtS2Cyx9svrqaZV3SFBYzoMPPL5kA8PNj2z"), "{table}");
}

#[test]
fn with_json_the_report_has_the_history() {
    let (status, report) = json(&["log", "show", EXAMPLE]);
    let history = report["identity"]["history"].as_array().unwrap();
    assert_eq!((status, history.len(), &history[2]["nullifiedBy"]), (0, 5, &3.into()));
    assert_eq!(history[3]["gravity"], "grave");
}

#[test]
fn what_can_be_undone_is_shown_until_when_and_by_whom() {
    let folder = Folder::new("undone");
    let next = op().also_known_as("https://b.example").after(&named()).sign(&root());
    let log = folder.file("log.json", &two().then(&next, Moment::hour(2)).text());
    let (_, table, _) = said(&["log", "show", &log, &at(73)]);
    let until = Moment::hour(73).without_fraction();
    assert!(rows(&table)[1].ends_with(&format!("can be undone until {until}")), "{table}");
    assert!(rows(&table)[2].ends_with("in force, falls with 1"), "{table}");
    assert!(table.contains(&format!("can be undone by {}", root().did_key())), "{table}");
    let (_, table, _) = said(&["log", "show", &log, &at(74)]);
    assert!(rows(&table).iter().all(|row| row.ends_with("in force")), "{table}");
}

#[test]
fn what_is_new_since_the_last_visit_is_marked_and_nothing_is_remembered() {
    let folder = Folder::new("news");
    let (earlier, later) = (folder.file("a.json", &two().text()), folder.file("b.json", &recovered().text()));
    let pin = folder.0.join("pin.json");
    let pin = pin.to_str().unwrap();
    let did = two().did().to_owned();
    assert_eq!(said(&["log", "verify", &earlier, "--did", &did, "--pin", pin, &at(2)]).0, 0);
    let before = std::fs::read(pin).unwrap();
    // Looking takes no lock: it needs no right to write.
    let lock = format!("{pin}.lock");
    std::fs::remove_file(&lock).unwrap();
    let (status, table, _) = said(&["log", "show", &later, "--pin", pin, &at(3)]);
    assert_eq!(status, 0, "{table}");
    assert!(rows(&table)[0].ends_with("in force"), "{table}");
    assert!(rows(&table)[1].ends_with("undone by 2, since the last visit"), "{table}");
    assert!(rows(&table)[2].ends_with("in force, new"), "{table}");
    assert!(
        table.contains("2 operations are new or were undone since the last visit on 2026-01-01T02:00:00Z"),
        "{table}"
    );
    let (_, table, _) = said(&["log", "show", &earlier, "--pin", pin, &at(3)]);
    assert!(table.contains("nothing changed since the last visit"), "{table}");
    assert_eq!(std::fs::read(pin).unwrap(), before);
    assert!(!Path::new(&lock).exists());
    // Without the pin that was named nothing is said: it could have refused the log.
    let (status, table, verdict) = said(&["log", "show", &later, "--pin", &lock, &at(3)]);
    assert_eq!((status, &*table), (2, ""));
    assert!(verdict.contains("verify --pin make one") && verdict.contains("[io.file.missing]"), "{verdict}");
    // What the pin knows is gone: the log is refused, and not shown.
    let cut = folder.file("cut.json", &Log::new(&genesis(), Moment::START).text());
    let (status, table, verdict) = said(&["log", "show", &cut, "--pin", pin, &at(3)]);
    assert_eq!((status, &*table), (1, ""));
    assert!(verdict.contains("[pin.rollback]"), "{verdict}");
}

#[test]
fn nothing_of_a_refused_log_is_shown() {
    let folder = Folder::new("refused");
    let forged = folder.file("forged.json", &two().text().replace("https://a.example", "https://b.example"));
    let other = said(&["log", "show", EXAMPLE, "--did", two().did()]);
    for (what, (status, table, verdict), code) in [
        ("a changed operation", said(&["log", "show", &forged]), "plc.cid.mismatch"),
        ("another identity's", other, "plc.did_mismatch"),
        ("no log", said(&["log", "show", "README.md"]), "input.malformed"),
    ] {
        assert_eq!((status, &*table), (1, ""), "{what}");
        assert!(verdict.contains(&format!("[{code}]")), "{what}: {verdict}");
    }
    let (status, table, verdict) = said(&["log", "show", "no-such-file"]);
    assert_eq!((status, &*table), (2, ""));
    assert!(verdict.contains("[io.file.missing]"), "{verdict}");
    let export = folder.file("export.jsonl", &two().export());
    let (status, _, verdict) = said(&["log", "show", &export]);
    assert_eq!(status, 2);
    assert!(verdict.contains("expected --did"), "{verdict}");
    assert_eq!(said(&["log", "show", &export, "--did", two().did()]).0, 0);
}

/// It could otherwise fill a line, and go on with one that looks like the next.
#[test]
fn what_has_spaces_is_in_quotes_and_cut() {
    let folder = Folder::new("spaces");
    let wide = format!("a{}+ key fair did:key:z6Mk", " ".repeat(80));
    let genesis = op().also_known_as(&wide).sign(&root());
    let log = folder.file("log.json", &Log::new(&genesis, Moment::START).text());
    let (status, table, _) = said(&["log", "show", &log]);
    assert_eq!(status, 0);
    assert!(table.contains("   + name \"a ") && !table.contains("did:key:z6Mk"), "{table}");
}

/// A directory may write a time with any number of digits. It must neither end the command nor widen every other line.
#[test]
fn a_time_of_many_digits_is_cut() {
    let folder = Folder::new("digits");
    let named_at = |digits: usize| {
        let log = Log::new(&genesis(), Moment::START);
        let log = log.then(&named(), Moment::hour(1).with_digits(&"1".repeat(digits)));
        folder.file(&format!("{digits}.json"), &log.text())
    };
    // The last makes a cell wider than Rust formats.
    for digits in [16, 17, 56, 57, 70_000] {
        let log = named_at(digits);
        let (status, table, verdict) = said(&["log", "show", &log]);
        assert_eq!(status, 0, "{digits} digits: {verdict}");
        assert_eq!(table.contains('"'), digits > 16, "{table}");
        assert_eq!(table.contains("\"…  "), digits > 56, "{table}");
        assert!(table.lines().all(|line| line.len() < 200), "{digits} digits: {table}");
        let (status, table, verdict) = said(&["log", "diff", &folder.file("start.json", &start()), &log]);
        assert_eq!(status, 0, "{digits} digits: {verdict}");
        assert!(table.lines().all(|line| line.len() < 200), "{digits} digits: {table}");
    }
    // Two directories with two such times.
    let (status, table, verdict) = said(&["log", "diff", &named_at(70_000), &named_at(70_001)]);
    assert_eq!((status, &*table), (1, ""));
    assert!(verdict.contains("expected the same createdAt") && verdict.len() < 1000, "{verdict}");
}

/// The genesis alone.
fn start() -> String {
    Log::new(&genesis(), Moment::START).text()
}

/// What an identity says of itself may be anything.
#[test]
fn a_history_steers_no_terminal() {
    let folder = Folder::new("hostile");
    let hostile = "a\u{1b}[31m\u{202e}\u{85}";
    let genesis = op().also_known_as(hostile).service(hostile, hostile, hostile).sign(&root());
    let log = folder.file("log.json", &Log::new(&genesis, Moment::START).text());
    let (status, table, _) = said(&["log", "show", &log]);
    assert_eq!(status, 0);
    assert!(!table.contains(['\u{1b}', '\u{202e}', '\u{85}']), "{table:?}");
    assert!(table.contains("\\u{1b}[31m"), "{table}");
}

#[test]
fn two_logs_are_equal_ahead_behind_or_contradict_each_other() {
    let folder = Folder::new("diff");
    let file = |name: &str, log: &Log| folder.file(name, &log.text());
    let next = op().also_known_as("https://b.example").after(&named()).sign(&daily());
    let moved = Log::new(&genesis(), Moment::START).then(&named(), Moment::hour(9));
    let (short, long) = (file("short.json", &two()), file("long.json", &two().then(&next, Moment::hour(2))));
    let (recovered, moved) = (file("recovered.json", &recovered()), file("moved.json", &moved));
    let bare = folder.file("bare.json", &self::recovered().bare().pretty());
    for (first, second, status, relation, code) in [
        (&short, &short, 0, "equal", None),
        (&short, &long, 0, "ahead", None),
        (&long, &short, 0, "behind", None),
        (&short, &recovered, 0, "ahead", None),
        (&long, &recovered, 1, "fork", Some("plc.directory.disagree")),
        (&short, &moved, 1, "rewritten", Some("plc.directory.disagree")),
        (&short, &bare, 2, "unknown", Some("api.argument")),
    ] {
        let (found, diff) = diff(first, second);
        assert_eq!((found, &diff["relation"]), (status, &relation.into()), "{diff:#}");
        assert_eq!(diff["error"]["code"].as_str(), code, "{diff:#}");
        let has_place = matches!(relation, "fork" | "rewritten");
        assert_eq!(diff["error"].get("operation").is_some(), has_place, "{diff:#}");
        assert_eq!(diff["schema"], "fedverify/log-diff/v1");
        assert_eq!(diff["first"]["verdict"], "verified");
    }
    let (_, diff) = diff(&short, &recovered);
    assert_eq!(diff["nullifiedInOne"], Value::from(vec![named().cid()]));
    let (status, table, verdict) = said(&["log", "diff", &long, &recovered]);
    assert_eq!((status, rows(&table).len()), (1, 2), "{table}");
    assert!(table.contains(&format!("in force in one, undone in the other: {}", named().cid())), "{table}");
    assert!(
        verdict.starts_with("rejected  operation 2: ") && verdict.contains("where they part, the first has"),
        "{verdict}"
    );
    let (_, _, verdict) = said(&["log", "diff", &short, &recovered]);
    assert!(verdict.ends_with("1 more, 1 undone\n"), "{verdict}");
}

#[test]
fn a_log_that_is_not_there_proves_no_did() {
    let (status, table, verdict) = said(&["log", "show", "no-such-log.json"]);
    assert_eq!((status, &*table), (2, ""));
    assert!(
        verdict.starts_with("   -  did\n")
            && !verdict.contains("  ok")
            && verdict.contains("[io.file.missing]"),
        "{verdict}"
    );
}

/// A forged genesis hashes to a DID that nobody named: what is refused is the forged operation.
#[test]
fn a_forged_log_is_of_the_identity_that_it_names() {
    let folder = Folder::new("diff-forged");
    let log = folder.file("log.json", &two().text());
    let forged = two().text().replacen(&root().did_key(), &KeyPair::k256("log/thief").did_key(), 1);
    let forged = folder.file("forged.json", &forged);
    let (_, diff) = diff(&forged, &log);
    assert_eq!(diff["error"]["code"], "plc.cid.mismatch");
    assert_eq!(diff["first"]["did"], diff["second"]["did"]);
    assert_eq!(diff["second"]["verdict"], "verified");
}

#[test]
fn logs_that_do_not_verify_are_not_compared() {
    let folder = Folder::new("diff-refused");
    let log = folder.file("log.json", &two().text());
    let forged = folder.file("forged.json", &two().text().replace("https://a.example", "https://b.example"));
    let missing = folder.0.join("missing.json");
    let missing = missing.to_str().unwrap();
    for (first, second, status, code) in [
        (&*log, &*forged, 1, "plc.cid.mismatch"),
        (&*forged, &*log, 1, "plc.cid.mismatch"),
        // Another identity's.
        (&*log, EXAMPLE, 1, "plc.did_mismatch"),
        (&*log, missing, 2, "io.file.missing"),
        (&*forged, missing, 1, "plc.cid.mismatch"),
        ("-", "-", 2, "api.argument"),
    ] {
        let (found, diff) = diff(first, second);
        assert_eq!(
            (found, diff["error"]["code"].as_str()),
            (status, Some(code)),
            "{first} {second}: {diff:#}"
        );
        assert_eq!(diff["relation"], Value::Null);
        let (found, table, verdict) = said(&["log", "diff", first, second]);
        assert_eq!((found, &*table), (status, ""));
        assert!(verdict.contains(&format!("[{code}]")), "{verdict}");
    }
}
