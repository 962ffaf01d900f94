//! The inputs of a verification, by the names that every binding, the command and the corpus use.

use super::kinds::Kind;
use super::limits::Limits;

table! {
    /// An input of a verification.
    InputName {
        Did "did" "The expected DID of the log, the document or the package."
        Log "log" "The audit log, bare log or export, as the directory serves it."
        Document "document" "A document: the DID document of a did:web, a federation-info or an author-data document."
        Metadata "metadata" "The FAIR metadata document, as the repository serves it."
        Pin "pin" "The pin of the last visit."
        Remember "remember" "Ask for a pin to keep. Giving a pin asks for one too."
        Now "now" "The verifier's clock, in seconds since 1970."
        Release "release" "The expected version of the package; the latest by default."
        ArtifactUrl "artifactUrl" "The URL that the package was fetched from: only that artifact counts."
        NoDowngrade "noDowngrade" "Refuse a version below the highest that was seen before."
        WaitRecoveryWindow "waitRecoveryWindow" "Refuse a package whose signing key a recovery can still undo."
        History "history" "Put the identity's history, and the DID document that follows from it, into the report."
        Txt "txt" "The TXT records of the claimed domain, one per line."
        Key "key" "A public key: PEM, base64, did:key or multibase."
        Plugin "plugin" "The plugin record: one JSON object."
        Signature "signature" "The signature, if the record does not contain it."
        ArchiveSignature "archiveSignature" "The publisher's signature over the archive."
        Challenge "challenge" "The ownership challenge, exactly as it was sent."
        Author "author" "The author's user name at the federation source."
        Slug "slug" "The plugin's id at the federation source."
        Package "package" "The package, as a stream."
        Archive "archive" "The plugin's archive, as a stream."
    }
}

/// What an input is. Exhaustive: a binding that forgot one must not compile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InputType {
    /// Bytes, within a limit.
    Bytes,
    /// A UTF-8 string.
    String,
    /// A whole number.
    Number,
    /// True or false.
    Flag,
    /// Bytes of any length, read once after the other inputs.
    Stream,
}

impl InputType {
    /// The word for it that requests in JSON and documents use.
    pub const fn as_str(self) -> &'static str {
        match self {
            InputType::Bytes => "bytes",
            InputType::String => "string",
            InputType::Number => "number",
            InputType::Flag => "flag",
            InputType::Stream => "stream",
        }
    }
}

impl InputName {
    /// What the input is.
    pub const fn input_type(self) -> InputType {
        match self {
            InputName::Log
            | InputName::Document
            | InputName::Metadata
            | InputName::Pin
            | InputName::Key
            | InputName::Plugin => InputType::Bytes,
            InputName::Did
            | InputName::Release
            | InputName::ArtifactUrl
            | InputName::Txt
            | InputName::Signature
            | InputName::ArchiveSignature
            | InputName::Challenge
            | InputName::Author
            | InputName::Slug => InputType::String,
            InputName::Now => InputType::Number,
            InputName::Remember
            | InputName::NoDowngrade
            | InputName::WaitRecoveryWindow
            | InputName::History => InputType::Flag,
            InputName::Package | InputName::Archive => InputType::Stream,
        }
    }

    /// The name of the limit on its bytes; `None` for an input that is not bytes.
    pub const fn limit(self) -> Option<&'static str> {
        match self {
            InputName::Log => Some("logBytes"),
            InputName::Metadata => Some("metadataBytes"),
            InputName::Pin => Some("pinBytes"),
            InputName::Document | InputName::Key | InputName::Plugin => Some("recordBytes"),
            InputName::Package | InputName::Archive => Some("packageBytes"),
            InputName::Did
            | InputName::Remember
            | InputName::Now
            | InputName::Release
            | InputName::ArtifactUrl
            | InputName::NoDowngrade
            | InputName::WaitRecoveryWindow
            | InputName::History
            | InputName::Txt
            | InputName::Signature
            | InputName::ArchiveSignature
            | InputName::Challenge
            | InputName::Author
            | InputName::Slug => None,
        }
    }

    /// The most bytes that the input may have by these limits; `None` for an input that is not bytes. A caller that reads it
    /// needs no more than one byte above that.
    pub fn max_bytes(self, limits: &Limits) -> Option<u64> {
        limits.value(self.limit()?)
    }
}

