//! Plugin records: what a source claims about a plugin, and what its publisher signed of it (pfn.md, "Signed metadata").

use super::archive::{ArchiveBinding, CheckedArchive, PluginArchive};
use super::archive_digest::ArchiveDigest;
use super::key::PublisherKey;
use super::signature::Signature;
use super::signed_string::{Member, stringify};
use crate::error::Error;
use crate::json::{self, Fields, Value};
use crate::key::PublicKey;
use crate::tables::{Check, Code, Limits, WarningCode};
use crate::warning::Warning;

/// What a source says about one plugin. Untrusted until [`PluginRecord::verify`].
///
/// ```
/// use fedverify::{Code, Limits, WarningCode, pfn::{PluginRecord, PublisherKey}};
///
/// let limits = Limits::default();
/// let key = PublisherKey::parse(b"6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=", &limits)?;
/// let json = br#"{"slug": "gallery", "name": "Gallery", "version": "1.0.0", "short_description": "Pictures",
///     "signature": "sqyf5TDcZ9PkNsLvwoS7tqaeDSHLx4c9xOP6S+J7TF0+0INcCD+ygs+Dt54OotlKdiokp2z50HBy8kCr2PGLCQ=="}"#;
/// let record = PluginRecord::parse(json, &limits)?;
/// assert_eq!(
///     record.signed_string(),
///     r#"{"id":"gallery","name":"Gallery","version":"1.0.0","description":"Pictures"}"#,
/// );
///
/// let plugin = record.verify(&key, None)?;
/// assert_eq!((plugin.id(), plugin.version()), ("gallery", Some("1.0.0")));
/// let warnings: Vec<WarningCode> = plugin.warnings().iter().map(|warning| warning.code()).collect();
/// assert_eq!(warnings, [WarningCode::PfnArchiveUnbound, WarningCode::PfnSignatureOracle]);
///
/// let forged = String::from_utf8_lossy(json).replace("1.0.0", "1.0.1");
/// let refusal = PluginRecord::parse(forged.as_bytes(), &limits)?.verify(&key, None).unwrap_err();
/// assert_eq!(refusal.code(), Code::PfnSignatureInvalid);
/// # Ok::<(), fedverify::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PluginRecord {
    /// Never empty.
    pub(super) id: String,
    pub(super) name: Member,
    pub(super) version: Member,
    pub(super) description: Member,
    pub(super) signature: Option<String>,
}

impl PluginRecord {
    /// Reads one plugin's record, as it is in an author-data document or in a federation node's lists.
    ///
    /// The id is the member `slug`, or `id` where there is no `slug`; the description is `short_description`, or
    /// `description` where there is no `short_description`. Members that are not signed are ignored: sources add tags,
    /// icons, ratings and more.
    ///
    /// A signed member is a string, null or absent. A number, boolean, array or object is refused, although
    /// `JSON.stringify` could sign one: it signs its own form of the value (`1.0` becomes `1`, `1e3` becomes `1000`,
    /// members named by integers move to the front), so which bytes were signed would depend on how a JSON reader keeps
    /// numbers and order.
    ///
    /// # Errors
    ///
    /// Every `input.*` code of a document, [`Code::InputWrongType`] if it is not an object; [`Code::PfnPluginNotText`];
    /// [`Code::PfnPluginMalformed`] for an id that is missing, null or empty, and for a signature that is neither a string
    /// nor null.
    pub fn parse(json: &[u8], limits: &Limits) -> Result<Self, Error> {
        PluginRecord::read(json, limits).map_err(|error| error.at(Check::PfnPlugin))
    }

    fn read(json: &[u8], limits: &Limits) -> Result<Self, Error> {
        let value = json::parse("plugin record", json, ("recordBytes", limits.record_bytes), limits)?;
        let mut fields = Fields::from_value(value).map_err(|other| {
            let message = format!("the plugin record must be an object, found {}", other.kind());
            Error::new(Code::InputWrongType, message)
        })?;
        Ok(PluginRecord {
            id: take_id(&mut fields)?,
            name: take_member(&mut fields, ["name"])?,
            version: take_member(&mut fields, ["version"])?,
            description: take_member(&mut fields, ["short_description", "description"])?,
            signature: take_signature(&mut fields)?,
        })
    }

