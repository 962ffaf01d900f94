//! What a report names of what was verified: types of operations and packages, forms of signatures.

table! {
    /// The type of an operation (did-plc.md, "Operations").
    OperationType {
        Regular "plc_operation" "It sets the whole state of the identity."
        Tombstone "plc_tombstone" "It deactivates the identity."
        Create "create" "The legacy form of a genesis."
    }
}

table! {
    /// The package types of FAIR's registry (fair.md, "Package types"). Whether a client installs a type is the client's matter.
    PackageType {
        WpPlugin "wp-plugin" "A WordPress plugin."
        WpTheme "wp-theme" "A WordPress theme."
        WpCore "wp-core" "WordPress itself."
        Typo3Extension "typo3-extension" "A TYPO3 extension."
    }
}

table! {
    /// How a package was signed (fair.md, "Package signatures").
    SignatureForm {
        Ed25519Sha384 "ed25519-sha384" "Ed25519 over the raw SHA-384 digest: the form that WordPress checks."
        Secp256k1Sha256 "secp256k1-sha256" "secp256k1 ECDSA over the SHA-256 digest: legacy, until 2025-09-21."
        Secp256k1Sha384 "secp256k1-sha384" "secp256k1 ECDSA over the leftmost 32 bytes of the SHA-384 digest: legacy."
        P256Sha256 "p256-sha256" "P-256 ECDSA over the SHA-256 digest: legacy."
        P256Sha384 "p256-sha384" "P-256 ECDSA over the leftmost 32 bytes of the SHA-384 digest: legacy."
    }
}
