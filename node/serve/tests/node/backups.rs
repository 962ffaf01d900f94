//! Copies of a node, and files of older versions.

use crate::host::is_native;
use crate::publisher::Publisher;
use crate::running::{Folder, Running, refused_start};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn command(command: &str, folders: [(&str, &Path); 2]) -> Command {
    let mut process = Command::new(env!("CARGO_BIN_EXE_fedverify-node"));
    process.arg(command);
    for (option, folder) in folders {
        process.arg(option).arg(folder);
    }
    process
}

fn run(name: &str, folders: [(&str, &Path); 2]) -> Output {
    command(name, folders).output().unwrap()
}

fn back_up(data: &Folder, to: &Folder) -> Output {
    run("backup", [("--data", data.path()), ("--to", to.path())])
}

fn restore(from: &Folder, data: &Folder) -> Output {
    run("restore", [("--from", from.path()), ("--data", data.path())])
}

#[track_caller]
fn done(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[track_caller]
fn refused(output: &Output, why: &str) {
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains(why), "{said}");
}

/// The archive of a plugin's version, as a node serves it.
fn download(node: &Running, publisher: &Publisher, version: &str) -> Option<Vec<u8>> {
    let path = format!("download?source={}&plugin=gallery&version={version}", publisher.source_id());
    let answer = node.get(&path);
    (answer.status == 200).then_some(answer.bytes)
}

