//! The signature of a package, in its forms.

use super::keys::PackageKey;
use crate::digest::PackageDigests;
use crate::encoding::base64;
use crate::error::Error;
use crate::key::{EcdsaKey, EcdsaOutcome, EcdsaSignature, SignedDigest, p256_signature_from_der};
use crate::quote::quote;
use crate::tables::{Code, SignatureForm};

impl SignatureForm {
    /// Whether the form is one that only older packages have.
    pub fn is_legacy(self) -> bool {
        self != SignatureForm::Ed25519Sha384
    }
}

/// Counts signature checks for one package.
pub(super) struct CheckBudget {
    left: u64,
    max: u64,
}

impl CheckBudget {
    pub(super) fn new(max: u64) -> Self {
        CheckBudget { left: max, max }
    }

    fn spend(&mut self) -> Result<(), Error> {
        self.left = self.left.checked_sub(1).ok_or_else(|| {
            let found = "checking the package takes more signature checks";
            Error::beyond_limit(Code::FairTooMuchWork, found, "packageSignatureChecks", self.max)
        })?;
        Ok(())
    }
}

/// Finds the key that made the signature over the package, and in which form.
///
/// # Errors
///
/// [`Code::FairSignatureEncoding`], [`Code::FairSignatureInvalid`], [`Code::FairTooMuchWork`].
pub(super) fn find_signer<'k>(
    text: &str,
    digests: &PackageDigests,
    keys: &'k [PackageKey],
    budget: &mut CheckBudget,
) -> Result<(&'k PackageKey, SignatureForm), Error> {
    let bytes = base64::decode_url(text).ok_or_else(|| encoding(text))?;
    let mut has_fitting_length = false;
    for key in keys {
        let Some(signature) = Candidate::new(key, &bytes) else { continue };
        has_fitting_length = true;
        if let Some(form) = signature.form_over(digests, budget)? {
            return Ok((key, form));
        }
    }
    if !has_fitting_length {
        return Err(encoding(text));
    }
    let by = match keys {
        [key] => format!("by the signing key {}", quote(&key.id)),
        _ => format!("by one of the {} signing keys of the identity", keys.len()),
    };
    Err(Error::new(
        Code::FairSignatureInvalid,
        format!("expected a signature {by} over these bytes, found another"),
    ))
}

fn encoding(text: &str) -> Error {
    let expected = "a signature of 64 bytes in canonical base64url without padding";
    Error::new(Code::FairSignatureEncoding, format!("expected {expected}, found {}", quote(text)))
}

/// A signature of the length that the key makes, with the key.
enum Candidate<'k> {
    Ed25519(&'k crate::key::Ed25519Key, [u8; 64]),
    Ecdsa(&'k EcdsaKey, EcdsaSignature),
}

impl<'k> Candidate<'k> {
    fn new(package_key: &'k PackageKey, bytes: &[u8]) -> Option<Self> {
        let raw = <[u8; 64]>::try_from(bytes).ok();
        if let Some(key) = package_key.key.as_ed25519() {
            return raw.map(|raw| Candidate::Ed25519(key, raw));
        }
        let key = package_key.key.as_ecdsa()?;
        // The reference repository writes P-256 signatures in DER, which is 68 to 72 bytes long.
        let from_der = || matches!(key, EcdsaKey::P256(_)).then(|| p256_signature_from_der(bytes)).flatten();
        raw.or_else(from_der).map(|signature| Candidate::Ecdsa(key, signature))
    }

    /// In which form the key made the signature over the package, if it did.
    fn form_over(
        &self,
        digests: &PackageDigests,
        budget: &mut CheckBudget,
    ) -> Result<Option<SignatureForm>, Error> {
        budget.spend()?;
        let (key, signature) = match self {
            Candidate::Ed25519(key, signature) => {
                return Ok(key.verifies(digests.sha384(), signature).then_some(SignatureForm::Ed25519Sha384));
            }
            Candidate::Ecdsa(key, signature) => (key, signature),
        };
        let (sha256, sha384) = match key {
            EcdsaKey::Secp256k1(_) => (SignatureForm::Secp256k1Sha256, SignatureForm::Secp256k1Sha384),
            EcdsaKey::P256(_) => (SignatureForm::P256Sha256, SignatureForm::P256Sha384),
        };
        if key.check(&SignedDigest::new(*digests.sha256()), signature) == EcdsaOutcome::Valid {
            return Ok(Some(sha256));
        }
        for truncated in truncations(digests.sha384()) {
            budget.spend()?;
            if key.check(&SignedDigest::new(truncated), signature) == EcdsaOutcome::Valid {
                return Ok(Some(sha384));
            }
        }
        Ok(None)
    }
}

/// What an ECDSA key may have signed of a SHA-384 digest (fair.md, "Truncated digests"): the leftmost 32 bytes (FIPS 186-5,
/// section 6.4.1, step 2), or, by the library that cuts by numeric length, the 32 bytes after the leading zeros.
fn truncations(digest: &[u8; 48]) -> impl Iterator<Item = [u8; 32]> {
    let zeros = digest.iter().take_while(|byte| **byte == 0).count();
    let places = [Some(0), Some(zeros).filter(|zeros| *zeros > 0)];
    places.into_iter().flatten().filter_map(|start| digest.get(start..)?.first_chunk().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leading_zeros_are_cut_or_kept() {
        let digest: [u8; 48] =
            std::array::from_fn(|index| if index < 2 { 0 } else { u8::try_from(index).unwrap() });
        let cut: Vec<[u8; 32]> = truncations(&digest).collect();
        let expected: [[u8; 32]; 2] = [digest[..32].try_into().unwrap(), digest[2..34].try_into().unwrap()];
        assert_eq!(cut, expected);
        assert_eq!(truncations(&[7; 48]).count(), 1);
        // 32 bytes follow 16 zeros, and 31 follow 17.
        let after = |zeros: usize| std::array::from_fn(|index| u8::from(index >= zeros));
        assert_eq!((truncations(&after(16)).count(), truncations(&after(17)).count()), (2, 1));
        assert_eq!(truncations(&[0; 48]).count(), 1, "no 32 bytes follow");
    }
}
