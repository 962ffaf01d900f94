//! What tests of several files share, and what holds for all handles.

use crate::border::Place;
use crate::error::fedverify_error;
use fedverify::Code;

/// The place of an error.
#[derive(Default)]
pub(crate) struct Caught {
    error: Option<Box<fedverify_error>>,
}

impl Caught {
    pub(crate) fn place(&mut self) -> Place<'_, fedverify_error> {
        Place::of(&mut self.error)
    }

    pub(crate) fn code(&self) -> Option<Code> {
        self.error.as_ref().map(|error| error.0.code())
    }
}

#[test]
fn every_handle_may_be_used_by_many_threads() {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<crate::alias::fedverify_alias>();
    is_shared::<crate::digests::fedverify_package_digests>();
    is_shared::<crate::digests::fedverify_package_hasher>();
    is_shared::<fedverify_error>();
    is_shared::<crate::identity::fedverify_identity>();
    is_shared::<crate::key::fedverify_key>();
    is_shared::<crate::limits::fedverify_limits>();
    is_shared::<crate::metadata::fedverify_metadata>();
    is_shared::<crate::package::fedverify_package>();
    is_shared::<crate::pin::fedverify_pin>();
    is_shared::<crate::release::fedverify_release>();
    is_shared::<crate::report::fedverify_report>();
    is_shared::<crate::text::fedverify_text>();
    is_shared::<crate::web_identity::fedverify_web_identity>();
}