    /// The plugin's id, as claimed.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The string whose UTF-8 bytes the publisher signs: exactly what JavaScript's
    /// `JSON.stringify({id, name, version, description})` writes. An absent member is left out, null is `null`.
    pub fn signed_string(&self) -> String {
        let id = Member::String(self.id.clone());
        let (name, version, description) = (&self.name, &self.version, &self.description);
        stringify(&[("id", &id), ("name", name), ("version", version), ("description", description)])
    }

    /// Checks that the publisher signed this record. A signature given here replaces the record's own.
    ///
    /// # Errors
    ///
    /// [`Code::PfnSignatureMissing`], [`Code::PfnSignatureEncoding`], [`Code::PfnSignatureInvalid`].
    pub fn verify(self, key: &PublisherKey, signature: Option<&str>) -> Result<VerifiedPlugin, Error> {
        self.check_signature(key, signature).map_err(|error| error.at(Check::PfnSignature))?;
        Ok(VerifiedPlugin {
            id: self.id,
            name: self.name.into_string(),
            version: self.version.into_string(),
            description: self.description.into_string(),
            key: key.clone(),
            archive: None,
        })
    }

    fn check_signature(&self, key: &PublisherKey, signature: Option<&str>) -> Result<(), Error> {
        let Some(signature) = signature.or(self.signature.as_deref()) else {
            let message = "the plugin record has no signature, and none was given separately";
            return Err(Error::new(Code::PfnSignatureMissing, message));
        };
        if !Signature::parse(signature)?.is_by(key, self.signed_string().as_bytes()) {
            let message = format!("the key {} did not sign this plugin record", key.public_key());
            return Err(Error::new(Code::PfnSignatureInvalid, message));
        }
        Ok(())
    }
}

/// The plugin's id: the member `slug`, or `id` where there is no `slug`.
fn take_id(fields: &mut Fields<'_>) -> Result<String, Error> {
    let found = match take_member(fields, ["slug", "id"])? {
        Member::String(id) if !id.is_empty() => return Ok(id),
        Member::String(_) => "an empty one",
        Member::Null => "null",
        Member::Undefined => "neither",
    };
    Err(malformed(&format!("the member slug, or else id, must be a non-empty string, found {found}")))
}

/// Takes the first of these members that the record has.
pub(super) fn take_member<const N: usize>(
    fields: &mut Fields<'_>,
    names: [&str; N],
) -> Result<Member, Error> {
    for name in names {
        match fields.take(name) {
            None => {}
            Some(Value::Null) => return Ok(Member::Null),
            Some(Value::String(value)) => return Ok(Member::String(value.into_owned())),
            Some(other @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_))) => {
                let message =
                    format!("the signed member {name} must be a string or null, found {}", other.kind());
                return Err(Error::new(Code::PfnPluginNotText, message));
            }
        }
    }
    Ok(Member::Undefined)
}

/// Takes the record's own signature, which may be absent or null.
pub(super) fn take_signature(fields: &mut Fields<'_>) -> Result<Option<String>, Error> {
    fields.take_optional_string("signature").map_err(|what| malformed(&what))
}

pub(super) fn malformed(what: &str) -> Error {
    Error::new(Code::PfnPluginMalformed, format!("invalid plugin record: {what}"))
}

/// A plugin whose id, name, version and description its publisher signed.
///
/// Made only by [`PluginRecord::verify`]: a value of this type is the proof. It proves the four strings, and an archive
/// only if [`VerifiedPlugin::archive`] says that it is [`ArchiveBinding::Signed`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedPlugin {
    id: String,
    name: Option<String>,
    version: Option<String>,
    description: Option<String>,
    key: PublisherKey,
    archive: Option<CheckedArchive>,
}

impl VerifiedPlugin {
    /// The plugin's id: its slug.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The plugin's name; `None` if none was signed.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The plugin's version; `None` if none was signed.
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// The plugin's short description; `None` if none was signed.
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// The key that signed.
    pub fn key(&self) -> &PublicKey {
        self.key.public_key()
    }

    /// The archive that was checked, if one was.
    pub fn archive(&self) -> Option<&CheckedArchive> {
        self.archive.as_ref()
    }

