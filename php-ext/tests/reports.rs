//! Every report that PHP made of the corpus, against the published schema.

// A test says what is wrong by panicking.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[test]
#[ignore = "tests/php.sh runs it, after PHP has written the reports"]
fn every_report_that_php_wrote_fits_the_schema() {
    let schema = include_str!("../../schema/report.v1.json");
    let schema = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
    let path =
        std::env::var("FEDVERIFY_REPORTS").expect("FEDVERIFY_REPORTS names a file of tests/php/corpus.php");
    let reports = std::fs::read_to_string(path).unwrap();
    assert!(reports.lines().count() >= 1000, "only {} reports", reports.lines().count());
    for line in reports.lines() {
        let (case, report) = line.split_once('\t').expect("a name and a report");
        let report = serde_json::from_str(report).unwrap();
        let faults: Vec<String> = schema.iter_errors(&report).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{case}: {faults:?}");
    }
}
