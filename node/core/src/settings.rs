//! What an operator decides.

use fedverify::Reach;

const KIB: u64 = 1 << 10;
const MIB: u64 = 1 << 20;
const SECOND_MS: u64 = 1000;
const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// The shortest master key. It is typed once and guards everything.
const MIN_MASTER_KEY_CHARS: usize = 16;

/// The directory of did:plc logs.
const DIRECTORY: &str = "https://plc.directory";

/// The settings of a node.
#[derive(Clone)]
pub struct Settings {
    pub(crate) url: String,
    pub(crate) master_key: Option<String>,
    pub(crate) reach: Reach,
    pub(crate) limits: Limits,
    pub(crate) origins: Vec<String>,
    pub(crate) directory: String,
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
        let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        if host.is_none_or(str::is_empty) || !is_word(url) {
            let found = fedverify::quote_url(url);
            return Err(format!(
                "expected the node's URL, such as https://node.example, without spaces and semicolons, found {found}"
            ));
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
        Ok(Settings {
            url: url.to_owned(),
            master_key,
            reach,
            limits: Limits::default(),
            origins: Vec::new(),
            directory: DIRECTORY.to_owned(),
        })
    }

    /// The same with origins whose pages may read the responses (CORS). Without any, no other page may.
    ///
    /// # Errors
    ///
    /// Says which of them is no origin.
    pub fn with_origins(mut self, origins: &[String]) -> Result<Self, String> {
        for origin in origins {
            let (scheme, host) = origin.split_once("://").unwrap_or_default();
            let is_host = |host: &str| {
                !host.is_empty()
                    && host.bytes().all(|byte| byte.is_ascii_graphic() && !b"/?#@*,".contains(&byte))
            };
            // Browsers send it in lower case and without a path: any other spelling would never be met.
            let is_origin =
                matches!(scheme, "https" | "http") && is_host(host) && *origin == origin.to_ascii_lowercase();
            if !is_origin {
                let found = fedverify::quote_url(origin);
                return Err(format!("expected an origin such as https://shop.example, found {found}"));
            }
        }
        self.origins = origins.to_vec();
        Ok(self)
    }

    /// The same with another directory of did:plc logs, or a mirror of it.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the URL.
    pub fn with_directory(mut self, url: &str) -> Result<Self, String> {
        let url = url.trim_end_matches('/');
        let found =
            |what| format!("expected the URL of a directory, found {}: {what}", fedverify::quote_url(url));
        self.reach.check_url(url).map_err(found)?;
        self.directory = url.to_owned();
        Ok(self)
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
    /// Plugins in an author-data document. Their signatures are checked one after another, and nothing else is done meanwhile.
    pub plugins: u64,
    /// Bytes of a plugin's archive. It is held in memory while it is judged; a Durable Object has 128 MiB.
    pub archive_bytes: u64,
    /// Bytes of the versions in a page of the list of plugins: one that has more is shorter than was asked for, but has one version at
    /// least. Anyone may ask for it. The WordPress plugin reads no longer list.
    pub page_bytes: u64,
    /// How long a publisher may take to answer, in milliseconds.
    pub answer_ms: u64,
    /// How long an archive may take, in milliseconds.
    pub archive_ms: u64,
    /// How long one synchronisation may take, in milliseconds. What is left is for the next one.
    pub sync_ms: u64,
    /// How many synchronisations go on at once. Each holds an archive in memory, and a caller may ask for one of every source. And how
    /// many sources are checked by schedule at once, beside those.
    pub syncs_at_once: u64,
    /// How many versions are verified at once. Anyone may ask for it, and each holds its archive in memory.
    pub verifications_at_once: u64,
    /// How many sources one alarm takes care of. The next one goes on with the others.
    pub sources_at_once: u64,
    /// How long a challenge can be answered, in seconds.
    pub challenge_seconds: u64,
    /// How long after a check a source is checked again, in seconds.
    pub check_seconds: u64,
    /// How long after its last check the archive of a known version is fetched again by a scheduled sync, in seconds.
    pub recheck_seconds: u64,
    /// How many sources there may be.
    pub sources: u64,
    /// Bytes of all archives of one source: a source signs as many versions as it likes. From other nodes, nothing is taken any more once
    /// three quarters are used (mirror/offer.rs).
    pub source_bytes: u64,
    /// How many versions of all its plugins there may be of one source.
    pub source_versions: u64,
    /// How many other nodes may be asked.
    pub peers: u64,
    /// How many keys that are not revoked there may be.
    pub keys: u64,
    /// How many days activity and verifications are kept. Equivocations and digests are kept for ever.
    pub retention_days: u64,
    /// Requests in a minute of one key, or of one address without a key, that only read: lists, the page, and what is refused.
    pub reads_per_minute: u64,
    /// Downloads in a minute of one key or address.
    pub downloads_per_minute: u64,
    /// Versions verified again in a minute for one key or address. Each reads and hashes an archive.
    pub verifications_per_minute: u64,
    /// Visits to publishers in a minute for one key: each asks another server several times.
    pub visits_per_minute: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            body_bytes: MIB / 16,
            author_data_bytes: 8 * MIB,
            plugins: 10_000,
            archive_bytes: 32 * MIB,
            page_bytes: 480 * KIB,
            answer_ms: 10 * SECOND_MS,
            archive_ms: 60 * SECOND_MS,
            sync_ms: 15 * MINUTE * SECOND_MS,
            syncs_at_once: 8,
            verifications_at_once: 4,
            sources_at_once: 20,
            challenge_seconds: 5 * MINUTE,
            check_seconds: HOUR,
            recheck_seconds: DAY,
            sources: 10_000,
            source_bytes: 10 * 1024 * MIB,
            source_versions: 100_000,
            peers: 20,
            keys: 1_000,
            retention_days: 90,
            reads_per_minute: 600,
            downloads_per_minute: 300,
            verifications_per_minute: 30,
            visits_per_minute: 60,
        }
    }
}

