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

/// Of `dist/crates.sh`.
fn published() -> Vec<String> {
    let script = std::fs::read_to_string(root().join("dist/crates.sh")).unwrap();
    let crates = script.split("\nCRATES=\"").nth(1).unwrap().split('"').next().unwrap();
    crates.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn crates_that_are_published_say_what_crates_io_shows() {
    let manifests = ["core", "net", "node/core", "cli", "node/serve"]
        .map(|folder| std::fs::read_to_string(root().join(folder).join("Cargo.toml")).unwrap());
    for name in published() {
        let manifest = manifests
            .iter()
            .find(|manifest| manifest.contains(&format!("[package]\nname = \"{name}\"\n")))
            .unwrap_or_else(|| panic!("{name} is in none of the folders that this test knows"));
        for field in [
            "description = ",
            "license.workspace",
            "repository.workspace",
            "homepage.workspace",
            "rust-version.workspace",
            "readme = ",
            "keywords = ",
            "categories = ",
        ] {
            assert!(manifest.contains(&format!("\n{field}")), "{name} has no {field:?}");
        }
    }
}

/// Packagist drops a keyword with a colon.
#[test]
fn composer_takes_the_keywords() {
    for path in ["composer.json", "php/composer.json"] {
        let manifest = std::fs::read(root().join(path)).unwrap();
        let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
        for keyword in manifest["keywords"].as_array().unwrap() {
            let keyword = keyword.as_str().unwrap();
            let allowed = |letter: char| letter.is_alphanumeric() || " ._-".contains(letter);
            assert!(keyword.chars().all(allowed), "{path}: {keyword}");
        }
    }
}

/// Packagist gets the folder alone, and a link out of it would lead nowhere there.
#[test]
fn the_composer_library_has_the_licences() {
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        let ours = root().join("php").join(licence);
        assert!(!ours.is_symlink(), "{} is a link", ours.display());
        assert_eq!(
            std::fs::read(&ours).unwrap(),
            std::fs::read(root().join(licence)).unwrap(),
            "{}",
            ours.display()
        );
    }
}
