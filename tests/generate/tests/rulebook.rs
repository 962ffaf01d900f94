//! The rulebook names every limit with its default. It is written by hand: it says what each limit answers.

use fedverify::Limits;

#[test]
fn the_rulebook_has_every_limit_with_its_default() {
    let page = |name| {
        let path = format!("{}/../../docs/rules/{name}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
    };
    let rows = ["did-plc.md", "json.md"].map(page).concat();
    for name in Limits::NAMES {
        let default = fedverify_generate::default_of(name);
        let row = format!("| `{name}` | {default} |");
        assert!(rows.contains(&row), "no page of docs/rules has {row}");
    }
}