/// A limit's place in [`Limits`].
type Place = fn(&mut Limits) -> &mut u64;

/// The limits by their names.
const NAMES: [(&str, Place); 24] = [
    ("bodyBytes", |limits| &mut limits.body_bytes),
    ("authorDataBytes", |limits| &mut limits.author_data_bytes),
    ("plugins", |limits| &mut limits.plugins),
    ("archiveBytes", |limits| &mut limits.archive_bytes),
    ("pageBytes", |limits| &mut limits.page_bytes),
    ("answerMs", |limits| &mut limits.answer_ms),
    ("archiveMs", |limits| &mut limits.archive_ms),
    ("syncMs", |limits| &mut limits.sync_ms),
    ("syncsAtOnce", |limits| &mut limits.syncs_at_once),
    ("verificationsAtOnce", |limits| &mut limits.verifications_at_once),
    ("sourcesAtOnce", |limits| &mut limits.sources_at_once),
    ("challengeSeconds", |limits| &mut limits.challenge_seconds),
    ("checkSeconds", |limits| &mut limits.check_seconds),
    ("recheckSeconds", |limits| &mut limits.recheck_seconds),
    ("sources", |limits| &mut limits.sources),
    ("sourceBytes", |limits| &mut limits.source_bytes),
    ("sourceVersions", |limits| &mut limits.source_versions),
    ("peers", |limits| &mut limits.peers),
    ("keys", |limits| &mut limits.keys),
    ("retentionDays", |limits| &mut limits.retention_days),
    ("readsPerMinute", |limits| &mut limits.reads_per_minute),
    ("downloadsPerMinute", |limits| &mut limits.downloads_per_minute),
    ("verificationsPerMinute", |limits| &mut limits.verifications_per_minute),
    ("visitsPerMinute", |limits| &mut limits.visits_per_minute),
];

impl Limits {
    /// Sets a limit by its name, from `NAME=NUMBER`.
    ///
    /// # Errors
    ///
    /// Says what was expected.
    pub fn set(&mut self, setting: &str) -> Result<(), String> {
        let (name, number) = setting.split_once('=').unwrap_or((setting, ""));
        let known = || NAMES.map(|(name, _)| name).join(", ");
        let place = NAMES.iter().find(|(other, _)| *other == name).map(|(_, place)| place);
        let place = place.ok_or_else(|| {
            format!("expected NAME=NUMBER with one of {}, found {}", known(), fedverify::quote(setting))
        })?;
        let is_decimal = number.bytes().all(|byte| byte.is_ascii_digit());
        let number = number.parse().ok().filter(|_| is_decimal);
        *place(self) = number.ok_or_else(|| {
            format!("expected a whole number for {name}, found {}", fedverify::quote(setting))
        })?;
        Ok(())
    }

    /// Core's limits with these in them.
    pub(crate) fn of_core(&self) -> fedverify::Limits {
        fedverify::Limits {
            record_bytes: self.author_data_bytes,
            package_bytes: self.archive_bytes,
            ..fedverify::Limits::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_limit_has_a_name_of_its_own() {
        let mut limits = Limits::default();
        for (number, (name, _)) in NAMES.iter().enumerate() {
            limits.set(&format!("{name}={number}")).unwrap();
        }
        let shown = format!("{limits:?}");
        for (number, (name, _)) in NAMES.iter().enumerate() {
            // As Debug writes it: body_bytes: 0.
            let field: String = name
                .chars()
                .flat_map(|letter| {
                    letter.is_uppercase().then_some('_').into_iter().chain(letter.to_lowercase())
                })
                .collect();
            assert!(shown.contains(&format!(" {field}: {number}")), "{name} in {shown}");
        }
        assert_eq!(shown.matches(": ").count(), NAMES.len());
    }

    #[test]
    fn a_limit_is_a_known_name_and_a_number() {
        for wrong in
            ["", "keys", "keys=", "keys=+1", "keys=1M", "keys=-1", "key=1", "=1", "keys=99999999999999999999"]
        {
            assert!(Limits::default().set(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_nodes_url_has_a_scheme_and_a_host() {
        let is_url = |url: &str| Settings::new(url, None, Reach::Public).is_ok();
        assert!(is_url("https://node.example") && is_url("http://127.0.0.1:8787/"));
        for wrong in ["", "node.example", "https://", "ftp://node.example", "https://a;b", "https://a b"] {
            assert!(!is_url(wrong), "{wrong}");
        }
    }

    #[test]
    fn an_origin_is_what_browsers_send() {
        let with = |origin: &str| {
            let settings = Settings::new("https://node.example", None, Reach::Public).unwrap();
            settings.with_origins(&[origin.to_owned()]).is_ok()
        };
        assert!(with("https://shop.example") && with("http://127.0.0.1:8080"));
        for wrong in [
            "*",
            "null",
            "",
            "shop.example",
            "https://shop.example/",
            "https://Shop.example",
            "https://",
            "https://*.example",
        ] {
            assert!(!with(wrong), "{wrong}");
        }
    }
}
