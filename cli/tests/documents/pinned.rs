//! What is fetched while the project is built and tested is what was looked at: by lock files, and by hash.

use crate::root;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The project's files of this name.
fn named(name: &str) -> Vec<PathBuf> {
    let output = Command::new("git").args(["ls-files", "-z"]).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "git ls-files fails here");
    let listing = String::from_utf8(output.stdout).unwrap();
    let paths = listing.split_terminator('\0').map(PathBuf::from);
    paths.filter(|path| path.file_name().is_some_and(|found| found == name)).collect()
}

#[test]
fn every_npm_tool_and_every_workspace_has_a_lock_file() {
    let has = |path: &Path, lock: &str| root().join(path).with_file_name(lock).is_file();
    let packages = named("package.json");
    let is_workspace = |path: &PathBuf| {
        std::fs::read_to_string(root().join(path)).unwrap().lines().any(|line| line == "[workspace]")
    };
    let workspaces: Vec<_> = named("Cargo.toml").into_iter().filter(is_workspace).collect();
    assert!(packages.len() > 5 && workspaces.len() > 2, "{packages:?} {workspaces:?}");
    let open: Vec<_> = packages
        .iter()
        .filter(|path| !has(path, "package-lock.json"))
        .chain(workspaces.iter().filter(|path| !has(path, "Cargo.lock")))
        .collect();
    assert!(open.is_empty(), "no lock file beside {open:?}");
}

/// The actions that a workflow uses by a name that somebody else can move: a tag, a branch.
fn unpinned(workflow: &str) -> Vec<&str> {
    let uses =
        workflow.lines().filter_map(|line| line.trim().trim_start_matches("- ").strip_prefix("uses: "));
    uses.filter(|action| {
        let hash = action.split_once('@').map_or("", |(_, rest)| rest.split(' ').next().unwrap());
        hash.len() != 40 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
    .collect()
}

#[test]
fn workflows_use_actions_by_their_hash() {
    for name in ["ci.yml", "release.yml"] {
        let text = std::fs::read_to_string(root().join(".github/workflows").join(name)).unwrap();
        assert!(text.contains("uses: "), "{name} uses nothing: it is not read as it should be");
        assert_eq!(unpinned(&text), Vec::<&str>::new(), "{name}");
        assert!(text.contains("\npermissions:"), "{name} has all the permissions that there are");
    }
    assert_eq!(unpinned("  - uses: a/b@v4 # v4\n    uses: c/d@main\n"), ["a/b@v4 # v4", "c/d@main"]);
}
