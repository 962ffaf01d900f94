//! Every manifest names the same repository and the same version as `Cargo.toml`.

use crate::root;

/// Manifests that cannot inherit it.
const OTHERS: [&str; 5] = [
    "composer.json",
    "node/worker/Cargo.toml",
    "php/composer.json",
    "wasm/js/package.json",
    "wordpress/fedverify/fedverify.php",
];

#[test]
fn every_manifest_names_the_same_repository() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    let cargo = read("Cargo.toml");
    let url = cargo.split("\nrepository = \"").nth(1).unwrap().split('"').next().unwrap();
    assert!(url.starts_with("https://"), "{url}");
    for path in OTHERS {
        assert!(read(path).contains(url), "{path} does not name {url}");
    }
}

/// Those whose version is not the workspace's by itself, and no test elsewhere compares.
const VERSIONED: [(&str, &str); 3] = [
    ("node/worker/Cargo.toml", "\nversion = \"{}\"\n"),
    ("wasm/js/package.json", "\n  \"version\": \"{}\",\n"),
    ("wasm/js/package-lock.json", "\n  \"version\": \"{}\",\n"),
];

#[test]
fn every_manifest_has_the_same_version() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    for (path, line) in VERSIONED {
        let line = line.replace("{}", env!("CARGO_PKG_VERSION"));
        assert!(read(path).contains(&line), "{path} does not have {line:?}");
    }
}
