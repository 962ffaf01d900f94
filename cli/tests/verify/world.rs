//! A publisher, its servers, and a verifier.

use fedverify_kit::metadata::{Form, artifact, metadata, release};
use fedverify_kit::server::{Answer, Server, log_path};
use fedverify_kit::{Json, KeyPair, Log, Moment, Op, SignedOp, plugin};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Where the repository serves the metadata document.
pub(crate) const METADATA: &str = "/fair.json";

/// The keys of the publisher.
pub(crate) fn root() -> KeyPair {
    KeyPair::k256("verify/root")
}

pub(crate) fn daily() -> KeyPair {
    KeyPair::k256("verify/daily")
}

pub(crate) fn fair() -> KeyPair {
    KeyPair::ed25519("verify/fair")
}

/// One server in all roles, a publisher whose identity points to it, and a folder for what is remembered.
pub(crate) struct World {
    pub(crate) server: Server,
    pub(crate) log: Log,
    folder: PathBuf,
}

/// What a run of the command came to.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) status: i32,
    pub(crate) report: Value,
}

impl Outcome {
    /// What the command put on its standard output.
    pub(crate) fn of(output: &Output) -> Self {
        let report = serde_json::from_slice(&output.stdout).unwrap();
        Outcome { status: output.status.code().unwrap(), report }
    }

    pub(crate) fn code(&self) -> &str {
        self.report["error"]["code"].as_str().unwrap_or_default()
    }

    pub(crate) fn message(&self) -> &str {
        self.report["error"]["message"].as_str().unwrap_or_default()
    }

    /// The warnings, but for the one that there is on this machine whatever happens: that its servers were asked.
    pub(crate) fn warnings(&self) -> Vec<&str> {
        let warnings = self.report["warnings"].as_array().unwrap();
        let codes = warnings.iter().map(|warning| warning["code"].as_str().unwrap());
        codes.filter(|code| *code != "io.network.private").collect()
    }

    /// Asserts that it was verified.
    pub(crate) fn verified(self) -> Self {
        assert_eq!((self.status, self.report["verdict"].as_str()), (0, Some("verified")), "{self:#?}");
        self
    }

    /// Asserts that it was rejected with this code.
    pub(crate) fn rejected(self, code: &str) -> Self {
        assert_eq!((self.status, self.code()), (1, code), "{self:#?}");
        self
    }

    /// Asserts that nothing could be judged.
    pub(crate) fn undetermined(self, code: &str) -> Self {
        assert_eq!((self.status, self.code()), (2, code), "{self:#?}");
        assert_eq!(self.report["verdict"], "undetermined");
        self
    }

    /// Asserts the warnings.
    pub(crate) fn warns(self, codes: &[&str]) -> Self {
        assert_eq!(self.warnings(), codes, "{self:#?}");
        self
    }
}

