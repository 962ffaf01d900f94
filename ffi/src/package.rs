//! Packages whose bytes their publisher signed.

use crate::border::{Place, Text, fedverify_str};
use crate::call::{free, given, look, make};
use crate::digests::fedverify_package_digests;
use crate::error::fedverify_error;
use crate::pin::fedverify_pin;
use crate::release::fedverify_release;
use crate::report::fedverify_report;
use crate::status::fedverify_status;
use fedverify::{Report, VerifiedPackage};

/// A package whose bytes carry a valid signature by a current signing key of the identity, and match the checksum of the
/// release where it gives one. Holding one is the proof: nothing else makes one. Freed with `fedverify_package_free`.
pub struct fedverify_package {
    package: VerifiedPackage,
    key: String,
    digests: fedverify_package_digests,
}

impl fedverify_package {
    fn of(package: VerifiedPackage) -> Self {
        let digests = fedverify_package_digests::of(package.digests().clone());
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
        release.verify(digests).map(fedverify_package::of)
    })
}

/// Verifies a package as the artifact that was fetched from this address: no other counts.
///
/// Errors: as `fedverify_release_verify`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_release_verify_from(
    release: Option<&fedverify_release>,
    url: Text<'_>,
    url_len: usize,
    digests: Option<&fedverify_package_digests>,
    package: Place<'_, fedverify_package>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(package, error, || {
        let release = &given(release, "a release")?.release;
        let url = url.read(url_len, "the address of an artifact")?;
        let digests = &given(digests, "the digests of a package")?.digests;
        release.verify_from(url, digests).map(fedverify_package::of)
    })
}

/// Takes a package back. NULL is allowed, the same package twice is not.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_free(package: Option<Box<fedverify_package>>) {
    free(package);
}

/// The version under which the metadata document lists the package. The document's word: the signature covers the bytes
/// alone. It lives as long as the package.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_version(package: Option<&fedverify_package>) -> fedverify_str {
    look(package, |package| fedverify_str::of(package.package.version().as_str()))
}

/// The address of the artifact that the package is. It lives as long as the package.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_artifact(package: Option<&fedverify_package>) -> fedverify_str {
    look(package, |package| fedverify_str::of(package.package.artifact().url()))
}

/// The address that serves the metadata document. It lives as long as the package.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_repository(package: Option<&fedverify_package>) -> fedverify_str {
    look(package, |package| fedverify_str::of(package.package.repository()))
}

/// The number of bytes.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_size(package: Option<&fedverify_package>) -> u64 {
    look(package, |package| package.package.digests().size())
}

/// The SHA-256 digest in lower-case hexadecimal. It lives as long as the package.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_sha256(package: Option<&fedverify_package>) -> fedverify_str {
    look(package, |package| fedverify_str::of(&package.digests.sha256))
}

/// The SHA-384 digest in lower-case hexadecimal. It lives as long as the package.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_sha384(package: Option<&fedverify_package>) -> fedverify_str {
    look(package, |package| fedverify_str::of(&package.digests.sha384))
}

/// The id of the verification method that signed, without `#`. It lives as long as the package.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_key_id(package: Option<&fedverify_package>) -> fedverify_str {
    look(package, |package| fedverify_str::of(package.package.key_id()))
}

/// The key that signed, as a did:key. It lives as long as the package.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_key(package: Option<&fedverify_package>) -> fedverify_str {
    look(package, |package| fedverify_str::of(&package.key))
}

/// In which form it signed, such as `ed25519-sha384`. The text lives for ever.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_algorithm(package: Option<&fedverify_package>) -> fedverify_str {
    look(package, |package| fedverify_str::of(package.package.signature_form().as_str()))
}

/// What to keep for the next visit, this package included: a new pin, to be freed. NULL unless the identity was verified with
/// `fedverify_identity_verify_remembering`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_pin(package: Option<&fedverify_package>) -> Option<Box<fedverify_pin>> {
    look(package, |package| package.package.pin().map(|pin| Box::new(fedverify_pin::of(pin))))
}

/// The report on the package, of the kind `fair-package`.
///
/// Errors: `FEDVERIFY_API_ARGUMENT` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_package_report(
    package: Option<&fedverify_package>,
    report: Place<'_, fedverify_report>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(report, error, || {
        let package = given(package, "a package")?;
        Ok(fedverify_report::of(Report::of_package(&package.package)))
    })
}
