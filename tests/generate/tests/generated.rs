//! Every generated file is what core's tables say.

use fedverify_generate::{Output, outputs};

#[test]
fn every_generated_file_is_what_the_tables_say() {
    let stale: Vec<String> =
        outputs().into_iter().filter(Output::is_stale).map(|output| output.path).collect();
    assert!(stale.is_empty(), "stale, run `make generated`: {}", stale.join(", "));
}
