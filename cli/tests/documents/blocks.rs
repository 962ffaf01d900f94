//! Every block of shell commands in a document is run here, as it is printed, or names the test that runs it. So is a block of PHP or
//! JavaScript below a comment; others are excerpts.
//!
//! A comment before a block says what is particular about it:
//!
//! - `<!-- php runs this -->`: a whole program in PHP, without its first tag.
//! - `<!-- tests/ffi.sh runs this: make --silent install -->`: not run here; that file has these words.
//! - `<!-- in a terminal of its own -->`: started, and left to run until the next such block or the document's end. The blocks below
//!   it run once it has said something.
//! - `<!-- fedverify exits with 1 here -->`: each time that the command runs in this block. Without it: 0.
//!
//! A block of `text` below a block of commands is what those commands print.
//!
//! The blocks of one document run one after another in one folder, in which everything of the project is found by its name,
//! so that what one block writes is there for the next.

use crate::{documents, root};
use std::cell::RefCell;
use std::io::Read;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

const OWN_TERMINAL: &str = "in a terminal of its own";
const IN_PHP: &str = "php runs this";

struct Block {
    commands: String,
    /// The line of its first command.
    line: usize,
    comment: String,
    /// What the document shows as their output.
    shown: Option<String>,
}

fn blocks(text: &str) -> Vec<Block> {
    let lines: Vec<&str> = text.lines().collect();
    let above = |at: usize| at.checked_sub(1).map_or("", |above| lines[above].trim());
    let is_run = |at: usize, language: &str| match language {
        "```sh" => true,
        "```php" | "```js" => above(at).starts_with("<!--"),
        _ => false,
    };
    let starts = lines.iter().enumerate().filter(|(at, line)| is_run(*at, line.trim()));
    let block = |(at, _): (usize, &&str)| {
        let until_fence = |from: usize| {
            lines
                .iter()
                .skip(from)
                .take_while(|line| line.trim() != "```")
                .copied()
                .collect::<Vec<_>>()
                .join("\n")
        };
        let commands = until_fence(at + 1);
        let end = at + 1 + commands.lines().count();
        let below = (end + 1..lines.len()).find(|below| !lines[*below].is_empty());
        let shown = below.filter(|below| lines[*below] == "```text").map(|below| until_fence(below + 1));
        let comment = above(at)
            .strip_prefix("<!--")
            .and_then(|rest| rest.strip_suffix("-->"))
            .unwrap_or("")
            .trim()
            .to_owned();
        Block { commands, line: at + 2, comment, shown }
    };
    starts.map(block).collect()
}

/// A folder for the blocks of one document, and programs that are found first.
struct Place {
    folder: tempfile::TempDir,
    beside: RefCell<Option<Terminal>>,
}

/// A terminal of its own: a block that runs until this is dropped, in a process group of its own, so that its end is the end of all
/// that it started.
struct Terminal(Child, ChildStdout);

