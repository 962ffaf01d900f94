//! What an operator decides.

use fedverify::Reach;

const MIB: u64 = 1 << 20;
const SECOND_MS: u64 = 1000;
const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// The shortest master key. It is typed once and guards everything.
const MIN_MASTER_KEY_CHARS: usize = 16;

/// The settings of a node.
#[derive(Clone)]
pub struct Settings {
    pub(crate) url: String,
    pub(crate) master_key: Option<String>,
    pub(crate) reach: Reach,
    pub(crate) limits: Limits,
}

impl Settings {
    /// Settings for a node that the world knows by this URL.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the URL or the master key.
    pub fn new(url: &str, master_key: Option<String>, reach: Reach) -> Result<Self, String> {
        let url = url.trim_end_matches('/');
        let is_short = |key: &String| key.chars().count() < MIN_MASTER_KEY_CHARS;
        let is_word = |url: &str| url.bytes().all(|byte| byte.is_ascii_graphic() && byte != b';');
        if url.is_empty() || !is_word(url) {
            return Err("expected the node's URL, without spaces and semicolons".to_owned());
        }
        let master_key = master_key.filter(|key| !key.is_empty());
        if master_key.as_ref().is_some_and(is_short) {
            return Err(format!(
                "MASTER_KEY has fewer than {MIN_MASTER_KEY_CHARS} characters: make a longer one"
            ));
        }
        // Arrives trimmed in a header of printable ASCII: any other key would open nothing.
        let is_usable =
            |key: &String| key.trim() == key && key.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        if master_key.as_ref().is_some_and(|key| !is_usable(key)) {
            return Err(
                "MASTER_KEY has characters that a header cannot carry, or white space around it".to_owned()
            );
        }
        Ok(Settings { url: url.to_owned(), master_key, reach, limits: Limits::default() })
    }

    /// The same with other limits.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }
}

/// The bounds of a node's work, beside core's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a request's body. The longest is a source with its key.
    pub body_bytes: u64,
    /// Bytes of an author-data document: room for 10,000 plugins, of which each has about 700.
    pub author_data_bytes: u64,
    /// Plugins in it. Their signatures are checked one after another, and nothing else is done meanwhile.
    pub plugins: u64,
    /// Bytes of a plugin's archive. It is held in memory while it is judged; a Durable Object has 128 MiB.
    pub archive_bytes: u64,
    /// How long a publisher may take to answer, in milliseconds.
    pub answer_ms: u64,
    /// How long an archive may take, in milliseconds.
    pub archive_ms: u64,
    /// How long one synchronisation may take, in milliseconds. What is left is for the next one.
    pub sync_ms: u64,
    /// How long a challenge can be answered, in seconds.
    pub challenge_seconds: u64,
    /// How long after a check a source is checked again, in seconds.
    pub check_seconds: u64,
    /// How long after its last check the archive of a known version is fetched again by a scheduled sync, in seconds.
    pub recheck_seconds: u64,
    /// How many sources there may be.
    pub sources: u64,
    /// Bytes of all archives of one source: a source signs as many versions as it likes.
    pub source_bytes: u64,
    /// How many versions of all its plugins there may be of one source.
    pub source_versions: u64,
    /// How many keys that are not revoked there may be.
    pub keys: u64,
    /// How many days activity and verifications are kept. Equivocations and digests are kept for ever.
    pub retention_days: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            body_bytes: MIB / 16,
            author_data_bytes: 8 * MIB,
            plugins: 10_000,
            archive_bytes: 32 * MIB,
            answer_ms: 10 * SECOND_MS,
            archive_ms: 60 * SECOND_MS,
            sync_ms: 15 * MINUTE * SECOND_MS,
            challenge_seconds: 5 * MINUTE,
            check_seconds: HOUR,
            recheck_seconds: DAY,
            sources: 10_000,
            source_bytes: 10 * 1024 * MIB,
            source_versions: 100_000,
            keys: 1_000,
            retention_days: 90,
        }
    }
}

impl Limits {
    /// Core's limits with these in them.
    pub(crate) fn of_core(&self) -> fedverify::Limits {
        fedverify::Limits {
            record_bytes: self.author_data_bytes,
            package_bytes: self.archive_bytes,
            ..fedverify::Limits::default()
        }
    }
}