    /// Checks an archive against this plugin: its folder and plugin headers, and its signature if one is given, which is
    /// Ed25519 over the raw 48 bytes of the SHA-384 digest, as FAIR signs packages (pfn.md, "Archive signatures").
    ///
    /// Only the signature binds the archive's bytes. A signed archive is compared too: an archive that the publisher once
    /// signed may be another plugin or an older version. Id, name and version are compared exactly, as far as they are
    /// signed; a header without a version does not match a signed version (pfn.md, "Archive consistency").
    ///
    /// # Errors
    ///
    /// [`Code::PfnArchiveInconsistent`], [`Code::PfnSignatureEncoding`], [`Code::PfnArchiveSignatureInvalid`].
    pub fn with_archive(
        self,
        archive: &PluginArchive,
        signature: Option<&str>,
    ) -> Result<VerifiedPlugin, Error> {
        archive
            .compare(&self.id, self.name(), self.version())
            .map_err(|error| error.at(Check::PfnArchive))?;
        let binding = match signature {
            Some(signature) => {
                let digest = ArchiveDigest::new(archive.digests().sha384());
                let checked = digest.check_signature(&self.key, signature);
                checked.map_err(|error| error.at(Check::PfnArchiveSignature))?;
                ArchiveBinding::Signed
            }
            None => ArchiveBinding::Consistent,
        };
        let archive = Some(CheckedArchive::new(archive.digests().clone(), binding));
        Ok(VerifiedPlugin { archive, ..self })
    }

    /// Non-fatal findings: [`WarningCode::PfnArchiveUnbound`] unless a signature over the archive was verified, and always
    /// [`WarningCode::PfnSignatureOracle`] (pfn.md, "What a PFN signature is worth").
    pub fn warnings(&self) -> Vec<Warning> {
        let unbound = match self.archive().map(CheckedArchive::binding) {
            Some(ArchiveBinding::Signed) => None,
            Some(ArchiveBinding::Consistent) => Some(
                "the archive's folder and header match what was signed, but the archive's bytes are not signed",
            ),
            None => {
                Some("the signature covers the plugin's id, name, version and description, not its archive")
            }
        };
        let unbound = unbound.map(|message| Warning::new(WarningCode::PfnArchiveUnbound, message));
        unbound.into_iter().chain([oracle_warning()]).collect()
    }
}

