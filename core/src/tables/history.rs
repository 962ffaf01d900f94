//! What a report names of an operation's changes (did-plc.md, "What an operation changed").

table! {
    /// What became of a part of the state.
    ChangeKind {
        Removed "removed" "The state before has it, the one after does not."
        Added "added" "The state after has it, the one before does not."
        Reordered "reordered" "Rotation keys that both states have are in a different order, which changes their authority."
    }
}

table! {
    /// A part of an identity's state.
    StatePart {
        RotationKeys "rotationKeys" "Who controls the identity."
        VerificationMethods "verificationMethods" "Who signs for the identity."
        Services "services" "Where the identity is found."
        AlsoKnownAs "alsoKnownAs" "What else the identity is called."
    }
}

table! {
    /// How serious an operation's changes are, least serious first.
    Gravity {
        None "none" "Nothing changed, or the operation is the genesis."
        Minor "minor" "Services or aliases changed: where the identity is found and what it is called."
        Serious "serious" "Verification methods changed: who signs for the identity."
        Grave "grave" "Rotation keys changed, operations were undone, or the identity was deactivated: who controls it."
    }
}
