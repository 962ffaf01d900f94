//! The command line.

use clap::{Args, Parser, Subcommand};
use fedverify_node::Limits;
use std::net::SocketAddr;
use std::path::PathBuf;

/// A node of the Plugin Federation Network that verifies what it mirrors.
#[derive(Debug, Parser)]
#[command(name = "fedverify-node", version)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run the node. Keys are made with the master key, which is read from MASTER_KEY in the environment.
    Serve(Serve),
    /// Copy a node's folder, also while the node runs.
    Backup(Backup),
    /// Make a node's folder of a copy.
    Restore(Restore),
}

#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// Folder of the node
    #[arg(long, value_name = "FOLDER")]
    pub(crate) data: PathBuf,

    /// Folder of the copy; made where it is missing. One with an earlier copy is brought up to date
    #[arg(long, value_name = "FOLDER")]
    pub(crate) to: PathBuf,

    /// Where the node's archives are, as `serve` has it
    #[arg(long, value_name = "PLACE")]
    pub(crate) archives: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Restore {
    /// Folder of the copy
    #[arg(long, value_name = "FOLDER")]
    pub(crate) from: PathBuf,

    /// Folder of the node; it must have no database
    #[arg(long, value_name = "FOLDER")]
    pub(crate) data: PathBuf,

    /// Where the node's archives are, as `serve` has it
    #[arg(long, value_name = "PLACE")]
    pub(crate) archives: Option<String>,

    /// Make the folder although archives are missing or damaged: the node then has no bytes of their versions
    #[arg(long)]
    pub(crate) incomplete: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Folder of the database and the archives; made where it is missing
    #[arg(long, value_name = "FOLDER")]
    pub(crate) data: PathBuf,

    /// Where the archives are: another folder, or s3://BUCKET/PREFIX with AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and
    /// AWS_ENDPOINT_URL in the environment [default: the folder blobs in that of the node]
    #[arg(long, value_name = "PLACE")]
    pub(crate) archives: Option<String>,

    /// Address and port to listen on
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8787", value_parser = address)]
    pub(crate) listen: SocketAddr,

    /// URL by which the world knows the node: challenges name it
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<String>,

    /// How often each source is checked, and synchronised where somebody subscribes to it
    #[arg(long, value_name = "SECONDS", default_value_t = Limits::default().check_seconds)]
    pub(crate) check_every: u64,

    /// Directory of did:plc logs, for publishers that have such an identity
    #[arg(long, value_name = "URL", default_value = "https://plc.directory")]
    pub(crate) plc_url: String,

    /// Change a limit, such as sources=100; may be given several times. A wrong name is answered with all that there are
    #[arg(long, value_name = "NAME=NUMBER")]
    pub(crate) limit: Vec<String>,

    /// Let pages of this origin read the responses (CORS), such as https://shop.example; may be given several times
    #[arg(long, value_name = "ORIGIN")]
    pub(crate) cors_origin: Vec<String>,

    /// A proxy in front of the node says who asks, in X-Forwarded-For: without one, anyone could say anything there
    #[arg(long)]
    pub(crate) behind_proxy: bool,

    /// Connections at once
    #[arg(long, value_name = "NUMBER", default_value_t = 1024)]
    pub(crate) connections: usize,

    /// Connections at once of one address (of IPv6 its /64; a quarter of all is for one /48, of IPv4 for one /24); not with
    /// --behind-proxy, where all are the proxy's
    #[arg(long, value_name = "NUMBER", default_value_t = 64)]
    pub(crate) connections_per_address: usize,

    /// How long the head of a request may take to come, and then its body
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) request_seconds: u64,

    /// Bytes that the head of a request may have
    #[arg(long, value_name = "BYTES", default_value_t = 16 * 1024, value_parser = clap::value_parser!(u32).range(8192..))]
    pub(crate) head_bytes: u32,

    /// How long a connection may last; a download is cut off half a minute later
    #[arg(long, value_name = "SECONDS", default_value_t = 900, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) connection_seconds: u64,

    /// Bytes of responses that callers have not read yet, of all connections together: what would be above it is answered with a 503.
    /// One address (IPv6: one /64) may hold a sixteenth, one /24 (/48) a quarter, one /16 (/32) half; what holds nothing yet is not
    /// bound by its own part. Archives, and responses of up to 16 KiB, are not counted
    #[arg(long, value_name = "BYTES", default_value_t = 128 << 20, value_parser = clap::value_parser!(u32).range(1 << 20..))]
    pub(crate) unread_bytes: u32,

    /// Ask publishers on this machine and in private networks, too, and over http on loopback
    #[arg(long)]
    pub(crate) allow_private: bool,
}

/// An address to listen on. A name such as localhost may have several.
fn address(text: &str) -> Result<SocketAddr, &'static str> {
    text.parse().map_err(|_| "expected an IP address and a port, such as 127.0.0.1:8787")
}
