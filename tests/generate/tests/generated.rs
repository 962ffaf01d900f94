//! Every generated file is what core's tables say.

use fedverify_generate::outputs;

#[test]
fn every_generated_file_is_what_the_tables_say() {
    let stale: Vec<&str> =
        outputs().iter().filter(|output| output.is_stale()).map(|output| output.path).collect();
    assert!(stale.is_empty(), "stale, run `make generated`: {}", stale.join(", "));
}
