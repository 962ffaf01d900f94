//! Packages whose bytes their publisher signed.

use crate::border::{Out, Place, Str, fedverify_str};
use crate::call::{given, make, make_optional, tell_or};
use crate::digests::fedverify_package_digests;
use crate::error::fedverify_error;
use crate::handle::{free, look};
use crate::pin::fedverify_pin;
use crate::release::fedverify_release;
use crate::status::fedverify_status;
use crate::warnings;
use fedverify::VerifiedPackage;

/// A package whose bytes carry a valid signature by a current signing key of the identity, and match the checksum of the
/// release where it gives one. Holding one is the proof: nothing else makes one. Freed with `fedverify_package_free`.
pub struct fedverify_package {
    package: VerifiedPackage,
    key: String,
    digests: fedverify_package_digests,
}

impl fedverify_package {
    fn new(package: VerifiedPackage) -> Self {
        let digests = fedverify_package_digests::new(package.digests().clone());
        fedverify_package { key: package.key().to_did_key(), digests, package }
    }
}

/// Verifies a package as an artifact of a release. Of several artifacts it is the first that the bytes prove to be.
///
/// Errors: `FEDVERIFY_FAIR_ARTIFACT_MISSING`, `FEDVERIFY_FAIR_ARTIFACT_TOO_MANY`, `FEDVERIFY_FAIR_ARTIFACT_MALFORMED`,
/// `FEDVERIFY_FAIR_SIGNATURE_MISSING`, those of the family `FEDVERIFY_FAIR_CHECKSUM_`, `FEDVERIFY_FAIR_SIGNATURE_ENCODING`,
/// `FEDVERIFY_FAIR_SIGNATURE_INVALID`, `FEDVERIFY_FAIR_TOO_MUCH_WORK`; where the identity was verified with a pin,
/// `FEDVERIFY_PIN_RELEASE_CHANGED`; `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_release_verify(
    release: Option<&fedverify_release>,
    digests: Option<&fedverify_package_digests>,
    package: Place<'_, fedverify_package>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(package, error, || {
        let release = &given(release, "a release")?.release;
        let digests = &given(digests, "the digests of a package")?.digests;
        release.verify(digests).map(fedverify_package::new)
    })
}

/// Verifies a package as the artifact that was fetched from this URL: no other counts.
///
/// Errors: as `fedverify_release_verify`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_release_verify_from(
    release: Option<&fedverify_release>,
    url: Str<'_>,
    url_len: usize,
    digests: Option<&fedverify_package_digests>,
    package: Place<'_, fedverify_package>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(package, error, || {
        let release = &given(release, "a release")?.release;
        let url = url.read(url_len, "the URL of an artifact")?;
        let digests = &given(digests, "the digests of a package")?.digests;
        release.verify_from(url, digests).map(fedverify_package::new)
    })
}

/// Frees a package. NULL is ignored; do not free twice.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_free(package: Option<Box<fedverify_package>>) {
    free(package);
}

/// The version under which the metadata document lists the package. That is the document's word: the signature covers only
/// the bytes. Valid until the package is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_version(package: Option<&fedverify_package>) -> fedverify_str {
    look(package, |package| fedverify_str::new(package.package.version().as_str()))
}

/// The type of the package, as `fedverify_release_package_type` says it. Always valid.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_type(package: Option<&fedverify_package>) -> fedverify_str {
    look(package, |package| fedverify_str::new(package.package.package_type().as_str()))
}

/// The URL of the artifact that the package is. Valid until the package is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_artifact(package: Option<&fedverify_package>) -> fedverify_str {
    look(package, |package| fedverify_str::new(package.package.artifact().url()))
}

/// The URL of the package repository, which serves the metadata document. Valid until the package is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_repository(package: Option<&fedverify_package>) -> fedverify_str {
    look(package, |package| fedverify_str::new(package.package.repository()))
}

/// The number of bytes.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_size(package: Option<&fedverify_package>) -> u64 {
    look(package, |package| package.package.digests().size())
}

/// The SHA-256 digest in lower-case hexadecimal. Valid until the package is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_sha256(package: Option<&fedverify_package>) -> fedverify_str {
    look(package, |package| fedverify_str::new(&package.digests.sha256))
}

/// The SHA-384 digest in lower-case hexadecimal. Valid until the package is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_sha384(package: Option<&fedverify_package>) -> fedverify_str {
    look(package, |package| fedverify_str::new(&package.digests.sha384))
}

/// The id of the verification method that signed, without `#`. Valid until the package is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_key_id(package: Option<&fedverify_package>) -> fedverify_str {
    look(package, |package| fedverify_str::new(package.package.key_id()))
}

/// The key that signed, as a did:key. Valid until the package is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_key(package: Option<&fedverify_package>) -> fedverify_str {
    look(package, |package| fedverify_str::new(&package.key))
}

/// Until when the key that signed can still be undone: `until` becomes that time, in seconds since 1970, or 0 where the key
/// cannot be undone at `now`, this machine's clock.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`, also for a clock later than the year 9999. Then `until` becomes `UINT64_MAX`, so that no key counts as
/// settled for a caller who does not look at the status.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_key_fresh_until(
    package: Option<&fedverify_package>,
    now: u64,
    until: Out<'_, u64>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    tell_or(u64::MAX, until, error, || {
        let package = &given(package, "a package")?.package;
        package.key_fresh_until(now).map(Option::unwrap_or_default)
    })
}

/// The form of the signature, such as `ed25519-sha384`. Always valid.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_algorithm(package: Option<&fedverify_package>) -> fedverify_str {
    look(package, |package| fedverify_str::new(package.package.signature_form().as_str()))
}

/// What to keep for the next visit, this package included: a new pin, to be freed. Puts NULL into `pin` unless the
/// identity was verified with a memory.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_pin(
    package: Option<&fedverify_package>,
    pin: Place<'_, fedverify_pin>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make_optional(pin, error, || {
        Ok(given(package, "a package")?.package.pin().cloned().map(fedverify_pin::new))
    })
}

/// The number of warnings: non-fatal findings, those of the release included.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_warning_count(package: Option<&fedverify_package>) -> usize {
    look(package, |package| package.package.warnings().len())
}

/// The stable code of a warning; absent past the end. Always valid.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_warning_code(
    package: Option<&fedverify_package>,
    index: usize,
) -> fedverify_str {
    look(package, |package| warnings::code(package.package.warnings(), index))
}

/// A warning for people, safe to print on a terminal; absent past the end. Valid until the package is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_warning_message(
    package: Option<&fedverify_package>,
    index: usize,
) -> fedverify_str {
    look(package, |package| warnings::message(package.package.warnings(), index))
}
