//! The table of error codes.

/// Declares the codes: a table whose rows also have a number and a remedy. A macro, as `table!` is.
macro_rules! codes {
    ($($number:literal $name:ident $text:literal $meaning:literal $remedy:literal)*) => {
        table! {
            /// Why something was refused, or could not be judged.
            ///
            /// The string ([`Code::as_str`]) and the number ([`Code::number`]) are stable: they are never reused for
            /// another meaning. New codes may be added in any release.
            ///
            /// ```
            /// use fedverify::Code;
            ///
            /// let code = Code::PlcDidMismatch;
            /// assert_eq!(code.as_str(), "plc.did_mismatch");
            /// assert_eq!(Code::from_number(code.number()), Some(code));
            /// assert_eq!("plc.did_mismatch".parse(), Ok(code));
            /// ```
            Code { $($name $text $meaning)* }
        }

        impl Code {
            /// The stable number, for languages without enums. Never 0, which means success in C.
            pub const fn number(self) -> u16 {
                match self { $(Code::$name => $number,)* }
            }

            /// What to do about it, in one line.
            pub const fn remedy(self) -> &'static str {
                match self { $(Code::$name => $remedy,)* }
            }
        }
    };
}

codes! {
    101 InputMalformed "input.malformed"
        "The input is not well-formed JSON."
        "Give the document itself. If a server sent this, it may be an error page or a truncated response: fetch it again."
    102 InputTooLarge "input.too_large"
        "The input is larger than the limit."
        "Raise the limit that the message names if you expect inputs of this size."
    103 InputDuplicateMember "input.duplicate_member"
        "A JSON object has the same member twice, so two readers could see two values."
        "Do not use this document: no honest JSON writer produces it."
    104 InputTooDeep "input.too_deep"
        "The JSON is nested deeper than the limit."
        "Do not use this document: no honest one nests like this."
    105 InputTrailingBytes "input.trailing_bytes"
        "The input goes on after the end of the JSON document."
        "Fetch it again. If the error persists, the server is not serving one JSON document."
    106 InputByteOrderMark "input.byte_order_mark"
        "The input starts with a byte order mark, which JSON forbids (RFC 8259, section 8.1)."
        "Save the file as UTF-8 without a byte order mark."
    107 InputWrongType "input.wrong_type"
        "The JSON value has the wrong type for this document."
        "Check that this is the right kind of document and was not swapped with another input."
    108 InputNotUtf8 "input.not_utf8"
        "The input is not UTF-8."
        "Save or fetch it as UTF-8; nothing else is JSON (RFC 8259, section 8.1)."
    109 InputTooManyValues "input.too_many_values"
        "The JSON has more values than the limit."
        "Raise the limit that the message names if you expect inputs of this size."

    201 DidInvalid "did.invalid"
        "The string is not a DID that can be verified: it breaks the syntax of its method."
        "Check for missing characters, capitals and white space; a did:plc has 32 characters."
    202 DidUnsupported "did.unsupported"
        "The DID has a method that is not supported here."
        "Give a did:plc with its log, or a did:web with its DID document; no other method can be verified."
    203 DidDocumentMalformed "did.document.malformed"
        "The DID document lacks a member, or a member is not usable."
        "Check that the URL serves the DID document; tell the publisher if it does."
    204 DidDocumentIdMismatch "did.document.id_mismatch"
        "The DID document is about another DID."
        "Do not install: the server answered with another identity's document."

    301 KeyInvalid "key.invalid"
        "The string is not a public key, or the key is not a valid point of its curve."
        "Check that the whole key was copied; only compressed curve points are accepted."
    302 KeyUnsupported "key.unsupported"
        "The key is well-formed, but its type cannot verify signatures here."
        "Use an Ed25519, secp256k1 or P-256 key."

    401 PlcLogEmpty "plc.log.empty"
        "The log has no operations."
        "Check the DID: a directory has no log for an identity that it does not know."
    402 PlcLogTooLong "plc.log.too_long"
        "The log has more operations than the limit."
        "Raise the limit that the message names if this identity really has so long a history."
    403 PlcLogTooMuchWork "plc.log.too_much_work"
        "Verifying the log would take more signature checks than the limit."
        "Raise the limit that the message names if this identity really has such a history."
    404 PlcEntryMalformed "plc.entry.malformed"
        "An entry of the audit log lacks a member, or a member has the wrong type."
        "Ask another directory or mirror for the log; this one serves something else."
    405 PlcDidMismatch "plc.did_mismatch"
        "The log is not the log of this DID."
        "Check that the log and the DID belong together; if they do, the directory forged the log."
    406 PlcOperationMalformed "plc.operation.malformed"
        "An operation lacks a member, or a member has the wrong type or form."
        "Ask another directory or mirror for the log; no client could have submitted this operation."
    407 PlcOperationUnknownField "plc.operation.unknown_field"
        "An operation has a member that its type does not have."
        "Ask another directory or mirror for the log; such operations were purged as never valid."
    408 PlcOperationTooManyRotationKeys "plc.operation.too_many_rotation_keys"
        "An operation has more rotation keys than the limit, the most that any directory has ever allowed."
        "Ask another directory or mirror for the log."
    409 PlcGenesisInvalid "plc.genesis.invalid"
        "The log does not start with a genesis operation."
        "Ask for the whole log from its start; this one was cut or reordered."
    410 PlcGenesisRepeated "plc.genesis.repeated"
        "The log has a second genesis operation."
        "Ask another directory or mirror for the log."
    411 PlcCidMismatch "plc.cid.mismatch"
        "The served CID is not the hash of the operation."
        "Ask another directory or mirror for the log; the operation or its CID was changed."
    412 PlcPrevMismatch "plc.prev.mismatch"
        "An operation does not follow an earlier operation of the log."
        "Ask another directory or mirror for the log; operations were dropped, changed or reordered."
    413 PlcPrevNullified "plc.prev.nullified"
        "An operation follows one that a recovery had nullified."
        "Ask another directory or mirror for the log; the directory must never have accepted this operation."
    414 PlcTombstoned "plc.tombstoned"
        "The identity was deactivated by a tombstone: no operation may follow it, and it no longer vouches for anything."
        "Do not install: the publisher deactivated this identity."
    415 PlcSignatureEncoding "plc.signature.encoding"
        "A signature is not 64 bytes in canonical base64url without padding."
        "Ask another directory or mirror for the log; such operations were purged as never valid."
    416 PlcSignatureHighS "plc.signature.high_s"
        "A signature has the high-S form, which anyone can make from a valid one."
        "Ask another directory or mirror for the log; such operations were purged as never valid."
    417 PlcSignatureInvalid "plc.signature.invalid"
        "The signature was not made by any key that may sign this operation."
        "Do not use this log: it was forged or changed."
    418 PlcNullificationLate "plc.nullification.late"
        "A recovery came more than 72 hours after the operation that it nullifies."
        "Ask another directory or mirror for the log; the directory must never have accepted this operation."
    419 PlcNullificationAuthority "plc.nullification.authority"
        "A recovery is signed by a key without higher authority than the signer of the operation it nullifies."
        "Ask another directory or mirror for the log; the directory must never have accepted this operation."
    420 PlcNullifiedFlag "plc.nullified_flag"
        "The directory's nullified flag does not match the operations."
        "Ask another directory or mirror for the log; this one misstates which operations count."
    421 PlcTimestampMalformed "plc.timestamp.malformed"
        "A createdAt is not an RFC 3339 date-time as the AT protocol writes it."
        "Ask another directory or mirror for the log."
    422 PlcTimestampOrder "plc.timestamp.order"
        "An operation is not later than the previous head."
        "Ask another directory or mirror for the log; its times were changed or its entries reordered."
    423 PlcDirectoryDisagree "plc.directory.disagree"
        "Directories serve logs of this DID that contradict each other."
        "Trust none of these logs: at least one directory withholds operations, shows a fork or changed the times. Ask the publisher."
    424 PlcRotationKeyInvalid "plc.rotation_key.invalid"
        "A rotation key before the signer's is not a secp256k1 or P-256 key, so no verifier can read past it."
        "Ask another directory or mirror for the log; the directory must never have accepted this operation."
    425 PlcOperationTooLarge "plc.operation.too_large"
        "An operation has more bytes of DAG-CBOR than the limit."
        "Raise the limit that the message names if this identity really has such an operation."
    426 PlcOperationTooManyMembers "plc.operation.too_many_members"
        "An operation lists more verification methods, services or aliases than the limit."
        "Raise the limit that the message names if this identity really has so many."

    501 FairMetadataMalformed "fair.metadata.malformed"
        "The metadata document is not a FAIR metadata document of a known version."
        "Check that the URL serves the package's metadata; tell the publisher if it does."
    502 FairMetadataIdMismatch "fair.metadata.id_mismatch"
        "The metadata document is about another DID."
        "Do not install: the repository answered with another package's metadata."
    503 FairMetadataTypeUnknown "fair.metadata.type_unknown"
        "The package has a type that this verifier does not know."
        "Do not install: FAIR forbids installing packages of unknown types."
    504 FairServiceMissing "fair.service.missing"
        "The identity names no FAIR package repository."
        "Check the DID: this identity does not publish a FAIR package."
    505 FairKeyMissing "fair.key.missing"
        "The identity has no FAIR signing key."
        "Do not install: the publisher withdrew the keys that sign packages, or never added any."
    506 FairReleaseMissing "fair.release.missing"
        "The metadata document has no such release."
        "Ask for a version that the metadata document lists."
    507 FairReleaseMalformed "fair.release.malformed"
        "The metadata document does not describe the release in a usable form."
        "Choose another release, or tell the publisher."
    508 FairReleaseAmbiguous "fair.release.ambiguous"
        "The metadata document describes this version more than once."
        "Choose another release, or tell the publisher: a published version never changes."
    509 FairArtifactMissing "fair.artifact.missing"
        "The release has no such package artifact."
        "Check the artifact's URL against the metadata document."
    510 FairArtifactMalformed "fair.artifact.malformed"
        "The metadata document does not describe the package artifact in a usable form."
        "Choose another release, or tell the publisher."
    511 FairArtifactTooMany "fair.artifact.too_many"
        "The release has more package artifacts than the limit."
        "Pass the URL that the package was fetched from (artifactUrl), or raise the limit that the message names."
    512 FairSignatureMissing "fair.signature.missing"
        "The package artifact has no signature."
        "Do not install: a checksum alone proves nothing about the publisher."
    513 FairSignatureEncoding "fair.signature.encoding"
        "The package signature is not canonical base64url without padding, or has the wrong length."
        "Tell the publisher; do not install."
    514 FairSignatureInvalid "fair.signature.invalid"
        "No current signing key of the identity made this signature over these bytes."
        "Do not install: the package was changed, or someone else signed it."
    515 FairChecksumMalformed "fair.checksum.malformed"
        "The checksum is not an algorithm, a colon and that algorithm's digest in hexadecimal."
        "Tell the publisher; do not install."
    516 FairChecksumMismatch "fair.checksum.mismatch"
        "The package does not match the checksum in the metadata document."
        "Download it again; if the error persists, do not install."
    517 FairChecksumUnsupported "fair.checksum.unsupported"
        "The checksum uses an algorithm other than SHA-256 and SHA-384."
        "Tell the publisher; do not install."
    518 FairTooMuchWork "fair.too_much_work"
        "Checking the package would take more signing keys or signature checks than the limit."
        "Pass the URL that the package was fetched from (artifactUrl), or raise the limit that the message names."
    519 FairAliasMismatch "fair.alias.mismatch"
        "The domain that the identity claims as its alias does not confirm it."
        "Do not rely on the domain. To verify anyway, pass the DID."
    520 FairServiceInvalid "fair.service.invalid"
        "The identity's package repository is not an absolute https URL with a host."
        "Do not install: FAIR declares such an identity invalid. Tell the publisher."
    521 FairKeyTooFresh "fair.key.too_fresh"
        "The key that signed the package is so new that its owner can still undo it."
        "Wait until the time that the message names. If you know that the publisher changed the key, verify without waitRecoveryWindow."
    522 FairVersionInvalid "fair.version.invalid"
        "The version is empty or too long, has characters that versions do not have, or has no order where one is needed."
        "Choose another release, or tell the publisher."

    601 PfnKeyInvalid "pfn.key.invalid"
        "The publisher key is not an Ed25519 public key in PEM or base64."
        "Ask the publisher for the whole Ed25519 public key, as PEM or as 32 bytes in base64."
    602 PfnPluginMalformed "pfn.plugin.malformed"
        "The plugin record lacks a member, or a member is not usable."
        "Check that this is one plugin's record and not a list of them."
    603 PfnPluginNotText "pfn.plugin.not_text"
        "A signed member of the plugin record is neither a string nor null."
        "Ask the publisher to write it as a string: for other types, JSON.stringify signs something else than the document holds."
    604 PfnSignatureMissing "pfn.signature.missing"
        "There is no signature to check."
        "Ask the publisher to sign, or give the signature beside the record."
    605 PfnSignatureEncoding "pfn.signature.encoding"
        "The signature is not 64 bytes in base64 or base64url."
        "Check that the whole signature was copied."
    606 PfnSignatureInvalid "pfn.signature.invalid"
        "The publisher's key did not make this signature over these bytes."
        "Do not install: the record was changed, or someone else signed it."
    607 PfnFederationInfoMalformed "pfn.federation_info.malformed"
        "The federation-info document lacks a member, or a member is not usable."
        "Check that the URL belongs to a federation source."
    608 PfnAuthorDataMalformed "pfn.author_data.malformed"
        "The author-data document lacks a member, or a member is not usable."
        "Check that the URL belongs to a federation source and names an author."
    609 PfnAssetUrlRefused "pfn.asset_url.refused"
        "Domain, naming scheme and names do not form a URL within the source's domain that every node reads alike."
        "Do not fetch the archive; tell the source's operator."
    610 PfnArchiveUnreadable "pfn.archive.unreadable"
        "The archive cannot be read as a plugin's ZIP file."
        "Download it again; if the error persists, do not install."
    611 PfnArchiveInconsistent "pfn.archive.inconsistent"
        "The archive's plugin header or folder does not match what was signed."
        "Do not install: this is not the plugin version that the record describes."
    612 PfnArchiveSignatureInvalid "pfn.archive.signature_invalid"
        "The publisher's key did not make this signature over the archive."
        "Do not install: the archive was changed, or someone else signed it."
    613 PfnChallengeMalformed "pfn.challenge.malformed"
        "The challenge is empty or longer than the limit."
        "Give the challenge exactly as it was sent."
    614 PfnChallengeAmbiguous "pfn.challenge.ambiguous"
        "The challenge is a JSON object, so its answer could serve as the signature of a plugin record."
        "Never send or accept such a challenge; make a new one that is not a JSON object."

    701 PinMalformed "pin.malformed"
        "The pin cannot be read: it is damaged, belongs to another identity, or has another format."
        "Restore the pin from a backup. Remove it only if there is no backup: everything that it remembers is then lost."
    702 PinRollback "pin.rollback"
        "The log lacks operations that were seen before: it was cut back."
        "Do not install. Ask another directory or mirror; this one withholds the newest operations."
    703 PinFork "pin.fork"
        "The log leaves the history that was seen before without lawfully nullifying it."
        "Do not install. Ask another directory or mirror; this one shows different histories to different clients."
    704 PinNullificationLate "pin.nullification_late"
        "The log nullifies an operation that this verifier still saw in force after the recovery window."
        "Do not install before the publisher has confirmed the recovery by other means; then remove the pin."
    705 PinReleaseChanged "pin.release_changed"
        "A version that was seen before has other bytes now, or known bytes come under another version."
        "Do not install: a published version never changes."
    706 PinDowngrade "pin.downgrade"
        "The version is lower than one that was verified before."
        "If you do want the older version, verify without noDowngrade."
    707 PinTooLarge "pin.too_large"
        "What must be remembered does not fit into a pin."
        "Raise the limit that the message names, now and on every later visit."

    801 IoFileMissing "io.file.missing"
        "A file does not exist."
        "Check the path."
    802 IoFileUnreadable "io.file.unreadable"
        "A file could not be read to its end."
        "Check that it is a file and that you may read it."
    803 IoNetworkDns "io.network.dns"
        "The name of a server could not be resolved."
        "Check the URL for typos and that DNS works."
    804 IoNetworkConnect "io.network.connect"
        "No connection to a server could be made."
        "Check that the server is up and whether this machine needs a proxy."
    805 IoNetworkTls "io.network.tls"
        "No trusted connection to a server could be made: TLS failed."
        "Check this machine's clock and its certificate authorities."
    806 IoNetworkTimeout "io.network.timeout"
        "A server did not answer in time."
        "Try again later, or allow more time."
    807 IoNetworkStatus "io.network.status"
        "A server answered with a status other than success."
        "Check the URL and the DID; for a status of 500 or above, or 429, try again later."
    808 IoNetworkRedirect "io.network.redirect"
        "A server redirected too often, or to where a verifier must not follow."
        "Ask the server's operator for the final URL."
    809 IoNetworkInsecure "io.network.insecure"
        "The URL is not https, or leads to this machine or its network; http is for loopback only."
        "Use an https URL."
    810 IoNetworkAnswer "io.network.answer"
        "A server's response is not HTTP, ended early, or has an encoding that was not asked for."
        "Try again later; tell the server's operator if the error persists."
    811 IoFileUnwritable "io.file.unwritable"
        "What must be remembered could not be written."
        "Check that the folder exists and that you may write to it, or verify without remembering."
    812 IoMemory "io.memory"
        "Memory ran out before the input was read."
        "Give the process more memory, or lower the limit of this input."
    813 IoDirectoryUnknown "io.directory.unknown"
        "The directory does not know the DID."
        "Check the DID, or ask another directory."
    814 IoDirectoryDeactivated "io.directory.deactivated"
        "The directory says that the DID is deactivated, but serves no log that shows it."
        "Ask another directory for the log."

    901 ApiArgument "api.argument"
        "An argument is missing or invalid."
        "Fix the call; the function's documentation says what each argument must be."
    902 ApiUsedUp "api.used_up"
        "The object was used up by an earlier call."
        "Create a new object for each use; the documentation says which call uses it up."
    903 ApiPanicked "api.panicked"
        "fedverify itself failed and judged nothing: this is a bug."
        "Treat the input as not verified, and report the bug with the input."
    904 ApiUnsupported "api.unsupported"
        "This backend cannot judge this input."
        "Treat the input as not verified; use the PHP extension, the C library or the command, which can judge it."
}

