//! The named steps of a verification. Their order is in `verification/steps.rs`.

table! {
    /// A named step of a verification. Every report lists all steps of its kind, each with its outcome.
    Check {
        Did "did" "the DID has the form of its method"
        PlcJson "plc.json" "the log is one strict JSON document within the limits"
        PlcOperations "plc.operations" "every entry is of this DID, and every operation has exactly its members"
        PlcCids "plc.cids" "every served CID is the hash of its operation"
        PlcGenesis "plc.genesis" "the DID is the hash of the genesis operation, which one of its own rotation keys signed"
        PlcChain "plc.chain" "every operation follows an earlier one that is neither nullified nor a tombstone"
        PlcTimes "plc.times" "every operation is later than the previous head"
        PlcSignatures "plc.signatures" "every operation is signed by a rotation key of the operation before it"
        PlcRecoveries "plc.recoveries" "every recovery came within 72 hours and from a key of higher authority"
        PlcFlags "plc.flags" "the directory's nullified flags match the operations"
        PinLog "pin.log" "the log takes back nothing that was seen before"
        WebDocument "web.document" "the DID document is one strict JSON document about this DID"
        FairMetadata "fair.metadata" "the metadata document is one strict JSON document of a known version"
        FairIdentity "fair.identity" "the metadata document is about this DID, of a known type, and the DID names a repository"
        FairKeys "fair.keys" "the identity has keys that sign packages"
        FairRelease "fair.release" "the metadata document lists the release, once"
        PinMetadata "pin.metadata" "no version that was seen before has another checksum now"
        FairBytes "fair.bytes" "the package was read to its end within the limit"
        FairArtifact "fair.artifact" "the release describes the package, with a signature"
        FairChecksum "fair.checksum" "the package matches the checksum of the release"
        FairSignature "fair.signature" "a signing key of the identity signed the package's bytes"
        FairRecoveryWindow "fair.recovery_window" "no recovery can undo the key that signed any more, or the caller accepts that one can"
        PinPackage "pin.package" "the bytes are a package of this version and of no other, as far as versions were seen before"
        FairAlias "fair.alias" "the domain that the identity claims confirms it in DNS"
        PfnKey "pfn.key" "the publisher's key is an Ed25519 public key"
        PfnPlugin "pfn.plugin" "the plugin record is one strict JSON document with the signed members"
        PfnChallenge "pfn.challenge" "the challenge is within the limit and cannot be a plugin record"
        PfnSignature "pfn.signature" "the publisher's key signed the bytes"
        PfnArchive "pfn.archive" "the archive's folder and plugin header match what was signed"
        PfnArchiveSignature "pfn.archive_signature" "the publisher's key signed the archive's bytes"
        PfnFederationInfo "pfn.federation_info" "the federation-info document is one strict JSON document with its members"
        PfnAuthorData "pfn.author_data" "the author-data document is one strict JSON document with its members"
        PfnAssetUrl "pfn.asset_url" "the naming scheme gives a URL within the source's own domain"
        Key "key" "the string is a public key of a type that can verify signatures"
    }
}

impl Check {
    /// The part before the dot.
    pub(crate) fn family(self) -> &'static str {
        self.as_str().split('.').next().unwrap_or_default()
    }
}