impl Drop for Terminal {
    fn drop(&mut self) {
        let _may_have_ended =
            Command::new("kill").args(["--", &format!("-{}", self.0.id())]).stderr(Stdio::null()).status();
        self.0.wait().unwrap();
    }
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for entry in std::fs::read_dir(root()).unwrap() {
            let path = entry.unwrap().path();
            symlink(&path, folder.path().join(path.file_name().unwrap())).unwrap();
        }
        let place = Place { folder, beside: RefCell::new(None) };
        std::fs::create_dir(place.programs()).unwrap();
        let build = Path::new(env!("CARGO_BIN_EXE_fedverify")).parent().unwrap();
        let noted = format!(
            "\"{}\"/fedverify \"$@\"; status=$?; echo $status >> \"{}\"; exit $status",
            build.display(),
            place.statuses().display()
        );
        place.program("fedverify", &noted);
        // What documents build and install with cargo is built already; with --release it would take minutes.
        place.program("cargo", &format!(
            "case \"$*\" in 'install --locked --path cli' | 'build --release -q -p fedverify-kit') exit 0;; esac\nwhile [ \"$1\" != -- ]; do case \"$1\" in fedverify-*) name=$1;; esac; shift; done; shift\n\
             case $name in fedverify-cli) exec fedverify \"$@\";; fedverify-kit) exec \"{}\"/fedverify-kit \"$@\";; esac\nexit 99", build.display()));
        place
    }

    fn programs(&self) -> PathBuf {
        self.folder.path().join(".programs")
    }

    fn statuses(&self) -> PathBuf {
        self.folder.path().join(".statuses")
    }

    fn program(&self, name: &str, body: &str) {
        let path = self.programs().join(name);
        std::fs::write(&path, format!("#!/bin/sh\n{body}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn shell(&self, commands: &str) -> Command {
        let path = format!("{}:{}", self.programs().display(), std::env::var("PATH").unwrap());
        // Both outputs in one, as on a terminal. Nothing here takes minutes; what hangs must not hang the tests.
        let mut shell = Command::new("timeout");
        shell
            .args(["120", "bash", "-c"])
            .arg(format!("exec 2>&1\n{commands}"))
            .current_dir(self.folder.path())
            .env("PATH", path)
            .env("HOME", self.folder.path())
            .env("XDG_STATE_HOME", self.folder.path().join(".state"));
        shell
    }

    /// Starts a block in a terminal of its own, in the place of the one before. What is wrong, or nothing.
    fn fault_beside(&self, block: &Block) -> Option<String> {
        // Two servers of one port: the first ends before the second starts.
        drop(self.beside.borrow_mut().take());
        let mut child = self.shell(&block.commands).stdout(Stdio::piped()).process_group(0).spawn().unwrap();
        let output = child.stdout.take().unwrap();
        // Its output stays open as long as it runs: a program that cannot write ends.
        let mut terminal = Terminal(child, output);
        let is_silent = terminal.1.read(&mut [0]).unwrap() == 0;
        *self.beside.borrow_mut() = Some(terminal);
        is_silent.then(|| format!("it ended without a word\n{}", block.commands))
    }

    /// Runs a block. What is wrong with what it did, or nothing.
    fn fault(&self, block: &Block) -> Option<String> {
        std::fs::write(self.statuses(), "").unwrap();
        let expected =
            block.comment.strip_prefix("fedverify exits with ").and_then(|rest| rest.strip_suffix(" here"));
        let strict = if expected.is_some() { "" } else { "set -e\n" };
        let commands = match block.comment.as_str() {
            IN_PHP => format!("php <<'END OF BLOCK'\n<?php\n{}\nEND OF BLOCK", block.commands),
            _ => block.commands.clone(),
        };
        let output = self.shell(&format!("{strict}{commands}")).output().unwrap();
        let statuses = std::fs::read_to_string(self.statuses()).unwrap();
        let as_expected = statuses.lines().all(|status| status == expected.unwrap_or("0"));
        let ran = expected.is_none() || !statuses.is_empty();
        let ended = expected.is_some() || output.status.success();
        let said = String::from_utf8_lossy(&output.stdout);
        let as_shown = block.shown.as_ref().is_none_or(|shown| shown.trim_end() == said.trim_end());
        let statuses = statuses.trim().replace('\n', ", ");
        (!(as_expected && ran && ended && as_shown)).then(|| {
            format!("{}: fedverify exited with [{statuses}]\n{}\n{said}", output.status, block.commands)
        })
    }
}

impl Drop for Place {
    /// Ends the servers that a document started, where a command before their end failed.
    fn drop(&mut self) {
        if let Ok(pid) = std::fs::read_to_string(self.folder.path().join("play.pid")) {
            let _may_have_ended = Command::new("kill").arg(pid.trim()).stderr(Stdio::null()).status();
        }
    }
}

/// Where a comment says that a test elsewhere runs the block: that this is true, as far as its words tell.
fn run_elsewhere(block: &Block) -> Option<Result<(), String>> {
    let (file, words) = block.comment.split_once(" runs this: ")?;
    let has = std::fs::read_to_string(root().join(file)).is_ok_and(|text| text.contains(words));
    Some(has.then_some(()).ok_or_else(|| format!("{file} does not have: {words}")))
}

#[test]
fn every_command_of_every_document_runs() {
    let mut faults = Vec::new();
    let mut ran = 0;
    for (path, text) in documents() {
        let blocks = blocks(&text);
        let place = Place::new();
        for block in blocks {
            let fault = match run_elsewhere(&block) {
                Some(result) => result.err(),
                None if block.comment == OWN_TERMINAL => place.fault_beside(&block),
                None => {
                    ran += 1;
                    place.fault(&block)
                }
            };
            faults.extend(fault.map(|fault| format!("{}:{}: {fault}", path.display(), block.line)));
        }
    }
    assert!(ran >= 5, "{ran} blocks ran: the documents are not read as they should be");
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn programs_are_found_by_their_comment() {
    let found = blocks(
        "```php\nexcerpt();\n```\n<!-- php runs this -->\n```php\nwhole();\n```\n```text\nshown\n```\n",
    );
    let [block] = found.as_slice() else { panic!("{} blocks", found.len()) };
    assert_eq!((block.commands.as_str(), block.comment.as_str()), ("whole();", IN_PHP));
    assert_eq!(block.shown.as_deref(), Some("shown"));
}

#[test]
fn a_command_that_fails_is_found() {
    let place = Place::new();
    let block = |commands: &str, comment: &str| Block {
        commands: commands.to_owned(),
        line: 1,
        comment: comment.to_owned(),
        shown: None,
    };
    let printing = |shown: &str| Block { shown: Some(shown.to_owned()), ..block("echo right", "") };
    assert_eq!(place.fault(&printing("right")), None);
    assert!(place.fault(&printing("wrong")).is_some());
    assert_eq!(place.fault(&block("true", "")), None);
    assert_eq!(place.fault(&block("echo PHP_VERSION;", IN_PHP)), None);
    assert!(place.fault(&block("exit(1);", IN_PHP)).is_some());
    assert!(place.fault(&block("false\ntrue", "")).is_some());
    assert!(place.fault(&block("fedverify no-such-command || true", "")).is_some());
    assert_eq!(place.fault(&block("fedverify no-such-command", "fedverify exits with 2 here")), None);
    assert!(place.fault(&block("true", "fedverify exits with 2 here")).is_some());
    assert_eq!(place.fault_beside(&block("echo ready; exec sleep 60", OWN_TERMINAL)), None);
    assert!(place.fault_beside(&block("exit 1", OWN_TERMINAL)).is_some());
    let elsewhere = |comment: &str| run_elsewhere(&block("", comment));
    assert_eq!(elsewhere("tests/ffi.sh runs this: make --silent install"), Some(Ok(())));
    assert!(elsewhere("tests/ffi.sh runs this: make no-such-thing").is_some_and(|result| result.is_err()));
    assert_eq!(elsewhere(""), None);
}
