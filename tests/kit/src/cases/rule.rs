//! The rules that cases are about: pages of `docs/rules` and their headings.

/// did:plc logs, and what is remembered of them.
pub(in crate::cases) mod plc {
    pub(in crate::cases) const OPERATIONS: &str = r#"did-plc.md, "Operations""#;
    pub(in crate::cases) const SERVED: &str = r#"did-plc.md, "What a directory serves""#;
    pub(in crate::cases) const LEGACY: &str = r#"did-plc.md, "Legacy genesis""#;
    pub(in crate::cases) const UNKNOWN_MEMBERS: &str = r#"did-plc.md, "Unknown members""#;
    pub(in crate::cases) const ENTRIES: &str = r#"did-plc.md, "Entries""#;
    pub(in crate::cases) const EXPORTS: &str = r#"did-plc.md, "Exports""#;
    pub(in crate::cases) const BYTES: &str = r#"did-plc.md, "Bytes and CID""#;
    pub(in crate::cases) const DID: &str = r#"did-plc.md, "The DID""#;
    pub(in crate::cases) const TIMESTAMPS: &str = r#"did-plc.md, "Timestamps""#;
    pub(in crate::cases) const SIGNATURES: &str = r#"did-plc.md, "Signatures""#;
    pub(in crate::cases) const KEYS_BEFORE: &str = r#"did-plc.md, "Rotation keys before the signer""#;
    pub(in crate::cases) const ROTATION_KEYS: &str = r#"did-plc.md, "Rotation keys""#;
    pub(in crate::cases) const METHODS: &str = r#"did-plc.md, "Verification methods""#;
    pub(in crate::cases) const GENESIS: &str = r#"did-plc.md, "Genesis""#;
    pub(in crate::cases) const CHAIN: &str = r#"did-plc.md, "Chain""#;
    pub(in crate::cases) const RECOVERY: &str = r#"did-plc.md, "Recovery""#;
    pub(in crate::cases) const TOMBSTONES: &str = r#"did-plc.md, "Tombstones""#;
    pub(in crate::cases) const FLAGS: &str = r#"did-plc.md, "Nullified flags""#;
    pub(in crate::cases) const BARE: &str = r#"did-plc.md, "Bare logs""#;
    pub(in crate::cases) const HISTORY: &str = r#"did-plc.md, "History that still verifies""#;
    pub(in crate::cases) const BOUNDS: &str = r#"did-plc.md, "Bounds""#;
    pub(in crate::cases) const PINS: &str = r#"did-plc.md, "Pins""#;
    pub(in crate::cases) const DIGEST: &str = r#"did-plc.md, "The digest of a pin""#;
    pub(in crate::cases) const REFUSES: &str = r#"did-plc.md, "What a pin refuses""#;
    pub(in crate::cases) const KEPT: &str = r#"did-plc.md, "Which pin is kept""#;
    pub(in crate::cases) const LATE: &str = r#"did-plc.md, "Late nullifications""#;
    pub(in crate::cases) const CHANGES: &str = r#"did-plc.md, "What an operation changed""#;
    pub(in crate::cases) const DOCUMENTS: &str = r#"did-plc.md, "Documents""#;
    pub(in crate::cases) const SEVERAL: &str = r#"did-plc.md, "Several directories""#;
    pub(in crate::cases) const TWO: &str = r#"did-plc.md, "Two logs""#;
    pub(in crate::cases) const CONTESTABLE: &str = r#"did-plc.md, "What can still be undone""#;
}

/// FAIR packages.
pub(in crate::cases) mod fair {
    pub(in crate::cases) const RELEASES: &str = r#"fair.md, "What a pin remembers of releases""#;
    pub(in crate::cases) const FRESH: &str = r#"fair.md, "Fresh keys""#;
}

/// JSON documents.
pub(in crate::cases) mod json {
    pub(in crate::cases) const STRICT: &str = r#"json.md, "Strict JSON""#;
    pub(in crate::cases) const ONCE: &str = r#"json.md, "Duplicate members""#;
    pub(in crate::cases) const FIRST: &str = r#"json.md, "The first error""#;
    pub(in crate::cases) const BOUNDS: &str = r#"json.md, "Bounds""#;
    pub(in crate::cases) const NUMBERS: &str = r#"json.md, "Numbers""#;
    pub(in crate::cases) const UNREADABLE: &str = r#"json.md, "Unreadable inputs""#;
}