#[test]
fn a_running_node_is_copied_and_made_anew_from_the_copy() {
    if !is_native("Cloudflare copies the object, and the bucket is the operator's") {
        return;
    }
    let (folder, copy, new) = (Folder::new(), Folder::new(), Folder::new());
    let (node, publisher) = (Running::start(&folder), Publisher::start("copied"));
    let first = publisher.plugin("gallery", "1.0.0");
    publisher.offer(vec![first.clone()]);
    node.follow(&publisher);
    assert!(done(&back_up(&folder, &copy)).ends_with("the database and 1 archive; 0 were there before\n"));
    // What comes later is in the next copy, and the copy is one file with its archives.
    publisher.offer(vec![publisher.plugin("gallery", "2.0.0")]);
    node.sync(&publisher);
    done(&restore(&copy, &new));
    assert!(done(&back_up(&folder, &copy)).ends_with("1 archive; 1 were there before\n"));
    let names = |folder: &Folder| -> Vec<String> {
        let entries = std::fs::read_dir(folder.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    assert_eq!(names(&copy), ["blobs", "copy.lock", "node.sqlite"]);
    let admin = node.admin.clone();
    node.kill();
    let mut node = Running::with(&new, &["--allow-private"], None);
    node.admin = admin;
    assert_eq!(node.source(&publisher)["status"], "verified");
    assert_eq!(download(&node, &publisher, "1.0.0"), Some(first.archive));
    assert_eq!(download(&node, &publisher, "2.0.0"), None);
}

#[test]
fn no_copy_replaces_the_database_of_a_node() {
    if !is_native("Cloudflare copies the object, and the bucket is the operator's") {
        return;
    }
    let (folder, copy, other) = (Folder::new(), Folder::new(), Folder::new());
    let (node, publisher) = (Running::start(&folder), Publisher::honest("in place", vec![]));
    done(&back_up(&folder, &copy));
    node.add(&publisher).ok();
    // The two folders in the wrong order, one folder twice, and the folder of another node.
    refused(&back_up(&copy, &folder), "a node runs or ran in");
    refused(&back_up(&folder, &folder), "a node runs or ran in");
    Running::start(&other).kill();
    refused(&back_up(&folder, &other), "a node runs or ran in");
    assert_eq!(node.source(&publisher)["status"], "verified");
    let admin = node.admin.clone();
    node.kill();
    let mut node = Running::with(&folder, &["--allow-private"], None);
    node.admin = admin;
    assert_eq!(node.source(&publisher)["status"], "verified");
}

#[test]
fn what_is_damaged_or_missing_is_no_copy() {
    if !is_native("Cloudflare copies the object, and the bucket is the operator's") {
        return;
    }
    let (folder, copy, new) = (Folder::new(), Folder::new(), Folder::new());
    let (node, publisher) = (Running::start(&folder), Publisher::start("damaged copy"));
    publisher.offer(vec![publisher.plugin("gallery", "1.0.0")]);
    node.follow(&publisher);
    refused(&back_up(&new, &copy), "expected the database of a node");
    done(&back_up(&folder, &copy));
    let archives = copy.path().join("blobs/archives");
    let file = std::fs::read_dir(&archives).unwrap().next().unwrap().unwrap().path();
    let whole = std::fs::read(&file).unwrap();
    let mut damaged = whole.clone();
    damaged[10] ^= 1;
    std::fs::write(&file, &damaged).unwrap();
    refused(&restore(&copy, &new), "is damaged: SHA-256 mismatch");
    std::fs::remove_file(&file).unwrap();
    refused(&restore(&copy, &new), "is missing");
    let incomplete = Folder::new();
    let mut restoring = command("restore", [("--from", copy.path()), ("--data", incomplete.path())]);
    assert!(
        done(&restoring.arg("--incomplete").output().unwrap())
            .contains("1 archive could not be copied: the archive ")
    );
    assert!(incomplete.path().join("node.sqlite").exists());
    // A folder that was not made to the end is none: it can be made again.
    assert!(!new.path().join("node.sqlite").exists());
    std::fs::write(&file, &whole).unwrap();
    // One that is there already is not taken for what it is called.
    let left = new.path().join("blobs/archives");
    std::fs::create_dir_all(&left).unwrap();
    let left = left.join(file.file_name().unwrap());
    std::fs::write(&left, &damaged).unwrap();
    refused(&restore(&copy, &new), "is damaged: SHA-256 mismatch");
    std::fs::remove_file(&left).unwrap();
    done(&restore(&copy, &new));
    refused(&restore(&copy, &new), "is there already");
    refused(&restore(&copy, &folder), "another node uses this folder");
}

/// What one archive has lost is no reason to lose the others.
#[test]
fn a_copy_has_all_that_is_not_lost() {
    if !is_native("Cloudflare copies the object, and the bucket is the operator's") {
        return;
    }
    let (folder, copy, new) = (Folder::new(), Folder::new(), Folder::new());
    let (node, publisher) = (Running::start(&folder), Publisher::start("lost"));
    let slider = publisher.plugin("slider", "1.0.0");
    publisher.offer(vec![publisher.plugin("gallery", "1.0.0"), slider.clone()]);
    node.follow(&publisher);
    let is_lost = |path: &&PathBuf| std::fs::read(path).unwrap() != slider.archive;
    let lost = folder.archives().iter().find(is_lost).unwrap().clone();
    std::fs::remove_file(&lost).unwrap();
    let said = back_up(&folder, &copy);
    refused(&said, "copied all else to");
    refused(&said, lost.file_name().unwrap().to_str().unwrap());
    assert_eq!(copy.archives().len(), 1);
    done(
        &command("restore", [("--from", copy.path()), ("--data", new.path())])
            .arg("--incomplete")
            .output()
            .unwrap(),
    );
    let node = Running::start(&new);
    let path = format!("download?source={}&plugin=slider&version=1.0.0", publisher.source_id());
    assert_eq!(node.get(&path).bytes, slider.archive);
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_made_is_for_its_user_only() {
    use std::os::unix::fs::PermissionsExt;
    if !is_native("the platform keeps the object") {
        return;
    }
    let folder = Folder::new();
    let data = folder.path().join("below/data");
    let mut command = Command::new(env!("CARGO_BIN_EXE_fedverify-node"));
    command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(&data);
    let mut node = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    BufReader::new(node.stdout.take().unwrap()).read_line(&mut String::new()).unwrap();
    let mode = std::fs::metadata(&data).unwrap().permissions().mode();
    node.kill().unwrap();
    node.wait().unwrap();
    assert_eq!(mode & 0o777, 0o700);
}

#[test]
fn two_nodes_do_not_share_a_folder() {
    if !is_native("the platform runs one object") {
        return;
    }
    let folder = Folder::new();
    let node = Running::start(&folder);
    let said = refused_start(&folder, &[], None);
    assert!(said.contains("another node uses this folder"), "{said}");
    assert_eq!(node.get("sources").status, 200);
}

#[test]
fn a_file_of_the_first_version_is_brought_up_to_date() {
    if !is_native("no Worker ever had the first version") {
        return;
    }
    let folder = Folder::new();
    let database = rusqlite::Connection::open(folder.path().join("node.sqlite")).unwrap();
    database.execute_batch(include_str!("version-1.sql")).unwrap();
    database.execute("UPDATE source SET oracle = 1", []).unwrap();
    drop(database);
    let node = Running::start(&folder);
    // What was withdrawn stays so.
    let path = "download?source=alice@a.example&plugin=gallery&version=1.0.0";
    assert_eq!(node.get(path).status, 410);
    let listed: Vec<(String, bool)> = node
        .plugins()
        .iter()
        .map(|row| (row["version"].as_str().unwrap().to_owned(), row["withdrawn_at"].is_u64()))
        .collect();
    assert_eq!(listed, [("2.0.0".to_owned(), false), ("1.0.0".to_owned(), true)]);
    let database = rusqlite::Connection::open(folder.path().join("node.sqlite")).unwrap();
    let version = |statement: &str| database.query_row(statement, [], |row| row.get::<_, i64>(0)).unwrap();
    let newest = version("SELECT MAX(version) FROM migration");
    assert_eq!(version("SELECT COUNT(*) FROM migration"), newest);
    // What a key signed that signed anything is signed for ever, and of no key was it recorded that it refuses to.
    assert_eq!(version("SELECT COUNT(*) FROM key_seen WHERE oracle = 1 AND refused = 0"), 1);
    assert_eq!(version("SELECT COUNT(*) FROM key_seen"), 1);
    node.kill();
    // One of a newer program is left alone.
    database.execute("INSERT INTO migration VALUES (?, 0)", [newest + 1]).unwrap();
    drop(database);
    let said = refused_start(&folder, &[], None);
    assert!(said.contains("use a newer program"), "{said}");
}
