//! Which host of the node the tests ask: the native one, or with `FEDVERIFY_NODE_HOST=worker` the one for Workers, in workerd.
//! Both are started in the same way, and answer the same (tests/node-worker.sh).

use crate::running::Folder;
use std::ffi::OsString;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Host {
    Native,
    Worker,
}

/// The native program: the one that was built with the tests, or another build of it.
pub(crate) fn program() -> OsString {
    std::env::var_os("FEDVERIFY_NODE").unwrap_or_else(|| env!("CARGO_BIN_EXE_fedverify-node").into())
}

impl Host {
    pub(crate) fn chosen() -> Host {
        match std::env::var("FEDVERIFY_NODE_HOST").as_deref() {
            Err(_) | Ok("native") => Host::Native,
            Ok("worker") => Host::Worker,
            Ok(other) => panic!("expected FEDVERIFY_NODE_HOST to be native or worker, found {other}"),
        }
    }

    /// The command that runs a node in this folder.
    pub(crate) fn command(self, folder: &Folder) -> Command {
        let mut command = match self {
            Host::Native => Command::new(program()),
            Host::Worker => {
                let mut command = Command::new("node");
                command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("../worker/tests/serve.mjs"));
                // Miniflare's own files go with the folder. It ends when this process is gone.
                command.env("TMPDIR", folder.path()).stdin(Stdio::piped());
                // workerd is a process of its own, and is to be killed with it.
                #[cfg(unix)]
                std::os::unix::process::CommandExt::process_group(&mut command, 0);
                command
            }
        };
        command.args(["serve", "--data"]).arg(folder.path()).env_remove("MASTER_KEY");
        command.env_remove("AWS_ACCESS_KEY_ID");
        command
    }

    /// Where archives are in the node's folder.
    pub(crate) fn archives(self) -> &'static str {
        match self {
            Host::Native => "blobs/archives",
            Host::Worker => "r2/federated-plugins/blobs",
        }
    }

    /// Whether this is the path of the node's database, within its folder.
    pub(crate) fn is_database(self, path: &Path) -> bool {
        match self {
            Host::Native => path == Path::new("node.sqlite"),
            Host::Worker => {
                path.starts_with("objects")
                    && path.extension().is_some_and(|ending| ending == "sqlite")
                    && !path.ends_with("metadata.sqlite")
            }
        }
    }
}

/// What no test in workerd shows: there is no zone, and no log of the platform.
#[test]
fn a_deployed_worker_asks_as_the_world_does_and_logs_no_queries() {
    let deployed = include_str!("../../../worker/wrangler.toml");
    for line in ["compatibility_flags = [\"global_fetch_strictly_public\"]", "invocation_logs = false"] {
        assert!(deployed.lines().any(|other| other == line), "{line}");
    }
}

/// Whether the native host is asked. Where it is not, a line says why a test is none for the other one.
pub(crate) fn is_native(why: &str) -> bool {
    let is_native = Host::chosen() == Host::Native;
    if !is_native {
        skipped(&format!("on Workers, {why}"));
    }
    is_native
}

/// Says that this test, or a part of it, is skipped, past the capture of its output: it must not look like a passed one.
pub(crate) fn skipped(why: &str) {
    let test = std::thread::current().name().unwrap_or_default().to_owned();
    std::io::stderr().write_all(format!("skipped: {test} ({why})\n").as_bytes()).unwrap();
}

/// Kills a node with whatever it started, as a power cut does.
pub(crate) fn kill(child: &mut Child) {
    if Host::chosen() == Host::Worker {
        drop(Command::new("kill").args(["-KILL", "--", &format!("-{}", child.id())]).status());
    }
    drop(child.kill());
    drop(child.wait());
}

/// Sends a signal to a node, and to whatever it started.
pub(crate) fn signal(child: &Child, signal: &str) {
    let group = if Host::chosen() == Host::Worker { "-" } else { "" };
    let sent =
        Command::new("kill").args([&format!("-{signal}"), "--", &format!("{group}{}", child.id())]).status();
    assert!(sent.unwrap().success());
}
