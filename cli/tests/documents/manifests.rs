//! Every manifest names the same repository as `Cargo.toml`.

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
