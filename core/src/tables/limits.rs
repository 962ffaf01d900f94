//! The table of limits: the bounds of the work, each with its name, its default and the source of the number.

/// Declares the limits. A macro, because the fields, the defaults and the names by which bindings set them must come from
/// the same lines.
macro_rules! limits {
    ($($(#[doc = $doc:literal])+ $field:ident $name:literal = $default:expr;)*) => {
        /// How much a caller lets untrusted input cost.
        ///
        /// Every limit is inclusive: an input of exactly the limit passes. A caller changes single limits:
        ///
        /// ```
        /// use fedverify::Limits;
        ///
        /// let limits = Limits { package_bytes: 2 << 30, ..Limits::default() };
        /// assert_eq!(limits.get("packageBytes"), Some(2 << 30));
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct Limits {
            $($(#[doc = $doc])+ pub $field: u64,)*
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
            pub fn get(&self, name: &str) -> Option<u64> {
                match name {
                    $($name => Some(self.$field),)*
                    _ => None,
                }
            }

            /// Sets the limit of this name, and says whether there is one.
            #[must_use = "an unknown name changes nothing"]
            pub fn set(&mut self, name: &str, value: u64) -> bool {
                match name {
                    $($name => self.$field = value,)*
                    _ => return false,
                }
                true
            }
        }
    };
}

const MIB: u64 = 1 << 20;

limits! {
    /// Bytes of a log. 8 MiB: room for 10,000 operations of the usual size (fair.md, "Fetching").
    log_bytes "logBytes" = 8 * MIB;
    /// Bytes of a metadata document. 8 MiB: years of releases (fair.md, "Fetching").
    metadata_bytes "metadataBytes" = 8 * MIB;
    /// Bytes of a package. 512 MiB: far above any plugin (fair.md, "Fetching").
    package_bytes "packageBytes" = 512 * MIB;
    /// Bytes of a PFN document, of a did:web document or of a key. 1 MiB: over a thousand times the published examples.
    record_bytes "recordBytes" = MIB;
    /// Bytes of a pin. 4 MiB: twice what one of `log_operations` operations takes.
    pin_bytes "pinBytes" = 4 * MIB;
    /// Open arrays and objects around any value. 32: an audit log has 5, FAIR metadata 8. Values above 100 count as 100,
    /// because nesting is the one thing that costs stack.
    json_depth "jsonDepth" = 32;
    /// Values (strings, numbers, arrays, objects, …) in one JSON document; bounds memory. 500,000: the longest audit log
    /// within `log_bytes` has fewer than 400,000.
    json_values "jsonValues" = 500_000;
    /// Operations of one log. 10,000: the directory accepts at most 100 a week, and as many as fit into `log_bytes`
    /// with the usual size of an operation.
    log_operations "logOperations" = 10_000;
    /// Signature checks for one log. 20,000: two for each operation; an ordinary chain takes one.
    log_signature_checks "logSignatureChecks" = 20_000;
    /// Bytes of an operation's DAG-CBOR. 750,000: a hundred times what the directory accepts today.
    operation_bytes "operationBytes" = 750_000;
    /// Rotation keys of one operation. 10: what the directory ever allowed.
    rotation_keys "rotationKeys" = 10;
    /// Verification methods of one operation. 1,000: a hundred times what the directory accepts today.
    verification_methods "verificationMethods" = 1_000;
    /// Services of one operation. 1,000: a hundred times what the directory accepts today.
    services "services" = 1_000;
    /// Aliases of one operation. 1,000: a hundred times what the directory accepts today.
    also_known_as "alsoKnownAs" = 1_000;
    /// Signing keys of one identity, those whose ids start with `fair`. 64: identities in use have one or two.
    signing_keys "signingKeys" = 64;
    /// Bytes of a version. 128: four times the longest in use.
    version_bytes "versionBytes" = 128;
    /// Package artifacts of one release. 64: one for each of a plugin's languages, generously.
    package_artifacts "packageArtifacts" = 64;
    /// Signature checks for one package, over all its artifacts and signing keys. 256.
    package_signature_checks "packageSignatureChecks" = 256;
    /// Bytes of a PFN ownership challenge. 1,024: it is a UUID of 36.
    challenge_bytes "challengeBytes" = 1024;
    /// Entries of a PFN archive that is searched for its plugin header. 10,000.
    archive_entries "archiveEntries" = 10_000;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_limit_can_be_read_and_set_by_name() {
        let mut limits = Limits::default();
        for (value, name) in (7..).zip(Limits::NAMES) {
            assert!(limits.set(name, value));
            assert_eq!(limits.get(name), Some(value));
        }
        assert!(!limits.set("noSuchLimit", 1));
        assert_eq!(limits.get("noSuchLimit"), None);
    }
}