impl World {
    /// A world in which everything is in order: version 1.0.0 is out. The name must be the test's own.
    pub(crate) fn new(name: &str) -> World {
        let server = Server::start();
        let folder = std::env::temp_dir().join(format!("fedverify-verify-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let log = Log::new(&state(&server, &fair()).sign(&root()), Moment::START);
        let world = World { server, log, folder };
        world.server.serve_log(&world.log);
        world.publish(&["1.0.0"]);
        world
    }

    /// The publisher's state with this signing key.
    pub(crate) fn op(&self, fair: &KeyPair) -> Op {
        state(&self.server, fair)
    }

    /// Appends an operation and serves the log.
    pub(crate) fn then(&mut self, op: &SignedOp, hour: i64) {
        self.log = self.log.clone().then(op, Moment::hour(hour));
        self.server.serve_log(&self.log);
    }

    /// The operation that the next one follows on.
    pub(crate) fn head(&self) -> SignedOp {
        self.log.summary().last
    }

    /// Releases these versions, signed by the publisher.
    pub(crate) fn publish(&self, versions: &[&str]) {
        self.publish_by(&fair(), versions);
    }

    /// Releases these versions, signed by any key.
    pub(crate) fn publish_by(&self, key: &KeyPair, versions: &[&str]) {
        self.serve_metadata(versions.iter().map(|version| {
            let zip = package(version);
            let path = package_path(version);
            self.server.serve(&path, Answer::ok("application/zip", zip.clone()));
            release(version, self.artifact(key, &path, &zip))
        }));
    }

    /// Serves the metadata document at another server.
    pub(crate) fn publish_at(&self, server: &Server, version: &str) {
        let zip = package(version);
        let signed = self.artifact(&fair(), &package_path(version), &zip);
        let document = metadata(self.did(), [release(version, signed)]);
        server.serve(METADATA, Answer::json(document.pretty()));
    }

    /// A signed artifact at a path of the server.
    pub(crate) fn artifact(&self, key: &KeyPair, path: &str, zip: &[u8]) -> Json {
        artifact(&self.server.url(path), zip, Form::Ed25519Sha384.sign_text(key, zip))
    }

    /// Serves the metadata document with these releases.
    pub(crate) fn serve_metadata(&self, releases: impl IntoIterator<Item = Json>) {
        self.server.serve(METADATA, Answer::json(metadata(self.did(), releases).pretty()));
    }

    /// Answers the request for the log so.
    pub(crate) fn serve_log_as(&self, answer: Answer) {
        self.server.serve(&self.log_path(), answer);
    }

    pub(crate) fn log_path(&self) -> String {
        log_path(self.did())
    }

    pub(crate) fn did(&self) -> &str {
        self.log.did()
    }

    /// Runs `fedverify verify` against the server, whose repository and packages are on this machine too.
    pub(crate) fn verify(&self, more: &[&str]) -> Outcome {
        self.verify_by(&[&self.server.url("")], more)
    }

    /// The same against these directories.
    pub(crate) fn verify_by(&self, directories: &[&str], more: &[&str]) -> Outcome {
        let directories = directories.iter().flat_map(|url| ["--plc-url", url]);
        let arguments = ["verify", self.did(), "--allow-private"].into_iter().chain(directories);
        self.run(&arguments.chain(more.iter().copied()).collect::<Vec<_>>())
    }

    /// Runs the command with `--json`, in surroundings of its own.
    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        self.run_in(&[], arguments)
    }

    /// The same, with more in the environment.
    pub(crate) fn run_in(&self, environment: &[(&str, String)], arguments: &[&str]) -> Outcome {
        let mut command = self.command(Command::new(env!("CARGO_BIN_EXE_fedverify")), arguments);
        let output = command.envs(environment.iter().map(|(name, value)| (name, value))).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.is_empty(), "{arguments:?} said {said}");
        Outcome::of(&output)
    }

    /// What people are told, on standard error.
    pub(crate) fn tell(&self, arguments: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fedverify"));
        let output = self.surround(&mut command).args(arguments).output().unwrap();
        String::from_utf8(output.stderr).unwrap()
    }

    /// What verifies this world's identity: the command with `--json`, in surroundings of its own. `start` is the command,
    /// or what starts it with the arguments that follow.
    pub(crate) fn verifying(&self, start: Command) -> Command {
        self.command(start, &["verify", self.did(), "--allow-private", "--plc-url", &self.server.url("")])
    }

    fn command(&self, mut command: Command, arguments: &[&str]) -> Command {
        self.surround(&mut command).args(arguments).arg("--json");
        command
    }

    fn surround<'command>(&self, command: &'command mut Command) -> &'command mut Command {
        for name in ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "SSL_CERT_FILE"] {
            command.env_remove(name).env_remove(name.to_ascii_lowercase());
        }
        command.env("XDG_STATE_HOME", self.state_folder())
    }

    pub(crate) fn state_folder(&self) -> PathBuf {
        self.folder.join("state")
    }

    /// Where the pin is kept by default.
    pub(crate) fn pin_path(&self) -> PathBuf {
        let name = format!("{}.json", self.did().replace(':', "+"));
        self.state_folder().join("fedverify").join("pins").join(name)
    }

    /// The kept pin.
    pub(crate) fn pin(&self) -> Vec<u8> {
        std::fs::read(self.pin_path()).unwrap()
    }

    /// A file in the world's folder.
    pub(crate) fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _may_be_gone = std::fs::remove_dir_all(&self.folder);
    }
}

fn state(server: &Server, fair: &KeyPair) -> Op {
    Op::regular().rotation_keys([&root(), &daily()]).verification_method("fair", fair).service(
        "fairpm_repo",
        "FairPackageManagementRepo",
        &server.url(METADATA),
    )
}

/// The bytes of a version.
pub(crate) fn package(version: &str) -> Vec<u8> {
    plugin::archive("hello-fair", "Hello FAIR", version).bytes()
}

/// Where a version is served.
pub(crate) fn package_path(version: &str) -> String {
    format!("/hello-fair-{version}.zip")
}

/// The argument that sets the clock to so many hours after the logs start.
pub(crate) fn at(hour: i64) -> String {
    format!("--now={}", Moment::hour(hour).seconds())
}

/// A path as an argument.
pub(crate) fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}
