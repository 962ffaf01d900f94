//! What can be said on the command line.

use crate::clock;
use crate::remembered::{Memory, Place};
use clap::{Args, Parser, Subcommand};
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

/// Verifies, trusting no server, that a plugin package comes from its publisher
#[derive(Debug, Parser)]
#[command(name = "fedverify", version, propagate_version = true, arg_required_else_help = true)]
#[command(
    after_help = "Exit status: 0 verified, 1 rejected, 2 could not verify (usage, missing file, network)."
)]
#[command(after_long_help = "\
Exit status:
  0  verified
  1  rejected: something was judged and refused; the report names the code
  2  could not verify: wrong usage, a file that cannot be read, or a server that does not answer

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
    /// Fetch and verify everything, from a DID to the verdict on a package
    #[command(after_long_help = VERIFY_HELP)]
    Verify(Verify),

    /// Operation logs of did:plc identities
    #[command(subcommand, arg_required_else_help = true)]
    Log(LogCommand),

    /// FAIR packages
    #[command(subcommand, arg_required_else_help = true)]
    Package(PackageCommand),

    /// Plugin Federation Network
    #[command(subcommand, arg_required_else_help = true)]
    Pfn(PfnCommand),

    /// Verify a whole catalogue: many logs, on all cores
    #[command(after_long_help = BATCH_HELP)]
    Batch(Batch),

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

        #[command(flatten)]
        memory: FileMemory,
    },
}

/// Where a command over files remembers: only where it is told to.
#[derive(Debug, Args)]
pub(crate) struct FileMemory {
    /// Remember what was verified in this file, and refuse what contradicts what was remembered
    #[arg(long, value_name = "FILE")]
    pin: Option<PathBuf>,

    /// The time to go by, in seconds since 1970 [default: this machine's clock]
    #[arg(long, value_name = "SECONDS", requires = "pin")]
    now: Option<u64>,
}

impl FileMemory {
    /// How long to wait while another run has the pin: verifying files takes no longer.
    const PATIENCE: Duration = Duration::from_secs(30);

    /// Whether, where and when to remember.
    pub(crate) fn choice(&self) -> Memory {
        let place = self.pin.clone().map_or(Place::Nowhere, Place::File);
        Memory { place, now: self.now.unwrap_or_else(clock::now), patience: Self::PATIENCE }
    }
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

    #[command(flatten)]
    pub(crate) memory: FileMemory,

    /// Refuse a version below the highest that was verified before
    #[arg(long, requires = "pin")]
    pub(crate) no_downgrade: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// The DID of the package
    pub(crate) did: String,

    /// The version that the package must be [default: the latest]
    #[arg(long, value_name = "VERSION")]
    pub(crate) release: Option<String>,

    /// The package, where you have it already; else it is fetched
    #[arg(long, value_name = "FILE")]
    pub(crate) package: Option<PathBuf>,

    /// The directory of did:plc logs, or a mirror; given several times, all are asked and must agree
    #[arg(long, value_name = "URL", default_value = "https://plc.directory")]
    pub(crate) plc_url: Vec<String>,

    #[command(flatten)]
    pub(crate) memory: MemoryArguments,

    /// Refuse a version below the highest that was verified before
    #[arg(long, conflicts_with = "no_pin")]
    pub(crate) no_downgrade: bool,

    /// The name server to ask about a fair:// alias, such as 192.0.2.1:53 [default: the system's]
    #[arg(long, value_name = "ADDRESS", value_parser = name_server)]
    pub(crate) dns_server: Option<SocketAddr>,

    /// How long to wait for a server: to connect, to answer, and for more of a body
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) timeout: u64,
}

/// Where to remember.
#[derive(Debug, Args)]
pub(crate) struct MemoryArguments {
    /// Remember in this file [default: a file per DID in $XDG_STATE_HOME/fedverify/pins]
    #[arg(long, value_name = "FILE", conflicts_with = "no_pin")]
    pin: Option<PathBuf>,

    /// Neither use nor change what is remembered
    #[arg(long)]
    no_pin: bool,

    /// The time to go by, in seconds since 1970 [default: this machine's clock]
    #[arg(long, value_name = "SECONDS", conflicts_with = "no_pin")]
    now: Option<u64>,
}

