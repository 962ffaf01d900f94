//! All unsafe code that we wrote is in `src/engine.rs`.

// A test says what is wrong by panicking.
#![allow(clippy::expect_used, clippy::panic)]

#[test]
fn only_the_engine_is_unsafe() {
    let mut files = 0;
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src")).expect("the sources") {
        let path = entry.expect("a source").path();
        let text = std::fs::read_to_string(&path).expect("the sources can be read");
        files += 1;
        for line in text.lines().filter(|_| !path.ends_with("engine.rs")) {
            let code = line.split("//").next().unwrap_or_default();
            assert!(!code.contains("unsafe"), "{}: {line}", path.display());
        }
    }
    assert!(files > 10, "only {files} files were looked at");
}
