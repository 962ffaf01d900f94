//! No metadata document makes a package verified that nobody signed, whichever of its releases is asked for; what it lists is
//! what a release is found by; every message is printable.
#![no_main]

use fedverify::fair::Artifact;
use fedverify::{Limits, Metadata, PackageDigests, Version};
use fedverify_fuzz::stretch::stretched;
use fedverify_fuzz::{IDENTITY, check_message};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let data = &*stretched(data);
    let limits = Limits::default();
    let metadata = match Metadata::parse(data, &limits) {
        Ok(metadata) => metadata,
        Err(error) => return check_message(error.message()),
    };
    metadata.warnings().iter().for_each(|warning| check_message(warning.message()));
    let digests = PackageDigests::from_reader(data, &limits).expect("it is small");
    let versions: Vec<Version> = metadata.versions().cloned().collect();
    let named = versions.iter().take(20).map(|version| Some(version.as_str()));
    for version in named.chain([None]) {
        let release = match IDENTITY.release(&metadata, version) {
            Ok(release) => release,
            Err(error) => {
                check_message(error.message());
                continue;
            }
        };
        assert!(version.is_none_or(|version| release.version().as_str() == version));
        assert!(release.verify(&digests).is_err());
        let mut urls = release.artifacts().map(Artifact::url);
        assert!(urls.all(|url| release.verify_from(url, &digests).is_err()));
    }
});
