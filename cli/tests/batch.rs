//! `fedverify batch`: order, verdicts, exit status, scattered and grouped exports, bad lines, and the corpus as a catalogue.

// A test says what is wrong by panicking.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

#[path = "../../tests/conformance.rs"]
mod conformance;

use fedverify_kit::batch::{Form, lines, log};
use fedverify_kit::{Json, KeyPair, Log, Moment, Op};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Write;
use std::process::{Command, Output, Stdio};

/// Runs the command on what comes from standard input.
fn batch(input: &str, arguments: &[&str]) -> Output {
    batch_bytes(input.as_bytes(), arguments)
}

fn batch_bytes(input: &[u8], arguments: &[&str]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_fedverify"))
        .arg("batch")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    std::thread::scope(|scope| {
        // The command stops reading where it cannot go on.
        scope.spawn(move || drop(stdin.write_all(input)));
        child.wait_with_output().unwrap()
    })
}

/// Runs the command on a file that holds the input.
fn batch_file(input: &str, arguments: &[&str]) -> Output {
    let name = format!("fedverify-batch-{}-{:?}", std::process::id(), std::thread::current().id());
    let path = std::env::temp_dir().join(name);
    std::fs::write(&path, input).unwrap();
    let output = batch("", &[&[path.to_str().unwrap()], arguments].concat());
    std::fs::remove_file(&path).unwrap();
    output
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The first three words of every verdict.
fn verdicts(output: &Output) -> Vec<String> {
    stdout(output)
        .lines()
        .map(|line| line.trim_end_matches(':').split(' ').take(3).collect::<Vec<_>>().join(" "))
        .map(|words| words.trim_end_matches(':').to_owned())
        .collect()
}

fn reports(output: &Output) -> Vec<Value> {
    stdout(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn verified(log: &Log) -> String {
    format!("verified {} {}", log.did(), log.summary().head)
}

fn whole(logs: &[Log]) -> String {
    logs.iter().map(|log| lines(log, Form::Logs)).collect()
}

/// An identity whose second operation a recovery nullified.
fn recovered() -> Log {
    let (root, daily) = (KeyPair::k256("batch/root"), KeyPair::p256("batch/daily"));
    let genesis = Op::regular().rotation_keys([&root, &daily]).sign(&root);
    let attack = Op::regular().rotation_keys([&daily]).after(&genesis).sign(&daily);
    let recovery = Op::regular().rotation_keys([&root]).after(&genesis).sign(&root);
    Log::new(&genesis, Moment::START).then(&attack, Moment::hour(1)).then(&recovery, Moment::hour(20))
}

/// A log whose directory lies about the head's CID.
fn forged(number: u64) -> Log {
    log(number).edit(0, |entry| entry.set("cid", "bafyreib"))
}

/// The entries of logs, one of each in turn.
fn scattered(logs: &[Log]) -> Vec<Json> {
    let entries: Vec<Vec<Json>> = logs
        .iter()
        .map(|log| {
            let Json::Array(entries) = log.audit() else { panic!("not a log") };
            entries
        })
        .collect();
    let longest = entries.iter().map(Vec::len).max().unwrap();
    (0..longest).flat_map(|index| entries.iter().filter_map(move |log| log.get(index).cloned())).collect()
}

/// An entry in the numbered form.
fn sequenced(number: usize, entry: &Json) -> Json {
    let member = |name| entry.get(name).unwrap().clone();
    Json::object([
        ("type", "sequenced_op".into()),
        ("seq", u64::try_from(number).unwrap().into()),
        ("did", member("did")),
        ("operation", member("operation")),
        ("cid", member("cid")),
        ("createdAt", member("createdAt")),
    ])
}

fn text_of(entries: &[Json]) -> String {
    entries.iter().map(|entry| format!("{entry}\n")).collect()
}

#[test]
fn verdicts_come_in_the_order_of_the_input_and_any_refusal_is_exit_status_1() {
    let logs: Vec<Log> = (0..40).map(log).collect();
    let expected: Vec<String> = logs.iter().map(verified).collect();
    let output = batch(&whole(&logs), &[]);
    assert_eq!((output.status.code(), verdicts(&output)), (Some(0), expected.clone()));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("40 logs: 40 verified, 0 rejected\n") && said.contains(" logs/s"), "{said}");

    let input = format!("{}{}{}", whole(&logs[..20]), whole(&[forged(50)]), whole(&logs[20..]));
    let output = batch(&input, &["-"]);
    let mut expected = expected;
    expected.insert(20, format!("rejected {} plc.cid.mismatch", log(50).did()));
    assert_eq!((output.status.code(), verdicts(&output)), (Some(1), expected));
}

#[test]
fn the_number_of_jobs_changes_nothing_but_the_time() {
    // More than two chunks.
    let logs: Vec<Log> = (0..25).map(log).collect();
    let input = format!("{}{}", whole(&logs), whole(&[forged(3)])).repeat(100);
    for arguments in [&["--json"][..], &[]] {
        let [one, two] = ["1", "2"].map(|jobs| batch(&input, &[arguments, &["--jobs", jobs]].concat()));
        assert_eq!(one.stdout.iter().filter(|byte| **byte == b'\n').count(), 2600);
        assert!(one.stdout == two.stdout, "{arguments:?}");
    }
}

#[test]
fn with_json_every_log_has_its_report() {
    let input = format!("\n{}not json\n{}", whole(&[log(1)]), whole(&[forged(2)]));
    let reports = reports(&batch(&input, &["--json"]));
    let facts: Vec<_> =
        reports.iter().map(|r| (&r["verdict"], &r["batch"]["line"], &r["batch"]["did"])).collect();
    let (first, last) = (Value::from(log(1).did()), Value::from(log(2).did()));
    let (verified, rejected) = (Value::from("verified"), Value::from("rejected"));
    assert_eq!(
        facts,
        [(&verified, &2.into(), &first), (&rejected, &3.into(), &Value::Null), (&rejected, &4.into(), &last)]
    );
    assert_eq!(reports[0]["identity"]["head"], log(1).summary().head);
    // Nothing is said to have passed of a line that could not be read.
    assert_eq!(reports[1]["checks"][0]["outcome"], "fail");
}

#[test]
fn entries_of_an_export_may_be_anywhere() {
    let logs = [log(4), recovered(), log(3), log(0)];
    let expected: Vec<String> = logs.iter().map(verified).collect();
    let input = text_of(&scattered(&logs));
    for output in [batch(&input, &[]), batch_file(&input, &[])] {
        assert_eq!((output.status.code(), verdicts(&output)), (Some(0), expected.clone()));
    }
    let reports = reports(&batch_file(&input, &["--json"]));
    assert_eq!(reports[1]["identity"]["nullified"], Value::from(recovered().summary().nullified));
    assert_eq!(
        reports.iter().map(|r| r["batch"]["line"].as_u64().unwrap()).collect::<Vec<_>>(),
        [1, 2, 3, 4]
    );

    // A flag was true when its entry was exported, and no recovery had come yet.
    let early = recovered().edit(1, |entry| entry.set("nullified", false));
    let output = batch(&text_of(&scattered(&[log(1), early])), &[]);
    let expected = vec![verified(&log(1)), verified(&recovered())];
    assert_eq!((output.status.code(), verdicts(&output)), (Some(0), expected));
}

#[test]
fn an_entry_that_is_exported_twice_counts_once() {
    let log = recovered();
    let entries = lines(&log, Form::Entries);
    let first = entries.lines().next().unwrap();
    for input in [entries.repeat(2), format!("{first}\n{entries}"), format!("{entries}{first}\n")] {
        for arguments in [&["--grouped"][..], &[]] {
            for output in [batch(&input, arguments), batch_file(&input, arguments)] {
                assert_eq!((output.status.code(), verdicts(&output)), (Some(0), vec![verified(&log)]));
            }
        }
    }
    // However often: the limit is on operations, and what follows the repetitions is not lost.
    let (start, rest) = entries.split_at(first.len() + 1);
    let input = format!("{}{rest}", start.repeat(5));
    let output = batch_file(&input, &["--limit", "logOperations=3"]);
    assert_eq!((output.status.code(), verdicts(&output)), (Some(0), vec![verified(&log)]));
    // Another entry in its place is not a repetition.
    let other = log.clone().edit(0, |entry| entry.set("createdAt", "2026-01-01T00:00:00.001Z"));
    let input = format!("{entries}{}", lines(&other, Form::Entries).lines().next().unwrap());
    let output = batch(&input, &[]);
    assert_eq!(verdicts(&output), [format!("rejected {} plc.genesis.repeated", log.did())]);
}

#[test]
fn whole_logs_and_entries_keep_their_order_in_one_file() {
    let (first, last) = (log(7), log(8));
    let input = format!(
        "{}{}nonsense\n{}{}",
        lines(&first, Form::Logs),
        text_of(&scattered(&[log(2), log(3)])),
        lines(&last, Form::Logs),
        lines(&log(9), Form::Entries),
    );
    let expected = [
        verified(&first),
        verified(&log(2)),
        verified(&log(3)),
        "rejected line 9".to_owned(),
        verified(&last),
        verified(&log(9)),
    ];
    for output in [batch(&input, &[]), batch_file(&input, &["--jobs", "1"])] {
        assert_eq!(verdicts(&output), expected);
    }
}

#[test]
fn flags_of_exported_entries_are_not_compared_and_that_is_said() {
    let input: Vec<Json> = scattered(&[recovered(), log(2)])
        .iter()
        .enumerate()
        .map(|(number, entry)| sequenced(number, entry))
        .collect();
    let reports = reports(&batch(&text_of(&input), &["--json"]));
    let outcome_of_flags = |report: &Value| {
        let checks = report["checks"].as_array().unwrap().iter();
        checks.filter(|check| check["check"] == "plc.flags").map(|check| check["outcome"].clone()).next()
    };
    assert_eq!(reports.len(), 2);
    for report in &reports {
        assert_eq!(
            (&report["verdict"], outcome_of_flags(report)),
            (&"verified".into(), Some("skipped".into()))
        );
    }
    assert_eq!(reports[0]["identity"]["nullified"], Value::from(recovered().summary().nullified));

    // Members that are not known are ignored, and that is said.
    let flagged = sequenced(0, &input[0]).with("nullified", true);
    let reports = self::reports(&batch(&text_of(&[flagged]), &["--json"]));
    assert_eq!(reports[0]["warnings"][0]["code"], "plc.entry.unknown_member", "{}", reports[0]);

    let unnumbered = sequenced(0, &input[0]).with("seq", "1");
    let unknown = sequenced(0, &input[0]).with("type", "tombstone");
    for entry in [unnumbered, unknown] {
        let output = batch(&text_of(std::slice::from_ref(&entry)), &[]);
        assert_eq!(
            verdicts(&output),
            [format!("rejected {} plc.entry.malformed", recovered().did())],
            "{entry}"
        );
    }
}

#[test]
fn grouped_entries_are_a_promise() {
    let logs: Vec<Log> = (0..20).map(log).collect();
    let input: String = logs.iter().map(|log| lines(log, Form::Entries)).collect();
    let expected: Vec<String> = logs.iter().map(verified).collect();
    let output = batch(&input, &["--grouped"]);
    assert_eq!((output.status.code(), verdicts(&output)), (Some(0), expected));

    // Broken, it is not taken for a second identity.
    let entries = scattered(&[log(1), log(0)]);
    let output = batch(&text_of(&entries), &["--grouped"]);
    let verdicts = verdicts(&output);
    assert_eq!((output.status.code(), verdicts.len()), (Some(1), 3));
    assert_eq!(verdicts[2], format!("rejected {} plc.genesis.invalid", log(1).did()));
}

#[test]
fn a_bad_line_is_refused_and_the_run_goes_on() {
    let good = whole(&[log(0)]);
    let did = log(0).did().to_owned();
    let bad: [(&str, &str); 15] = [
        ("nonsense", "rejected line 1 input.malformed"),
        ("{\"did\"", "rejected line 1 input.malformed"),
        ("null", "rejected line 1 input.wrong_type"),
        ("{}", "rejected line 1 input.wrong_type"),
        (r#"{"log": []}"#, "rejected line 1 input.wrong_type"),
        (r#"{"did": 1, "log": []}"#, "rejected line 1 input.wrong_type"),
        (r#"{"did": "did:plc:x", "log": [], "more": 1}"#, "rejected line 1 input.wrong_type"),
        (r#"{"did": "did:plc:x", "did": "did:plc:y", "log": []}"#, "rejected line 1 input.duplicate_member"),
        (r#"{"did": "did:plc:x", "log": []} {}"#, "rejected line 1 input.trailing_bytes"),
        (r#"{"did": "did:plc:x", "log": []}"#, "rejected line 1 did.invalid"),
        (r#"{"did": "did:web:example.com", "log": []}"#, "rejected line 1 did.unsupported"),
        (r#"{"did": "DID", "log": []}"#, &format!("rejected {did} plc.log.empty")),
        (r#"{"did": "DID", "log": {}}"#, &format!("rejected {did} input.wrong_type")),
        (r#"{"operation": {}}"#, "rejected line 1 plc.entry.malformed"),
        (r#"{"did": "DID", "operation": {}}"#, &format!("rejected {did} plc.entry.malformed")),
    ];
    for (line, verdict) in bad {
        let input = format!("{}\n{good}", line.replace("DID", &did));
        let output = batch(&input, &[]);
        let found: Vec<String> = stdout(&output).lines().map(str::to_owned).collect();
        assert_eq!((output.status.code(), found.len()), (Some(1), 2), "{line}");
        assert!(found[0].starts_with(&format!("{verdict}: ")), "{line}: {}", found[0]);
        assert_eq!(found[1], verified(&log(0)), "{line}");
    }
    // An input that starts with one is a JSON array (commands.rs).
    let output = batch(&format!("{}\n[]\n", good.trim_end()), &[]);
    let found = stdout(&output);
    assert_eq!(output.status.code(), Some(1), "{found}");
    assert!(found.contains("rejected line 2 input.wrong_type: "), "{found}");
}

#[test]
fn a_hostile_line_steers_no_terminal() {
    let lines = [
        "{\"did\": \"did:plc:\\u001b[31m\\nverified\", \"log\": []}\n",
        "{\"did\": \"did:plc:x\", \"log\": [], \"\\u001b[31m\\u202e\": 0}\n",
        "\u{1b}[31m\n",
        "{\"did\": \"did:plc:\\u001b\", \"operation\": {}}\n",
    ];
    let output = batch(&lines.concat(), &[]);
    let printed = stdout(&output);
    assert_eq!(printed.lines().count(), 4, "{printed:?}");
    assert!(printed.lines().all(|line| line.starts_with("rejected line ")), "{printed:?}");
    assert!(!printed.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'), "{printed:?}");
}

#[test]
fn blank_lines_and_line_ends_do_not_matter() {
    let (first, last) = (whole(&[log(0)]), whole(&[log(1)]));
    let expected = [verified(&log(0)), verified(&log(1))];
    for input in [
        format!("\n  \n{first}\r\n\t\n{last}\n\n"),
        format!("{first}{last}").replace('\n', "\r\n"),
        format!("{first}{last}").trim_end().to_owned(),
    ] {
        let output = batch(&input, &[]);
        assert_eq!((output.status.code(), verdicts(&output)), (Some(0), expected.to_vec()));
    }
}

#[test]
fn a_line_that_is_too_long_is_refused_without_being_kept() {
    let good = whole(&[log(0)]);
    // What is around a log does not count.
    let limit = log(4).audit().to_string().len();
    let arguments = |limit: usize| ["--limit".to_owned(), format!("logBytes={limit}")];
    let run = |input: &str, limit: usize| {
        let arguments = arguments(limit);
        batch(input, &arguments.each_ref().map(String::as_str))
    };
    let input = format!("{}{good}", whole(&[log(4)]));
    assert_eq!(verdicts(&run(&input, limit)), [verified(&log(4)), verified(&log(0))]);
    let too_large = format!("rejected {} input.too_large", log(4).did());
    assert_eq!(verdicts(&run(&input, limit - 1)), [too_large.clone(), verified(&log(0))]);

    let endless = format!("{}\n{good}", "x".repeat(40 << 20));
    assert_eq!(verdicts(&batch(&endless, &[])), ["rejected line 1".to_owned(), verified(&log(0))]);

    // The limits hold for a log whose entries stand on lines of their own, too.
    let entries = format!("{}{}", lines(&log(4), Form::Entries), lines(&log(0), Form::Entries));
    for arguments in [&["--grouped", "--limit", "logOperations=4"][..], &["--limit", "logOperations=4"]] {
        let output = batch_file(&entries, arguments);
        let too_long = format!("rejected {} plc.log.too_long", log(4).did());
        assert_eq!(verdicts(&output), [too_long, verified(&log(0))]);
    }
    let small = arguments(2000);
    assert_eq!(verdicts(&batch_file(&entries, &small.each_ref().map(String::as_str)))[0], too_large);
}

#[test]
fn an_input_that_cannot_be_read_or_holds_nothing_is_no_verdict() {
    for input in ["", "\n\n"] {
        let output = batch(input, &[]);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
        assert!(String::from_utf8(output.stderr).unwrap().contains("found no line [api.argument]"));
        assert_eq!(reports(&batch(input, &["--json"]))[0]["error"]["code"], "api.argument");
    }
    for (path, code) in
        [("no/such/file", "io.file.missing"), (env!("CARGO_MANIFEST_DIR"), "io.file.unreadable")]
    {
        let output = batch("", &[path]);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
        assert!(String::from_utf8(output.stderr).unwrap().contains(code));
        let reports = reports(&batch("", &[path, "--json"]));
        assert_eq!(
            (&reports[0]["verdict"], &reports[0]["error"]["code"]),
            (&"undetermined".into(), &code.into())
        );
    }
}

/// A case of the corpus, and the line that carries its log.
type CaseLine<'a> = (&'a conformance::Case, Vec<u8>);

/// Every log of the corpus that one line can carry, in one catalogue for each set of limits.
#[test]
fn the_corpus_gives_the_same_codes_as_a_catalogue() {
    let cases = conformance::cases();
    let mut catalogues: BTreeMap<Vec<(String, u64)>, Vec<CaseLine<'_>>> = BTreeMap::new();
    let mut skipped = 0;
    for case in cases.iter().filter(|case| is_plain_log(case)) {
        match line_of(case) {
            Some(line) => catalogues.entry(case.limits.clone()).or_default().push((case, line)),
            None => skipped += 1,
        }
    }
    let count: usize = catalogues.values().map(Vec::len).sum();
    println!("{count} logs of the corpus, {skipped} skipped: no line can carry their bytes");
    assert!(count > 300 && skipped < 60, "{count} logs, {skipped} skipped");
    let differences: Vec<String> =
        catalogues.iter().flat_map(|(limits, cases)| judge(limits, cases)).collect();
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}

/// A catalogue is verified without a memory, a clock and histories, so cases that have one say nothing of it. The entries of
/// an export are lines of their own. A thing that is given in place of a whole log is another inside a line.
fn is_plain_log(case: &conformance::Case) -> bool {
    case.kind == "plc-log"
        && case.input_names().all(|name| matches!(name, "did" | "log"))
        && !case.text("log").is_some_and(|path| path.ends_with(".jsonl"))
        && !case.name.starts_with("input/thing-")
}

fn judge(limits: &[(String, u64)], cases: &[CaseLine<'_>]) -> Vec<String> {
    let mut arguments = vec!["--json".to_owned()];
    for (name, limit) in limits {
        arguments.extend(["--limit".to_owned(), format!("{name}={limit}")]);
    }
    let input: Vec<u8> = cases.iter().flat_map(|(_, line)| [line, &b"\n"[..]].concat()).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let reports = reports(&batch_bytes(&input, &arguments));
    assert_eq!(reports.len(), cases.len(), "{limits:?}");
    cases.iter().zip(&reports).flat_map(|((case, _), report)| case.differences(report)).collect()
}

/// `{"did", "log"}` with the very bytes of the case's log, but for line ends between values. `None` where the bytes would
/// be other JSON inside a line than they are alone.
fn line_of(case: &conformance::Case) -> Option<Vec<u8>> {
    let mut log = std::fs::read(case.file("log")?).ok()?;
    let mut is_inside_text = false;
    let mut is_escaped = false;
    for byte in &mut log {
        match *byte {
            b'\n' | b'\r' if is_inside_text => return None,
            b'\n' | b'\r' => *byte = b' ',
            b'"' if !is_escaped => is_inside_text = !is_inside_text,
            _ => {}
        }
        is_escaped = is_inside_text && *byte == b'\\' && !is_escaped;
    }
    // What precedes a document, or follows its end, is at another place inside a line.
    let mut values = serde_json::Deserializer::from_slice(&log).into_iter::<Value>();
    let is_followed =
        matches!(values.next(), Some(Ok(_))) && !log[values.byte_offset()..].trim_ascii().is_empty();
    if is_followed || log.starts_with(b"\xef\xbb\xbf") {
        return None;
    }
    let did = serde_json::to_string(case.text("did")?).unwrap();
    Some([format!("{{\"did\":{did},\"log\":").as_bytes(), &log, b"}"].concat())
}
