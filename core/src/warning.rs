//! What does not stop a verification, but should be known: one [`Warning`], with a stable [`WarningCode`].

/// Declares the registry; a macro for the same reason as the one of [`crate::Code`].
macro_rules! warning_codes {
    ($($name:ident $text:literal $meaning:literal)*) => {
        /// Why a verified input deserves a second look.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum WarningCode {
            $(#[doc = $meaning] $name,)*
        }

        impl WarningCode {
            /// All warning codes.
            pub const ALL: &'static [WarningCode] = &[$(WarningCode::$name,)*];

            /// The stable dotted text, such as `plc.log.bare`.
            pub const fn as_str(self) -> &'static str {
                match self { $(WarningCode::$name => $text,)* }
            }

            /// What the code means, in one line.
            pub const fn meaning(self) -> &'static str {
                match self { $(WarningCode::$name => $meaning,)* }
            }
        }
    };
}

warning_codes! {
    LogBare "plc.log.bare"
        "The log is the bare form, without times and nullified operations: nothing about recoveries could be judged."
    RotationKeysEmpty "plc.rotation_keys.empty"
        "An operation has no rotation keys: nothing can follow on it, the identity is frozen there."
    RotationKeysDuplicate "plc.rotation_keys.duplicate"
        "An operation lists a rotation key twice; its first place counts."
    RotationKeyUnusable "plc.rotation_key.unusable"
        "A current rotation key can sign nothing: it is malformed or neither secp256k1 nor P-256."
    VerificationMethodsMany "plc.verification_methods.many"
        "An operation has more than ten verification methods, more than the directory accepts today."
    OperationOversized "plc.operation.oversized"
        "An operation is larger than 7,500 bytes, more than the directory accepts today."
    DirectoryLag "plc.directory.lag"
        "A directory serves an older state of the log than another; the newest was used."
    DirectoryUnreachable "plc.directory.unreachable"
        "A directory gave no log, and the others alone were used."
    DocumentDiffers "plc.document.differs"
        "The directory serves another DID document than follows from its log; the log was used."
    FairMetadataLoose "fair.metadata.loose"
        "The metadata document lacks members that FAIR requires, or has them in another type."
    FairReleaseUnusable "fair.release.unusable"
        "The metadata document lists releases that are malformed; they were passed over."
    FairKeyUnusable "fair.key.unusable"
        "A FAIR signing key of the identity is malformed or of an unknown type; it was passed over."
    FairChecksumAbsent "fair.checksum.absent"
        "The package artifact has no checksum; the signature alone binds the bytes."
    FairSignatureLegacy "fair.signature.legacy"
        "The package signature is of a legacy form (ECDSA); WordPress checks only Ed25519."
    FairAliasUnconfirmed "fair.alias.unconfirmed"
        "The identity claims a domain as its alias, and the domain's DNS does not confirm it."
    PfnArchiveUnbound "pfn.archive.unbound"
        "The signature binds the plugin's id, name, version and description, not the archive's bytes."
}

impl std::fmt::Display for WarningCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Something that a verified input does that should be known. Safe to print, like an error's message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    code: WarningCode,
    message: String,
}

impl Warning {
    pub(crate) fn new(code: WarningCode, message: impl Into<String>) -> Self {
        Warning { code, message: message.into() }
    }

    /// The stable code.
    pub fn code(&self) -> WarningCode {
        self.code
    }

    /// What was found, and where. For people; not stable.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl std::fmt::Display for Warning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} [{}]", self.message, self.code)
    }
}
