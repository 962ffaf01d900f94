//! What can be said on the command line.

mod help;
mod memory;
mod network;
mod output;
mod values;

pub(crate) use memory::{Clock, DefaultMemory, FileMemory};
pub(crate) use network::Network;
pub(crate) use output::{Output, Steps};

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Verifies, trusting no server, that a plugin package comes from its publisher
#[derive(Debug, Parser)]
#[command(
    name = "fedverify",
    version,
    propagate_version = true,
    arg_required_else_help = true,
    max_term_width = 100
)]
#[command(
    after_help = "Exit status: 0 verified, 1 rejected, 2 could not verify (usage, missing file, network)."
)]
#[command(after_long_help = help::ALL)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,

    #[command(flatten)]
    pub(crate) common: Common,
}

/// What every command takes.
#[derive(Debug, Args)]
pub(crate) struct Common {
    #[command(flatten)]
    pub(crate) output: Output,

    /// Change a limit, such as packageBytes=2G or logOperations=20000; repeatable
    #[arg(long = "limit", value_name = "NAME=NUMBER", global = true, value_parser = values::limit)]
    pub(crate) limits: Vec<(String, u64)>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Fetch and verify everything, from a DID to the verdict on a package
    #[command(after_long_help = help::VERIFY)]
    Verify(Verify),

    /// Verify, show or compare logs of did:plc identities
    #[command(subcommand, arg_required_else_help = true)]
    Log(LogCommand),

    /// Verify FAIR packages from files, without the network
    #[command(subcommand, arg_required_else_help = true)]
    Package(PackageCommand),

    /// Verify what publishers of the Plugin Federation Network signed
    #[command(subcommand, arg_required_else_help = true)]
    Pfn(PfnCommand),

    /// Verify a whole catalogue: many logs, on all cores
    #[command(after_long_help = help::BATCH)]
    Batch(Batch),

    /// Read a public key, and show its type and its did:key
    #[command(after_long_help = help::KEY)]
    Key {
        /// A did:key, a multibase string or a PEM, or a file with one of them
        #[arg(value_name = "KEY")]
        key: String,
    },

    /// Verify any kind of input from a JSON request, for programs
    #[command(after_long_help = help::run())]
    Run {
        /// The request: one JSON object; - for standard input
        #[arg(value_name = "REQUEST")]
        request: PathBuf,
    },

    /// Print the completions for a shell
    #[command(after_long_help = help::COMPLETIONS)]
    Completions {
        /// The shell
        #[arg(value_name = "SHELL")]
        shell: clap_complete::Shell,
    },