impl Code {
    /// The code with this number, if there is one.
    pub fn from_number(number: u16) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.number() == number)
    }

    /// The part before the first dot: `input`, `did`, `key`, `plc`, `fair`, `pfn`, `pin`, `io` or `api`.
    pub fn family(self) -> &'static str {
        self.as_str().split('.').next().unwrap_or_default()
    }

    /// Whether the code says that nothing could be judged (a file was missing, a function was called wrongly), rather than
    /// that something was judged and refused. The command line answers these with exit status 2 instead of 1.
    pub fn is_undetermined(self) -> bool {
        matches!(self.family(), "io" | "api")
    }
}

impl std::str::FromStr for Code {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        Code::from_name(text).ok_or(UnknownCode)
    }
}

/// The string is not one of [`Code::NAMES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownCode;

impl std::fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not an error code of fedverify")
    }
}

impl std::error::Error for UnknownCode {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::InputName;

    #[test]
    fn numbers_and_texts_are_unique_ordered_and_round_trip() {
        assert!(Code::ALL.windows(2).all(|pair| pair[0].number() < pair[1].number()));
        for code in Code::ALL {
            assert_eq!(Code::from_number(code.number()), Some(*code));
            assert_eq!(code.as_str().parse(), Ok(*code));
            assert!(code.meaning().ends_with('.') && code.remedy().ends_with('.'), "{code}");
        }
        assert_eq!("plc.nonsense".parse::<Code>(), Err(UnknownCode));
    }

    /// Every binding shows the same remedies, so they name what every binding has: inputs.
    #[test]
    fn remedies_name_no_options_of_one_binding() {
        let is_name = |word: &&str| {
            word.contains(|c: char| c.is_ascii_uppercase())
                && word.starts_with(|c: char| c.is_ascii_lowercase())
        };
        for code in Code::ALL {
            let words = code.remedy().split(|c: char| !c.is_ascii_alphanumeric());
            for name in words.filter(is_name) {
                assert!(InputName::from_name(name).is_some(), "{code}: {name}");
            }
            assert!(!code.remedy().contains("--"), "{code}");
        }
    }

    #[test]
    fn the_number_names_the_family() {
        let families = [
            (1, "input"),
            (2, "did"),
            (3, "key"),
            (4, "plc"),
            (5, "fair"),
            (6, "pfn"),
            (7, "pin"),
            (8, "io"),
            (9, "api"),
        ];
        for code in Code::ALL {
            let expected = families.iter().find(|(hundreds, _)| *hundreds == code.number() / 100);
            assert_eq!(expected.map(|(_, family)| *family), Some(code.family()), "{code}");
        }
    }
}
