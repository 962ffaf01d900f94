//! What can be verified, how it can end, and what a verdict rests on.

table! {
    /// What is verified.
    Kind {
        PlcLog "plc-log" "The log of a did:plc."
        WebDocument "web-document" "The DID document of a did:web."
        FairMetadata "fair-metadata" "The metadata document of a FAIR package, down to one release, without the package's bytes."
        FairPackage "fair-package" "A FAIR package."
        FairAlias "fair-alias" "The domain alias that an identity claims, against the domain's TXT records."
        PfnPlugin "pfn-plugin" "A plugin record of the Plugin Federation Network."
        PfnChallenge "pfn-challenge" "The answer to an ownership challenge of the Plugin Federation Network."
        PfnFederationInfo "pfn-federation-info" "The document by which a federation source introduces itself."
        PfnAuthorData "pfn-author-data" "The document in which a federation source lists an author's plugins."
        PfnAssetUrl "pfn-asset-url" "The URL of a plugin's archive at a federation source."
        Key "key" "A public key as a string."
    }
}

table! {
    /// How a verification ended. There are three ways, never two.
    Verdict {
        Verified "verified" "Nothing was refused, and what the report's trust names was proven; without a trust, what was read is well-formed, and no more."
        Rejected "rejected" "Something was judged and refused."
        Undetermined "undetermined" "Nothing could be judged: an input is missing or unreadable, or the call was wrong."
    }
}

table! {
    /// What a verdict rests on.
    Trust {
        SelfCertified "self-certified" "The DID commits to the keys, through its whole log."
        Web "web" "A did:web document: whoever controls the domain and its TLS said so."
        Key "key" "The caller already trusts this public key."
    }
}

table! {
    /// What became of a step of a verification.
    Outcome {
        Pass "pass" "The step passed."
        Fail "fail" "The step failed."
        Skipped "skipped" "There was nothing to check; the detail says why."
        NotReached "not-reached" "An earlier step stopped the verification, or what this step needs was missing; the detail says what."
    }
}