/// The identity: a log of a did:plc or the document of a did:web, what was remembered of it, and the clock.
const IDENTITY: &[InputName] = &[
    InputName::Did,
    InputName::Log,
    InputName::Document,
    InputName::Pin,
    InputName::Remember,
    InputName::Now,
    InputName::History,
];

/// The release, beside the identity.
const RELEASE: &[InputName] =
    &[InputName::Metadata, InputName::Release, InputName::NoDowngrade, InputName::Txt];

impl Kind {
    /// The inputs that a verification of this kind takes, in the order of the table.
    pub fn inputs(self) -> impl Iterator<Item = InputName> {
        InputName::ALL.iter().copied().filter(move |name| self.takes(*name))
    }

    /// Whether a verification of this kind takes the input.
    pub fn takes(self, name: InputName) -> bool {
        use InputName as I;
        match self {
            Kind::PlcLog => IDENTITY.contains(&name) && name != I::Document,
            Kind::WebDocument => [I::Did, I::Document, I::Now].contains(&name),
            Kind::FairMetadata => IDENTITY.contains(&name) || RELEASE.contains(&name),
            Kind::FairPackage => {
                let of_package = [I::ArtifactUrl, I::WaitRecoveryWindow, I::Package];
                IDENTITY.contains(&name) || RELEASE.contains(&name) || of_package.contains(&name)
            }
            Kind::FairAlias => IDENTITY.contains(&name) || name == I::Txt,
            Kind::PfnPlugin => {
                [I::Key, I::Plugin, I::Signature, I::Archive, I::ArchiveSignature].contains(&name)
            }
            Kind::PfnChallenge => [I::Key, I::Challenge, I::Signature].contains(&name),
            Kind::PfnFederationInfo => name == I::Document,
            Kind::PfnAuthorData => [I::Document, I::Key].contains(&name),
            Kind::PfnAssetUrl => [I::Document, I::Author, I::Slug].contains(&name),
            Kind::Key => name == I::Key,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_has_a_limit_that_exists() {
        for name in InputName::ALL {
            let is_read = matches!(name.input_type(), InputType::Bytes | InputType::Stream);
            assert_eq!(name.limit().is_some(), is_read, "{name}");
            assert!(name.limit().is_none_or(|limit| Limits::NAMES.contains(&limit)), "{name}");
        }
    }

    #[test]
    fn each_kind_takes_its_inputs_and_no_others() {
        let inputs = |kind: Kind| kind.inputs().map(InputName::as_str).collect::<Vec<_>>().join(" ");
        let of_release = "did log document metadata pin remember now release noDowngrade history txt";
        let of_package = "did log document metadata pin remember now release artifactUrl noDowngrade waitRecoveryWindow \
                          history txt package";
        let expected = [
            (Kind::PlcLog, "did log pin remember now history"),
            (Kind::WebDocument, "did document now"),
            (Kind::FairMetadata, of_release),
            (Kind::FairPackage, of_package),
            (Kind::FairAlias, "did log document pin remember now history txt"),
            (Kind::PfnPlugin, "key plugin signature archiveSignature archive"),
            (Kind::PfnChallenge, "key signature challenge"),
            (Kind::PfnFederationInfo, "document"),
            (Kind::PfnAuthorData, "document key"),
            (Kind::PfnAssetUrl, "document author slug"),
            (Kind::Key, "key"),
        ];
        assert_eq!(expected.map(|(kind, _)| kind).as_slice(), Kind::ALL);
        for (kind, expected) in expected {
            assert_eq!(inputs(kind), expected, "{kind}");
        }
    }

    #[test]
    fn an_input_has_its_type_and_as_many_bytes_as_its_limit() {
        let types = [InputName::Log, InputName::Did, InputName::Now, InputName::History, InputName::Package];
        let types = types.map(|name| name.input_type().as_str());
        assert_eq!(types, ["bytes", "string", "number", "flag", "stream"]);
        let limits = Limits { log_bytes: 7, package_bytes: 8, ..Limits::default() };
        let of = |name: InputName| name.max_bytes(&limits);
        assert_eq!(
            (of(InputName::Log), of(InputName::Archive), of(InputName::Did)),
            (Some(7), Some(8), None)
        );
    }
}
