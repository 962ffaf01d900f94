//! The table of limits: the bounds of the work, each with its name, its default and the source of the number.

/// Declares the limits. A macro, because the fields, the defaults and the names by which bindings set them must come from
/// the same lines.
macro_rules! limits {
    ($($field:ident $name:literal $meaning:literal = $default:expr, $reason:literal;)*) => {
        /// How much a caller lets untrusted input cost.
        ///
        /// Every limit is inclusive: an input of exactly the limit passes. A caller changes single limits:
        ///
        /// ```
        /// use fedverify::Limits;
        ///
        /// let limits = Limits { package_bytes: 2 << 30, ..Limits::default() };
        /// assert_eq!(limits.get("packageBytes"), Ok(2 << 30));
        /// assert_eq!(Limits::meaning("packageBytes"), Some("Bytes of a package or an archive."));
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct Limits {
            $(#[doc = concat!($meaning, " Default: `", stringify!($default), "`. ", $reason)] pub $field: u64,)*
        }

        impl Default for Limits {
            fn default() -> Self {
                Limits { $($field: $default,)* }
            }
        }

        impl Limits {
            /// The names of all limits, as [`Limits::get`] and [`Limits::set`] take them.
            pub const NAMES: &'static [&'static str] = &[$($name,)*];

            /// The limit of this name; `None` if there is none.
            pub(crate) fn value(&self, name: &str) -> Option<u64> {
                match name {
                    $($name => Some(self.$field),)*
                    _ => None,
                }
            }

            /// The place of the limit of this name; `None` if there is none.
            pub(crate) fn value_mut(&mut self, name: &str) -> Option<&mut u64> {
                match name {
                    $($name => Some(&mut self.$field),)*
                    _ => None,
                }
            }

            /// What the limit of this name counts, in one line; `None` if there is none.
            pub fn meaning(name: &str) -> Option<&'static str> {
                match name {
                    $($name => Some($meaning),)*
                    _ => None,
                }
            }

            /// Where the default of the limit of this name comes from, in one line; `None` if there is none.
            pub fn reason(name: &str) -> Option<&'static str> {
                match name {
                    $($name => Some($reason),)*
                    _ => None,
                }
            }
        }
    };
}

const MIB: u64 = 1 << 20;

limits! {
    log_bytes "logBytes" "Bytes of a log."
        = 8 * MIB, "Room for 10,000 operations of the usual size (did-plc.md, \"Bounds\").";
    metadata_bytes "metadataBytes" "Bytes of a metadata document."
        = 8 * MIB, "As much as a log: years of releases (json.md, \"Bounds\").";
    package_bytes "packageBytes" "Bytes of a package or an archive."
        = 512 * MIB, "Far above any plugin; it bounds time, not memory (json.md, \"Bounds\").";
    record_bytes "recordBytes" "Bytes of a PFN document, of a did:web document or of a key."
        = MIB, "Over a thousand times the published examples (json.md, \"Bounds\").";
    pin_bytes "pinBytes" "Bytes of the pin that is given, and of the one to keep, written on one line without white space."
        = 4 * MIB, "Twice what a pin of 10,000 operations takes (did-plc.md, \"Bounds\").";
    json_depth "jsonDepth" "Open arrays and objects around any value; `[]` has depth 1. Values above 100 count as 100."
        = 32, "An audit log has 5, FAIR metadata 8. Only nesting costs stack (json.md, \"Bounds\").";
    json_values "jsonValues" "Values in one JSON document: strings, numbers, arrays, objects and so on, without the names of members."
        = 500_000, "The longest audit log within 8 MiB has fewer than 400,000. It bounds memory (json.md, \"Bounds\").";
    log_operations "logOperations" "Operations of one log."
        = 10_000, "The directory accepts at most 100 a week, and 10,000 of the usual size fit into 8 MiB (did-plc.md, \"Bounds\").";
    log_signature_checks "logSignatureChecks" "Signature checks for one log; one for each operation where the same key signs all."
        = 20_000, "Two for each operation; an ordinary chain takes one (did-plc.md, \"Bounds\").";
    operation_bytes "operationBytes" "Bytes of an operation's DAG-CBOR, signature included."
        = 750_000, "A hundred times what the directory accepts today (did-plc.md, \"Bounds\").";
    rotation_keys "rotationKeys" "Rotation keys of one operation."
        = 10, "The most that the directory has ever allowed (did-plc.md, \"Bounds\").";
    verification_methods "verificationMethods" "Verification methods of one operation."
        = 1_000, "A hundred times what the directory accepts today (did-plc.md, \"Bounds\").";
    services "services" "Services of one operation."
        = 1_000, "A hundred times what the directory accepts today (did-plc.md, \"Bounds\").";
    also_known_as "alsoKnownAs" "Aliases of one operation."
        = 1_000, "A hundred times what the directory accepts today (did-plc.md, \"Bounds\").";
    signing_keys "signingKeys" "Signing keys of one identity: those whose ids start with `fair`."
        = 64, "Identities in use have one or two (json.md, \"Bounds\").";
    version_bytes "versionBytes" "Bytes of a version."
        = 128, "Four times the longest in use (fair.md, \"Versions\").";
    package_artifacts "packageArtifacts" "Package artifacts of one release."
        = 64, "Generous: one for each of a plugin's languages (json.md, \"Bounds\").";
    package_signature_checks "packageSignatureChecks" "Signature checks for one package, over all its artifacts; one for each Ed25519 key tried."
        = 256, "Four for each of 64 artifacts (json.md, \"Bounds\").";
    challenge_bytes "challengeBytes" "Bytes of a PFN ownership challenge, in UTF-8."
        = 1_024, "A challenge is a UUID of 36 bytes (json.md, \"Bounds\").";
    archive_entries "archiveEntries" "Entries of a PFN archive that is searched for its plugin header."
        = 10_000, "It bounds the list that is kept in memory (json.md, \"Bounds\").";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_limit_has_a_meaning_and_a_reason() {
        for name in Limits::NAMES {
            let words = [Limits::meaning(name), Limits::reason(name)].map(Option::unwrap_or_default);
            assert!(words.iter().all(|words| words.ends_with('.')), "{name}");
        }
        assert_eq!((Limits::meaning("noSuchLimit"), Limits::reason("noSuchLimit")), (None, None));
    }
}
