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
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Folder of the database and the archives; made where it is missing
    #[arg(long, value_name = "FOLDER")]
    pub(crate) data: PathBuf,

    /// Address and port to listen on
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8787")]
    pub(crate) listen: SocketAddr,

    /// URL by which the world knows the node: challenges name it
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<String>,

    /// How often each source is checked, and synchronised where somebody subscribes to it
    #[arg(long, value_name = "SECONDS", default_value_t = Limits::default().check_seconds)]
    pub(crate) check_every: u64,

    /// Ask publishers on this machine and in private networks, too, and over http on loopback
    #[arg(long)]
    pub(crate) allow_private: bool,
}
