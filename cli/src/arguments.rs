//! What can be said on the command line.

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Verifies, trusting no server, that a plugin package comes from its publisher
#[derive(Debug, Parser)]
#[command(name = "fedverify", version, propagate_version = true, arg_required_else_help = true)]
#[command(after_help = "Exit status: 0 verified, 1 rejected, 2 could not verify (usage, missing file).")]
#[command(after_long_help = "\
Exit status:
  0  verified
  1  rejected: something was judged and refused; the report names the code
  2  could not verify: wrong usage, or a file that cannot be read

Everything for people goes to standard error. With --json, exactly one report in JSON goes to standard output.

Examples:
  fedverify package verify plugin.zip --did did:plc:… --log log.json --metadata metadata.json
  curl -s https://plc.directory/did:plc:…/log/audit | fedverify log verify - --did did:plc:…
  fedverify pfn plugin --key publisher.pem --plugin plugin.json")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,

    #[command(flatten)]
    pub(crate) common: Common,
}

/// What every command takes.
#[derive(Debug, Args)]
pub(crate) struct Common {
    /// Put the report as JSON on standard output
    #[arg(long, global = true)]
    pub(crate) json: bool,

    /// Change a limit, such as packageBytes=2147483648; may be given several times
    #[arg(long = "limit", value_name = "NAME=NUMBER", global = true, value_parser = limit)]
    pub(crate) limits: Vec<(String, u64)>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Operation logs of did:plc identities
    #[command(subcommand, arg_required_else_help = true)]
    Log(LogCommand),

    /// FAIR packages
    #[command(subcommand, arg_required_else_help = true)]
    Package(PackageCommand),

    /// Plugin Federation Network
    #[command(subcommand, arg_required_else_help = true)]
    Pfn(PfnCommand),

    /// Read a public key, and show its type and its other texts
    #[command(after_long_help = "Example:
  fedverify key did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme")]
    Key {
        /// A did:key, a multibase text, or a file that holds one of them or a PEM
        key: String,
    },

    /// Print the completions for a shell
    #[command(after_long_help = "Example:
  fedverify completions bash > /usr/share/bash-completion/completions/fedverify")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },

    /// Write the man pages into a folder
    #[command(after_long_help = "Example:
  fedverify man /usr/share/man/man1")]
    Man {
        /// The folder; it must exist
        folder: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum LogCommand {
    /// Walk a log back to the genesis operation that the DID is the hash of
    #[command(after_long_help = "Examples:
  fedverify log verify log.json --did did:plc:z72i7hdynmk6r22z27h6tvur
  curl -s https://plc.directory/did:plc:…/log/audit | fedverify log verify - --did did:plc:… --json")]
    Verify {
        /// The audit log or the bare log as a directory serves it; - for standard input
        log: PathBuf,

        /// The DID that the log must be of
        #[arg(long)]
        did: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum PackageCommand {
    /// Prove a package from its bytes back to its DID's genesis
    #[command(after_long_help = "Example:
  fedverify package verify plugin.zip --did did:plc:… --log log.json --metadata metadata.json --release 1.0.3")]
    Verify(PackageVerify),
}

#[derive(Debug, Args)]
pub(crate) struct PackageVerify {
    /// The package
    pub(crate) package: PathBuf,

    /// The DID that the package must be of
    #[arg(long)]
    pub(crate) did: String,

    /// The identity's audit log or bare log as a directory serves it
    #[arg(long, value_name = "FILE")]
    pub(crate) log: PathBuf,

    /// The metadata document as the package's repository serves it
    #[arg(long, value_name = "FILE")]
    pub(crate) metadata: PathBuf,

    /// The version that the package must be [default: the latest]
    #[arg(long, value_name = "VERSION")]
    pub(crate) release: Option<String>,

    /// The address that the package was fetched from: then only that artifact counts
    #[arg(long, value_name = "URL")]
    pub(crate) artifact_url: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PfnCommand {
    /// Verify a plugin record, and its archive as far as that goes
    #[command(after_long_help = "Example:
  fedverify pfn plugin --key publisher.pem --plugin plugin.json --archive plugin.zip")]
    Plugin(PfnPlugin),

    /// Verify the answer to an ownership challenge
    #[command(after_long_help = "Example:
  fedverify pfn challenge --key publisher.pem --challenge 6f1c2a34-… --signature MEUC…")]
    Challenge(PfnChallenge),
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

/// Reads NAME=NUMBER, where the name is one of [`fedverify::Limits::NAMES`].
fn limit(text: &str) -> Result<(String, u64), String> {
    let (name, number) = text.split_once('=').ok_or("expected NAME=NUMBER")?;
    if !fedverify::Limits::NAMES.contains(&name) {
        return Err(format!(
            "there is no such limit; the limits are {}",
            fedverify::Limits::NAMES.join(", ")
        ));
    }
    let number = number.parse().map_err(|_| format!("expected a number after {name}="))?;
    Ok((name.to_owned(), number))
}