/// The warning of a report in which a plugin's signature verified (pfn.md, "What a PFN signature is worth").
pub(crate) fn oracle_warning() -> Warning {
    let message = "the key also signs ownership challenges, so anyone may be able to obtain a signed plugin record by \
                   sending it as a challenge";
    Warning::new(WarningCode::PfnSignatureOracle, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::PackageDigests;
    use crate::pfn::testing::{Entry, other_key, publisher_key, sign, zip};
    use std::io::Cursor;

    fn parse(json: &str) -> Result<PluginRecord, Error> {
        PluginRecord::parse(json.as_bytes(), &Limits::default())
    }

    const RECORD: &str =
        r#"{"slug":"gallery","name":"Gallery","version":"1.0.0","short_description":"Pictures"}"#;
    const SIGNED: &str = r#"{"id":"gallery","name":"Gallery","version":"1.0.0","description":"Pictures"}"#;

    fn verified() -> VerifiedPlugin {
        parse(RECORD).unwrap().verify(&publisher_key(), Some(&sign(SIGNED.as_bytes()))).unwrap()
    }

    #[test]
    fn what_is_in_the_place_of_an_id_is_told() {
        for (json, found) in
            [(r#"{"slug":""}"#, "an empty one"), (r#"{"slug":null}"#, "null"), ("{}", "neither")]
        {
            let told = format!("must be a non-empty string, found {found}");
            assert!(parse(json).unwrap_err().message().ends_with(&told), "{json}");
        }
    }

    #[test]
    fn the_signed_string_is_what_javascript_writes() {
        let records = [
            (RECORD, SIGNED),
            (r#"{"id":"a"}"#, r#"{"id":"a"}"#),
            (
                r#"{"description":"d","version":"v","name":"n","id":"a"}"#,
                r#"{"id":"a","name":"n","version":"v","description":"d"}"#,
            ),
            (r#"{"id":"a","name":null,"version":null}"#, r#"{"id":"a","name":null,"version":null}"#),
            (r#"{"id":"a","name":""}"#, r#"{"id":"a","name":""}"#),
            (r#"{"id":7,"slug":"a"}"#, r#"{"id":"a"}"#),
            (r#"{"id":"a","description":7,"short_description":null}"#, r#"{"id":"a","description":null}"#),
            (
                r#"{"id":"\u0061","name":"\ud83d\ude00\/\u2028"}"#,
                "{\"id\":\"a\",\"name\":\"\u{1f600}/\u{2028}\"}",
            ),
            (r#"{"id":"a","tags":{},"rating":4.5,"icons":[1]}"#, r#"{"id":"a"}"#),
        ];
        for (json, signed) in records {
            assert_eq!(parse(json).unwrap().signed_string(), signed, "{json}");
        }
    }

    #[test]
    fn a_signed_member_is_a_string_or_null() {
        for member in ["slug", "id", "name", "version", "short_description", "description"] {
            for value in ["1", "1.0", "true", "[]", "{}"] {
                let id = if member == "id" { "" } else { r#""id":"a","# };
                let json = format!(r#"{{{id}"{member}":{value}}}"#);
                assert_eq!(parse(&json).map_err(|e| e.code()), Err(Code::PfnPluginNotText), "{json}");
            }
        }
    }

    #[test]
    fn a_record_has_an_id_and_a_usable_signature() {
        let wrong = [
            "{}",
            r#"{"slug":""}"#,
            r#"{"slug":null}"#,
            r#"{"slug":null,"id":"a"}"#,
            r#"{"slug":"","id":"a"}"#,
            r#"{"id":"a","signature":7}"#,
            r#"{"id":"a","signature":["c2ln"]}"#,
        ];
        for json in wrong {
            assert_eq!(parse(json).map_err(|e| e.code()), Err(Code::PfnPluginMalformed), "{json}");
        }
        for (json, code) in [("[]", Code::InputWrongType), ("{", Code::InputMalformed)] {
            let error = parse(json).unwrap_err();
            assert_eq!((error.code(), error.check()), (code, Some(Check::PfnPlugin)), "{json}");
        }
        assert_eq!(parse(r#"{"id":"a","id":"b"}"#).map_err(|e| e.code()), Err(Code::InputDuplicateMember));
        let limits = |record_bytes| Limits { record_bytes, ..Limits::default() };
        assert!(PluginRecord::parse(br#"{"id":"a"}"#, &limits(10)).is_ok());
        let error = PluginRecord::parse(br#"{"id":"a"}"#, &limits(9)).unwrap_err();
        assert_eq!(error.code(), Code::InputTooLarge);
    }

    #[test]
    fn the_signature_is_the_given_one_or_else_the_records_own() {
        let (good, bad) = (sign(SIGNED.as_bytes()), sign(b"something else"));
        let with = |own: Option<&str>| {
            let own = own.map_or("null".to_owned(), |own| format!("\"{own}\""));
            parse(&RECORD.replace('}', &format!(",\"signature\":{own}}}"))).unwrap()
        };
        let code = |own, given| with(own).verify(&publisher_key(), given).map(drop).map_err(|e| e.code());
        assert_eq!(code(Some(&good), None), Ok(()));
        assert_eq!(code(None, Some(&good)), Ok(()));
        assert_eq!(code(Some(&bad), Some(&good)), Ok(()));
        assert_eq!(code(Some(&good), Some(&bad)), Err(Code::PfnSignatureInvalid));
        assert_eq!(code(Some(&bad), None), Err(Code::PfnSignatureInvalid));
        assert_eq!(code(None, None), Err(Code::PfnSignatureMissing));
        assert_eq!(code(Some(""), None), Err(Code::PfnSignatureEncoding));
        assert_eq!(code(Some(&good), Some("?")), Err(Code::PfnSignatureEncoding));
        let by_other = with(Some(&good)).verify(&other_key(), None);
        assert_eq!(by_other.map_err(|e| e.code()), Err(Code::PfnSignatureInvalid));
    }

    #[test]
    fn any_change_of_what_is_signed_is_refused() {
        let signature = sign(SIGNED.as_bytes());
        let changes = [
            ("gallery", "gallerz"),
            ("Gallery", "gallery"),
            ("1.0.0", "1.0.1"),
            ("Pictures", "Pictures "),
            (r#""Pictures""#, "null"),
            (r#","short_description":"Pictures""#, ""),
        ];
        for (from, to) in changes {
            let json = RECORD.replace(from, to);
            assert_ne!(json, RECORD);
            let outcome = parse(&json).unwrap().verify(&publisher_key(), Some(&signature));
            assert_eq!(outcome.map_err(|e| e.code()), Err(Code::PfnSignatureInvalid), "{json}");
        }
    }

    #[test]
    fn what_was_verified_can_be_read() {
        let plugin = verified();
        assert_eq!((plugin.id(), plugin.name()), ("gallery", Some("Gallery")));
        assert_eq!((plugin.version(), plugin.description()), (Some("1.0.0"), Some("Pictures")));
        assert_eq!(plugin.key(), publisher_key().public_key());
        assert_eq!(plugin.archive(), None);
        let bare = parse(r#"{"id":"a","name":null}"#).unwrap();
        let signature = sign(bare.signed_string().as_bytes());
        let bare = bare.verify(&publisher_key(), Some(&signature)).unwrap();
        assert_eq!((bare.name(), bare.version(), bare.description()), (None, None, None));
    }

    fn archive(header: &str) -> PluginArchive {
        let bytes = zip(&[Entry::deflated("gallery/gallery.php", format!("<?php\n{header}").as_bytes())]);
        let digests = PackageDigests::from_reader(bytes.as_slice(), &Limits::default()).unwrap();
        PluginArchive::read(Cursor::new(bytes), digests, &Limits::default()).unwrap()
    }

    fn warnings(plugin: &VerifiedPlugin) -> Vec<WarningCode> {
        plugin.warnings().iter().map(Warning::code).collect()
    }

    const UNBOUND: [WarningCode; 2] = [WarningCode::PfnArchiveUnbound, WarningCode::PfnSignatureOracle];

    #[test]
    fn only_a_signature_over_the_archive_binds_it() {
        let archive = archive("// Plugin Name: Gallery\n// Version: 1.0.0\n");
        assert_eq!(warnings(&verified()), UNBOUND);

        let consistent = verified().with_archive(&archive, None).unwrap();
        assert_eq!(consistent.archive().unwrap().binding(), ArchiveBinding::Consistent);
        assert_eq!(warnings(&consistent), UNBOUND);

        let signature = sign(archive.digests().sha384());
        let signed = verified().with_archive(&archive, Some(&signature)).unwrap();
        assert_eq!(signed.archive().unwrap().binding(), ArchiveBinding::Signed);
        assert_eq!(signed.archive().unwrap().digests(), archive.digests());
        assert_eq!(warnings(&signed), [WarningCode::PfnSignatureOracle]);

        // An unsigned archive that is checked later replaces the signed one.
        assert_eq!(warnings(&signed.with_archive(&archive, None).unwrap()), UNBOUND);
    }

    #[test]
    fn a_signature_over_anything_else_binds_nothing() {
        let archive = archive("// Plugin Name: Gallery\n// Version: 1.0.0\n");
        let digests = archive.digests();
        let wrong = [sign(digests.sha256()), sign(digests.sha384_hex().as_bytes()), sign(SIGNED.as_bytes())];
        for signature in wrong {
            let outcome = verified().with_archive(&archive, Some(&signature));
            assert_eq!(outcome.map_err(|e| e.code()), Err(Code::PfnArchiveSignatureInvalid));
        }
        let outcome = verified().with_archive(&archive, Some("?"));
        assert_eq!(outcome.map_err(|e| e.code()), Err(Code::PfnSignatureEncoding));
    }

    #[test]
    fn a_signed_archive_of_an_older_version_is_refused() {
        let older = archive("// Plugin Name: Gallery\n// Version: 0.9.0\n");
        let signature = sign(older.digests().sha384());
        let outcome = verified().with_archive(&older, Some(&signature));
        assert_eq!(outcome.map_err(|e| e.code()), Err(Code::PfnArchiveInconsistent));
    }
}
