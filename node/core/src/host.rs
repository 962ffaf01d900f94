//! What a node asks of the machine that it runs on. One task at a time runs a node: futures need not be `Send`, and a
//! statement is answered at once, so that a Durable Object of Cloudflare Workers can be the host as well as a native program.

use crate::database::Database;
use crate::fault::Fault;
use crate::names;
use fedverify::{Error, Reach};
use std::future::Future;

/// What is asked of another server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetch {
    /// The URL.
    pub url: String,
    /// The JSON to post; with `None` it is a GET.
    pub json: Option<String>,
    /// The most bytes that the response may have.
    pub max_bytes: u64,
    /// How long all of it may take, in milliseconds.
    pub timeout_ms: u64,
    /// Whether addresses of this machine and of private networks may be asked.
    pub reach: Reach,
}

impl Fetch {
    /// Checks a URL as far as it says itself where it leads, for hosts that never see the address that they connect to: this
    /// one's URL, and that of each redirect. Names that lead nowhere but to this machine or a private network are refused.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the URL, as the end of a sentence about it.
    pub fn check_url(&self, url: &str) -> Result<(), &'static str> {
        self.reach.check_url(url)?;
        if self.reach == Reach::Public && names::is_private(url) {
            return Err("its host is one of this machine or of a private network");
        }
        Ok(())
    }
}

/// What became of a blob that was to be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    /// It is stored now.
    New,
    /// There was one of this name before, of the same bytes.
    Before,
    /// There was one of this name with other bytes, and these are in their place now.
    Replaced,
}

/// The machine.
pub trait Host: Database {
    /// Runs statements that are all kept or, where `work` fails, all undone.
    ///
    /// # Errors
    ///
    /// What `work` failed with, or a [`Fault`] of the database.
    fn transaction(&self, work: &mut dyn FnMut() -> Result<(), Fault>) -> Result<(), Fault>;

    /// Asks another server. The host judges the address that it really connects to (one that never sees it, the name:
    /// [`Fetch::check_url`]), follows no redirect to another scheme or out of reach, and ends at the bound and at the deadline.
    ///
    /// What the other server does is in the result: an error of the family `io.network`; any status other than 200 is one, and the
    /// error [has it](Error::with_status). Where it refuses what was posted (a status from 400 to 499), the error has its
    /// [`reason`](crate::reason), too.
    ///
    /// # Errors
    ///
    /// A [`Fault`] where this machine cannot ask, such as when the platform permits no more questions just now: it says nothing
    /// about the other server.
    fn fetch(&self, fetch: &Fetch) -> impl Future<Output = Result<Result<Vec<u8>, Error>, Fault>>;

    /// Stores a blob whole or not at all. Its name is that of its digest: one that is there with other bytes is damaged, and is
    /// replaced as a whole.
    ///
    /// # Errors
    ///
    /// A [`Fault`] of the storage.
    fn put_blob(&self, name: &str, bytes: Vec<u8>) -> impl Future<Output = Result<Stored, Fault>>;

    /// Reads a blob; `None` if there is none.
    ///
    /// # Errors
    ///
    /// A [`Fault`] of the storage.
    fn blob(&self, name: &str) -> impl Future<Output = Result<Option<Vec<u8>>, Fault>>;

    /// Does work that keeps a processor for long, such as hashing an archive. A host with several threads does it on another one, so that
    /// the node answers requests meanwhile; one with a single thread does it at once. The node bounds how much of it goes on.
    ///
    /// # Errors
    ///
    /// A [`Fault`] where the work was not done.
    fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> impl Future<Output = Result<T, Fault>> {
        async move { Ok(work()) }
    }

    /// Fills the bytes from the system's source of randomness.
    ///
    /// # Errors
    ///
    /// A [`Fault`] where there is none.
    fn random(&self, bytes: &mut [u8]) -> Result<(), Fault>;

    /// Milliseconds since 1970.
    fn now_ms(&self) -> u64;

    /// Asks for [`Node::alarm`](crate::Node::alarm) to be called at this time, in milliseconds since 1970. A later call replaces an
    /// earlier one. A time that has passed means now.
    fn set_alarm(&self, at_ms: u64);

    /// Writes one line of the log: a JSON object.
    fn log(&self, line: &str);
}