impl MemoryArguments {
    /// Whether a place to remember was named.
    pub(crate) fn is_asked_for(&self) -> bool {
        self.pin.is_some()
    }

    /// Whether, where and when to remember, waiting so long while another run has the pin.
    pub(crate) fn choice(&self, patience: Duration) -> Memory {
        let place = match &self.pin {
            _ if self.no_pin => Place::Nowhere,
            Some(file) => Place::File(file.clone()),
            None => Place::Default,
        };
        Memory { place, now: self.now.unwrap_or_else(clock::now), patience }
    }
}

const VERIFY_HELP: &str = "\
Fetches the identity's log, the metadata document that the identity names, and the package; verifies them; and remembers
them, so that the next visit notices a log that was cut back and a version whose bytes changed. The package is hashed as
it comes and kept nowhere.

Everything is fetched over https. Only with a directory of this machine (localhost, 127.0.0.1, [::1]) may addresses lead to
this machine, then also over http. Sizes are bounded by the limits logBytes, metadataBytes and packageBytes, redirects to
five of the same scheme. A busy server (429, 5xx) is asked three
times in all. A body that takes longer than the timeout must bring at least 64 KiB a second. A fair://
alias is looked up in DNS; that never changes the verdict. Proxies are taken from
ALL_PROXY, HTTPS_PROXY, HTTP_PROXY and NO_PROXY; certificate authorities from the system, or SSL_CERT_FILE.

Of a did:web the document is fetched from its host, over http if that is localhost. There is no log: the report says that
the trust is the web's, and nothing is remembered.

The file that remembers is replaced only after a verdict of verified. If it cannot be written, the verdict is \"could not
verify\": what is not remembered could be undone.

Examples:
  fedverify verify did:plc:…
  fedverify verify did:plc:… --release 1.0.3 --package plugin.zip --json
  fedverify verify did:plc:… --plc-url https://plc.directory --plc-url https://mirror.example";

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

#[derive(Debug, Args)]
pub(crate) struct Batch {
    /// The catalogue: one JSON document per line; - for standard input
    #[arg(default_value = "-")]
    pub(crate) file: PathBuf,

    /// How many logs to verify at once [default: one per core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) jobs: Option<u16>,

    /// The entries of each log of an export stand together: verify each log at its end, in constant memory
    #[arg(long)]
    pub(crate) grouped: bool,
}

const BATCH_HELP: &str = "\
Each line is one of
  {\"did\", \"log\"}                                          a whole audit log or bare log
  {\"did\", \"operation\", \"cid\", \"nullified\", \"createdAt\"}  an entry of a directory's export
  {\"type\": \"sequenced_op\", \"seq\", \"did\", \"operation\", \"cid\", \"createdAt\"}
                                                           the same in its numbered form

There is one result for each log, on standard output, in the order of the first lines of the logs: a line
  verified <DID> <CID of the head>
  rejected <DID, or line and its number> <code>: <message>
or with --json a report on one line, whose member batch names the line and the DID. Totals go to standard error. A line
that cannot be read is rejected, and the run goes on. Blank lines are passed over. No line may be longer than the limit
logBytes (and 1,024 bytes for what is around the log).

Memory: whole logs are verified as they come, in constant memory however long the input is. The entries of an export may
stand anywhere; a file of them is read twice, and about 200 bytes are kept for each log and 30 for each entry; from a pipe
all entries are kept. With --grouped they too are verified in constant memory; a log whose entries do not stand
together after all then has several results: its first part as if it were all, and the rest rejected.

Entries in the numbered form have no nullified flag: which operations count is computed, and the check plc.flags is
reported as skipped.

Exit status: 0 all verified, 1 any rejected, 2 the input could not be read or holds no log.

Examples:
  fedverify batch logs.jsonl --json > reports.jsonl
  curl -s https://plc.directory/export | fedverify batch -
  fedverify batch export.jsonl --grouped --jobs 4";

/// Reads an address with or without a port.
fn name_server(text: &str) -> Result<SocketAddr, String> {
    let with_port =
        text.parse().or_else(|_| text.parse().map(|address: IpAddr| SocketAddr::new(address, 53)));
    with_port
        .map_err(|_| "expected an address such as 192.0.2.1, 192.0.2.1:53 or [2001:db8::1]:53".to_owned())
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