    /// Write the man pages into a folder
    #[command(after_long_help = help::MAN)]
    Man {
        /// The folder; it must exist
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum LogCommand {
    /// Verify a log back to the genesis operation, whose hash is the DID
    #[command(after_long_help = help::LOG)]
    Verify(LogVerify),

    /// Show the history of an identity: what changed, when, by which key, and what was or can be undone
    #[command(after_long_help = help::LOG_SHOW)]
    Show(LogShow),

    /// Compare two logs of an identity: whether one lawfully continues the other
    #[command(after_long_help = help::LOG_DIFF)]
    Diff(LogDiff),
}

#[derive(Debug, Args)]
pub(crate) struct LogShow {
    /// A log as a directory serves it, - for standard input, or a did:plc whose log is fetched
    #[arg(value_name = "LOG|DID", value_parser = values::log_or_did)]
    pub(crate) source: String,

    /// The expected DID of the log [default: the one that its genesis hashes to]
    #[arg(long, value_name = "DID", value_parser = values::plc_did)]
    pub(crate) did: Option<String>,

    #[command(flatten)]
    pub(crate) network: Network,

    /// Mark what is new since this pin was written [default for a DID: the pin that verify keeps]
    #[arg(long, value_name = "FILE", conflicts_with = "no_pin", value_parser = values::pin())]
    pub(crate) pin: Option<PathBuf>,

    /// Ignore what is remembered
    #[arg(long)]
    pub(crate) no_pin: bool,

    #[command(flatten)]
    pub(crate) clock: Clock,
}

#[derive(Debug, Args)]
pub(crate) struct LogDiff {
    /// The log to compare with, as for `log show`; the one that you trust more
    #[arg(value_name = "A", value_parser = values::log_or_did)]
    pub(crate) first: String,

    /// The other log, such as a mirror's or a later one
    #[arg(value_name = "B", value_parser = values::log_or_did)]
    pub(crate) second: String,

    /// The expected DID of both logs [default: the one that the genesis of A hashes to]
    #[arg(long, value_name = "DID", value_parser = values::plc_did)]
    pub(crate) did: Option<String>,

    #[command(flatten)]
    pub(crate) network: Network,

    #[command(flatten)]
    pub(crate) clock: Clock,
}

#[derive(Debug, Args)]
pub(crate) struct LogVerify {
    /// The log as a directory serves it: the audit form, the bare form or an export; - for standard input
    #[arg(value_name = "LOG")]
    pub(crate) log: PathBuf,

    /// The expected DID of the log
    #[arg(long, value_name = "DID", value_parser = values::plc_did)]
    pub(crate) did: String,

    #[command(flatten)]
    pub(crate) memory: FileMemory,

    #[command(flatten)]
    pub(crate) clock: Clock,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PackageCommand {
    /// Prove a package from its bytes back to its DID's genesis
    #[command(after_long_help = help::PACKAGE, override_usage = help::PACKAGE_USAGE)]
    Verify(PackageVerify),
}

#[derive(Debug, Args)]
pub(crate) struct PackageVerify {
    /// The package; - for standard input
    #[arg(value_name = "PACKAGE")]
    pub(crate) package: PathBuf,

    /// The expected DID of the package
    #[arg(long, value_name = "DID", value_parser = values::did)]
    pub(crate) did: String,

    #[command(flatten)]
    pub(crate) evidence: Evidence,

    /// The metadata document as the package's repository serves it
    #[arg(long, value_name = "FILE")]
    pub(crate) metadata: PathBuf,

    /// The expected version of the package [default: the latest]
    #[arg(long, value_name = "VERSION")]
    pub(crate) release: Option<String>,

    /// The URL that the package was fetched from; only that artifact is then considered
    #[arg(long, value_name = "URL")]
    pub(crate) artifact_url: Option<String>,

    #[command(flatten)]
    pub(crate) memory: FileMemory,

    /// Refuse a version below the highest that was verified before
    #[arg(long, requires = "pin")]
    pub(crate) no_downgrade: bool,

    #[command(flatten)]
    pub(crate) patience: Patience,

    #[command(flatten)]
    pub(crate) clock: Clock,
}

/// What proves the identity: one of the two.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Evidence {
    /// The log of a did:plc as a directory serves it: the audit form, the bare form or an export
    #[arg(long, value_name = "FILE")]
    pub(crate) log: Option<PathBuf>,

    /// The DID document of a did:web as its host serves it
    #[arg(long, value_name = "FILE")]
    pub(crate) document: Option<PathBuf>,
}

/// Whether to wait until nothing can be undone.
#[derive(Debug, Args)]
pub(crate) struct Patience {
    /// Refuse a package whose signing key is so new that the identity's owner can still undo it
    #[arg(long)]
    pub(crate) wait_recovery_window: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// The DID of the package, or fair:// and a domain whose DNS names the DID
    #[arg(value_name = "DID|fair://DOMAIN", value_parser = values::did_or_alias)]
    pub(crate) did: String,

    /// The expected version of the package [default: the latest]
    #[arg(long, value_name = "VERSION")]
    pub(crate) release: Option<String>,

    /// The package, if you already have it [default: fetch it]
    #[arg(long, value_name = "FILE")]
    pub(crate) package: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) memory: DefaultMemory,

    /// Refuse a version below the highest that was verified before
    #[arg(long, conflicts_with = "no_pin")]
    pub(crate) no_downgrade: bool,

    #[command(flatten)]
    pub(crate) patience: Patience,

    #[command(flatten)]
    pub(crate) clock: Clock,

    #[command(flatten)]
    pub(crate) network: Network,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PfnCommand {
    /// Verify a plugin record, and compare the plugin's archive with it
    #[command(after_long_help = help::PLUGIN)]
    Plugin(PfnPlugin),

    /// Verify the answer to an ownership challenge
    #[command(after_long_help = help::CHALLENGE, override_usage = help::CHALLENGE_USAGE)]
    Challenge(PfnChallenge),

    /// Check an ownership challenge before you send it: its answer must not be usable for anything else
    #[command(after_long_help = help::CHECK_CHALLENGE)]
    CheckChallenge(PfnCheckChallenge),
}

#[derive(Debug, Args)]
pub(crate) struct PfnPlugin {
    /// The publisher's public key: PEM or base64
    #[arg(long, value_name = "FILE")]
    pub(crate) key: PathBuf,

    /// The plugin record: one JSON object
    #[arg(long, value_name = "FILE")]
    pub(crate) plugin: PathBuf,

    /// The signature [default: the one in the record]
    #[arg(long, value_name = "BASE64", allow_hyphen_values = true)]
    pub(crate) signature: Option<String>,

    /// The plugin's ZIP, to compare its header with what was signed
    #[arg(long, value_name = "FILE")]
    pub(crate) archive: Option<PathBuf>,

    /// The publisher's signature over the ZIP itself
    #[arg(long, value_name = "BASE64", requires = "archive", allow_hyphen_values = true)]
    pub(crate) archive_signature: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct PfnChallenge {
    /// The publisher's public key: PEM or base64
    #[arg(long, value_name = "FILE")]
    pub(crate) key: PathBuf,

    /// The challenge, exactly as it was sent
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) challenge: String,

    /// The answer
    #[arg(long, value_name = "BASE64", allow_hyphen_values = true)]
    pub(crate) signature: String,
}

#[derive(Debug, Args)]
pub(crate) struct PfnCheckChallenge {
    /// The challenge, exactly as it is to be sent
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) challenge: String,
}

#[derive(Debug, Args)]
pub(crate) struct Batch {
    /// The catalogue: one JSON document per line; - for standard input
    #[arg(value_name = "FILE", default_value = "-")]
    pub(crate) file: PathBuf,

    /// How many logs to verify at once [default: one per core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) jobs: Option<u16>,

    /// Treat the entries of each log as adjacent: verify each log at its end, in constant memory
    #[arg(long)]
    pub(crate) grouped: bool,
}
