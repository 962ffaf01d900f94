//! Plays the servers of the FAIR example on this machine, so that `fedverify verify` can be tried whole: its directory, its
//! repository and the host of its packages. On demand one of them lies.
//!
//! The example's log names a repository that does not exist. What is played is the same identity (the DID is the hash of the
//! genesis) after one more operation of its everyday key, which moves the repository here. Metadata and packages are the same.

use crate::examples::{WEBSITE, daily_key, fair_key, history, metadata_at, plugin, state, thief};
use crate::log::Log;
use crate::moment::Moment;
use crate::server::{Answer, Server, did_document, log_path};

/// The port that `fedverify-kit play` listens on: a fixed one, because the log names it, and a pin remembers the log.
pub const PORT: u16 = 8137;

/// Where the repository is.
const METADATA: &str = "/hello-fair/fair.json";

/// The hour of the operation that moves the repository here, after those of the example.
const MOVED: i64 = 24 * 101;

/// Who lies, and how.
#[derive(Debug, Clone, Copy)]
pub struct Lie {
    /// What it is called on the command line.
    pub name: &'static str,
    /// What is served.
    pub what: &'static str,
    /// What a verifier must say: the exit status of the command, and the code.
    pub ends: (i32, &'static str),
    tell: fn(&Played<'_>),
}

/// All lies.
pub const LIES: [Lie; 8] = [
    Lie {
        name: "byte",
        what: "the host of the packages changes one byte",
        ends: (1, "fair.checksum.mismatch"),
        tell: |played| {
            let mut zip = plugin(played.log.did(), "1.1.0");
            zip[200] ^= 1;
            played.server.serve("/hello-fair/hello-fair-1.1.0.zip", Answer::ok("application/zip", zip));
        },
    },
    Lie {
        name: "thief",
        what: "the repository lists packages that another key signed",
        ends: (1, "fair.signature.invalid"),
        tell: |played| {
            let url = played.server.url("/hello-fair");
            let forged = metadata_at(played.log.did(), &url, &thief());
            played.server.serve(METADATA, Answer::json(forged.pretty()));
        },
    },
    Lie {
        name: "key",
        what: "the directory appends an operation that no key of the identity signed",
        ends: (1, "plc.signature.invalid"),
        tell: |played| {
            let head = played.log.summary().last;
            let forged = state(&daily_key(), &thief(), &played.server.url(METADATA)).after(&head);
            let log = played.log.clone().then(&forged.sign(&thief()), Moment::hour(MOVED + 1));
            played.serve_log(&log);
        },
    },
    Lie {
        name: "flag",
        what: "the directory hides that operation 2, a theft, was nullified",
        ends: (1, "plc.nullified_flag"),
        tell: |played| {
            played.serve_log(&played.log.clone().edit(2, |entry| entry.set("nullified", false)));
        },
    },
    Lie {
        name: "rollback",
        what: "the directory withholds the newest operation from the second visit on",
        ends: (1, "pin.rollback"),
        tell: |played| {
            let cut = played.log.clone().rearrange(|entries| entries.truncate(entries.len() - 1));
            let answers = [Answer::json(played.log.text()), Answer::json(cut.text())];
            played.server.serve_in_turn(&log_path(played.log.did()), answers);
        },
    },
    Lie {
        name: "document",
        what: "the directory's DID document has another key than its log: a warning, since nothing rests on it",
        ends: (0, "plc.document.differs"),
        tell: |played| {
            let head = played.log.summary().last;
            let forged = state(&daily_key(), &thief(), &played.server.url(METADATA)).after(&head);
            let log = played.log.clone().then(&forged.sign(&thief()), Moment::hour(MOVED + 1));
            let document = did_document(&log).pretty();
            played.server.serve(&format!("/{}", played.log.did()), Answer::json(document));
        },
    },
    Lie {
        name: "unknown",
        what: "the directory says that it does not know the DID",
        ends: (2, "io.directory.unknown"),
        tell: |played| played.server.serve(&log_path(played.log.did()), Answer::status(404)),
    },
    Lie {
        name: "drip",
        what: "the directory sends a byte of the log now and then",
        ends: (2, "io.network.timeout"),
        tell: |played| {
            let slow = Answer::json(played.log.text()).dripping();
            played.server.serve(&log_path(played.log.did()), slow);
        },
    },
];

impl Lie {
    /// The lie of this name.
    pub fn named(name: &str) -> Option<Lie> {
        LIES.into_iter().find(|lie| lie.name == name)
    }
}

/// What is played.
struct Played<'a> {
    server: &'a Server,
    log: Log,
}

impl Played<'_> {
    /// Serves another log; the DID document stays.
    fn serve_log(&self, log: &Log) {
        self.server.serve(&log_path(log.did()), Answer::json(log.text()));
    }
}

/// Plays all roles on this server, with one lie or none, and gives the DID.
pub fn play(server: &Server, lie: Option<Lie>) -> String {
    let example = history();
    let head = example.summary().last;
    let moved = state(&daily_key(), &fair_key(), &server.url(METADATA)).also_known_as(WEBSITE).after(&head);
    let log = example.then(&moved.sign(&daily_key()), Moment::hour(MOVED));
    let did = log.did().to_owned();
    server.serve_log(&log);
    let metadata = metadata_at(&did, &server.url("/hello-fair"), &fair_key());
    server.serve(METADATA, Answer::json(metadata.pretty()));
    for version in ["1.1.0", "1.0.0"] {
        let zip = Answer::ok("application/zip", plugin(&did, version));
        server.serve(&format!("/hello-fair/hello-fair-{version}.zip"), zip);
    }
    if let Some(lie) = lie {
        (lie.tell)(&Played { server, log });
    }
    did
}
