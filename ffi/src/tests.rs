//! What tests of several files share, and what holds for all handles.

use crate::border::{Bytes, Place, Str};
use crate::digests::{
    fedverify_package_hasher_finish, fedverify_package_hasher_free, fedverify_package_hasher_new,
    fedverify_package_hasher_update,
};
use crate::error::{fedverify_error, fedverify_error_free, fedverify_error_message};
use crate::limits::{fedverify_limits_free, fedverify_limits_new, fedverify_limits_set};
use crate::status::{FEDVERIFY_OK, status_of};
use fedverify::Code;

/// The place of an error.
#[derive(Default)]
pub(crate) struct Caught {
    error: Option<Box<fedverify_error>>,
}

impl Caught {
    pub(crate) fn place(&mut self) -> Place<'_, fedverify_error> {
        Place::new(&mut self.error)
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
    is_shared::<crate::request::fedverify_request>();
    is_shared::<crate::string::fedverify_string>();
    is_shared::<crate::verification::fedverify_verification>();
    is_shared::<crate::web_document::fedverify_web_document>();
}

/// The way of every handle, short enough for Miri.
#[test]
fn handles_go_out_and_come_back() {
    let mut error = Caught::default();
    let limits = fedverify_limits_new();
    let name = "packageBytes";
    let set = fedverify_limits_set(limits.as_deref(), Str::new(name), name.len(), 2, error.place());
    assert_eq!((set, error.code()), (FEDVERIFY_OK, None));
    let hasher = fedverify_package_hasher_new(limits.as_deref());
    fedverify_limits_free(limits);
    let update = |bytes: &[u8], error: &mut Caught| {
        fedverify_package_hasher_update(hasher.as_deref(), Bytes::new(bytes), bytes.len(), error.place())
    };
    assert_eq!(update(b"ab", &mut error), FEDVERIFY_OK);
    assert_eq!(update(b"c", &mut error), status_of(Code::InputTooLarge));
    assert!(fedverify_error_message(error.error.as_deref()).len > 0);
    fedverify_error_free(error.error.take());
    let mut digests = None;
    let finish = fedverify_package_hasher_finish(hasher.as_deref(), Place::new(&mut digests), error.place());
    assert_eq!(finish, status_of(Code::ApiUsedUp));
    assert!(digests.is_none() && error.code() == Some(Code::ApiUsedUp));
    fedverify_package_hasher_free(hasher);
}
