//! What is fetched while the project is built and tested is what was looked at: by lock files, and by hash.

use crate::root;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The project's files of this name.
pub(crate) fn named(name: &str) -> Vec<PathBuf> {
    let output = Command::new("git").args(["ls-files", "-z"]).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "git ls-files fails here");
    let listing = String::from_utf8(output.stdout).unwrap();
    let paths = listing.split_terminator('\0').map(PathBuf::from);
    paths.filter(|path| path.file_name().is_some_and(|found| found == name)).collect()
}

#[test]
fn every_npm_tool_and_every_workspace_has_a_lock_file() {
    // One that git does not know is on this machine alone.
    let locks: Vec<_> = ["package-lock.json", "Cargo.lock"].into_iter().flat_map(named).collect();
    let has = |path: &Path, lock: &str| locks.contains(&path.with_file_name(lock));
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

/// The jobs of a workflow, each with its name.
fn jobs(workflow: &str) -> Vec<(&str, String)> {
    let (_, jobs) = workflow.split_once("\njobs:\n").unwrap();
    let mut found: Vec<(&str, String)> = Vec::new();
    for line in jobs.lines() {
        let name = line.strip_prefix("  ").and_then(|rest| rest.strip_suffix(':'));
        match name.filter(|name| !name.starts_with([' ', '#'])) {
            Some(name) => found.push((name, String::new())),
            None => {
                if let Some((_, job)) = found.last_mut() {
                    job.push_str(line);
                    job.push('\n');
                }
            }
        }
    }
    found
}

/// What is wrong with a job: whoever may speak for the workflow runs no program that others wrote, and in a container git must be told
/// to read a checkout that is another user's.
fn fault_of_job(job: &str) -> Option<&'static str> {
    let actions = job.lines().filter_map(|line| line.trim().trim_start_matches("- ").strip_prefix("uses: "));
    let is_known = |action: &str| {
        ["actions/attest-", "actions/download-artifact@"].iter().any(|known| action.starts_with(known))
    };
    let runs = job.lines().any(|line| line.trim().trim_start_matches("- ").starts_with("run:"));
    if job.contains("id-token: write") && (runs || !actions.into_iter().all(is_known)) {
        return Some("may attest, and runs more than that");
    }
    let is_refused =
        job.contains("container:") && !job.contains("--add safe.directory \"$GITHUB_WORKSPACE\"");
    is_refused.then_some("runs in a container, where git refuses the checkout")
}

#[test]
fn a_job_that_may_attest_does_nothing_else_and_git_reads_every_checkout() {
    let read = |name: &str| std::fs::read_to_string(root().join(".github/workflows").join(name)).unwrap();
    let (ci, release) = (read("ci.yml"), read("release.yml"));
    let names = |workflow| jobs(workflow).iter().map(|(name, _)| *name).collect::<Vec<_>>();
    assert_eq!(
        (names(&ci), names(&release)),
        (vec!["test", "oldest-rust"], vec!["build", "attest", "draft"])
    );
    for (name, job) in jobs(&ci).into_iter().chain(jobs(&release)) {
        assert_eq!(fault_of_job(&job), None, "{name}");
    }
    assert!(
        fault_of_job("    permissions:\n      id-token: write\n    steps:\n      - run: make\n").is_some()
    );
    assert!(fault_of_job("      id-token: write\n      - uses: a/b@c\n").is_some());
    assert!(fault_of_job("    container: debian\n      - uses: actions/checkout@c\n").is_some());
}
