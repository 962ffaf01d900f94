//! The named steps of a verification, in their order.

use super::{Kind, Trust};

/// Declares the registry; a macro for the same reason as the one of [`crate::Code`].
macro_rules! checks {
    ($($name:ident $text:literal $phase:literal $meaning:literal)*) => {
        /// A named step of a verification. Every report lists all steps of its kind, each with its outcome.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Check {
            $(#[doc = $meaning] $name,)*
        }

        impl Check {
            /// All checks.
            pub const ALL: &'static [Check] = &[$(Check::$name,)*];

            /// The stable dotted text, such as `plc.genesis`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Check::$name => $text,)* }
            }

            /// What the check makes sure of, in one line.
            pub const fn meaning(self) -> &'static str {
                match self { $(Check::$name => $meaning,)* }
            }

            /// Steps of one phase go side by side, operation after operation; a phase ends before the next starts.
            pub(super) const fn phase(self) -> u8 {
                match self { $(Check::$name => $phase,)* }
            }
        }
    };
}

checks! {
    Did "did" 0 "the DID has the form of its method"
    PlcJson "plc.json" 1 "the log is one strict JSON document within the limits"
    PlcOperations "plc.operations" 2 "every entry is of this DID, and every operation has exactly its members"
    PlcCids "plc.cids" 3 "every served CID is the hash of its operation"
    PlcGenesis "plc.genesis" 4 "the DID is the hash of the genesis operation, which one of its own rotation keys signed"
    PlcChain "plc.chain" 5 "every operation follows on an earlier one that is neither nullified nor a tombstone"
    PlcTimes "plc.times" 5 "every operation is later than the head it found"
    PlcSignatures "plc.signatures" 5 "every operation is signed by a rotation key of the operation before"
    PlcRecoveries "plc.recoveries" 5 "every recovery came within 72 hours and from a key of higher authority"
    PlcFlags "plc.flags" 6 "the directory's nullified flags are what the operations say"
    PinLog "pin.log" 7 "the log takes back nothing that was seen before"
    WebDocument "web.document" 7 "the DID document is one strict JSON document about this DID"
    FairMetadata "fair.metadata" 8 "the metadata document is one strict JSON document of a known version"
    FairIdentity "fair.identity" 9 "the metadata document is about this DID, of a known type, and the DID names a repository"
    FairKeys "fair.keys" 10 "the identity holds keys that sign packages"
    FairRelease "fair.release" 11 "the metadata document lists the release, once"
    PinMetadata "pin.metadata" 12 "no version that was verified before has another checksum now"
    FairBytes "fair.bytes" 13 "the package was read to its end within the limit"
    FairArtifact "fair.artifact" 14 "the release describes the package, with a signature"
    FairChecksum "fair.checksum" 15 "the package has the checksum that the release gives"
    FairSignature "fair.signature" 16 "a signing key of the identity signed the package's bytes"
    PinPackage "pin.package" 17 "the bytes are those that were verified under this version before"
    PfnKey "pfn.key" 0 "the publisher's key is an Ed25519 public key"
    PfnPlugin "pfn.plugin" 1 "the plugin record is one strict JSON document with the signed members"
    PfnChallenge "pfn.challenge" 1 "the challenge is a text within the limit"
    PfnSignature "pfn.signature" 2 "the publisher's key signed the text"
    PfnArchive "pfn.archive" 3 "the archive's folder and plugin header say what was signed"
    PfnArchiveSignature "pfn.archive_signature" 4 "the publisher's key signed the archive's bytes"
    Key "key" 0 "the text is a public key of a type that can verify signatures"
}

impl Check {
    /// The steps of a kind of verification, in order. They depend on what the verdict rests on: a did:web has a document
    /// instead of a log, and is not remembered.
    pub fn of(kind: Kind, trust: Option<Trust>) -> impl Iterator<Item = Check> {
        let is_of_other_method = move |check: Check| match trust {
            Some(Trust::Web) => matches!(check.family(), "plc" | "pin"),
            Some(Trust::SelfCertified | Trust::Key) | None => check == Check::WebDocument,
        };
        Check::ALL.iter().copied().filter(move |check| check.belongs_to(kind) && !is_of_other_method(*check))
    }

    /// The part before the dot.
    fn family(self) -> &'static str {
        self.as_str().split('.').next().unwrap_or_default()
    }

    fn belongs_to(self, kind: Kind) -> bool {
        let is_of_package = matches!(self.family(), "did" | "plc" | "web" | "fair" | "pin");
        match kind {
            Kind::PlcLog => is_of_package && self.phase() <= Check::PinLog.phase(),
            Kind::FairMetadata => is_of_package && self.phase() <= Check::PinMetadata.phase(),
            Kind::FairPackage => is_of_package,
            Kind::PfnPlugin => self.family() == "pfn" && self != Check::PfnChallenge,
            Kind::PfnChallenge => matches!(self, Check::PfnKey | Check::PfnChallenge | Check::PfnSignature),
            Kind::Key => self == Check::Key,
        }
    }
}

impl std::fmt::Display for Check {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
