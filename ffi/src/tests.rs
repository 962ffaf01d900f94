//! What tests of several files share, and what holds for all handles.

use crate::border::{Bytes, Place, Str};
use crate::digests::{
    fedverify_package_hasher_finish, fedverify_package_hasher_free, fedverify_package_hasher_new,
    fedverify_package_hasher_update,
};
use crate::error::{fedverify_error, fedverify_error_free, fedverify_error_message};
use crate::limits::{fedverify_limits_free, fedverify_limits_new, fedverify_limits_set};
use crate::report::{
    fedverify_report, fedverify_report_free, fedverify_report_json, fedverify_report_outcome,
    fedverify_report_verdict,
};
use crate::request::{
    fedverify_request, fedverify_request_free, fedverify_request_new, fedverify_request_set_bytes,
    fedverify_request_set_unreadable,
};
use crate::status::{FEDVERIFY_OK, fedverify_status, status_of};
use crate::verification::{
    fedverify_verification_finish, fedverify_verification_free, fedverify_verification_start,
};
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
    is_shared::<crate::artifact::fedverify_artifact>();
    is_shared::<crate::digests::fedverify_package_digests>();
    is_shared::<crate::digests::fedverify_package_hasher>();
    is_shared::<crate::directories::fedverify_directories>();
    is_shared::<crate::directories::fedverify_newest>();
    is_shared::<fedverify_error>();
    is_shared::<crate::identity::fedverify_identity>();
    is_shared::<crate::key::fedverify_key>();
    is_shared::<crate::limits::fedverify_limits>();
    is_shared::<crate::metadata::fedverify_metadata>();
    is_shared::<crate::operation::fedverify_operation>();
    is_shared::<crate::package::fedverify_package>();
    is_shared::<crate::pin::fedverify_pin>();
    is_shared::<crate::release::fedverify_release>();
    is_shared::<crate::report::fedverify_report>();
    is_shared::<crate::request::fedverify_request>();
    is_shared::<crate::state::fedverify_state>();
    is_shared::<crate::string::fedverify_string>();
    is_shared::<crate::verification::fedverify_verification>();
    is_shared::<crate::web_document::fedverify_web_document>();
}

fn request(kind: &str) -> Option<Box<fedverify_request>> {
    let (mut request, mut error) = (None, Caught::default());
    let made = fedverify_request_new(Str::new(kind), kind.len(), Place::new(&mut request), error.place());
    assert_eq!((made, error.code()), (FEDVERIFY_OK, None));
    request
}

/// The status of a verification that gets no more input, and its report.
fn finished(request: Option<&fedverify_request>) -> (fedverify_status, Option<Box<fedverify_report>>) {
    let (mut verification, mut report, mut error) = (None, None, Caught::default());
    let started = fedverify_verification_start(request, Place::new(&mut verification), error.place());
    assert_eq!(started, FEDVERIFY_OK);
    let status =
        fedverify_verification_finish(verification.as_deref(), Place::new(&mut report), error.place());
    assert_eq!(error.code().map(status_of), Some(status).filter(|status| *status != FEDVERIFY_OK));
    fedverify_verification_free(verification);
    (status, report)
}

/// The way of a request, short enough for Miri.
#[test]
fn a_report_is_there_whatever_the_verdict() {
    let kind = "pfn-federation-info";
    let request = request(kind);
    let name = "document";
    let mut error = Caught::default();
    let json = br#"{"version": "1", "features": [], "assetInfo": {"domain": "d", "namingScheme": "n"}}"#;
    let (as_name, bytes) = (Str::new(name), Bytes::new(json));
    let set = fedverify_request_set_bytes(
        request.as_deref(),
        as_name,
        name.len(),
        bytes,
        json.len(),
        error.place(),
    );
    assert_eq!((set, error.code()), (FEDVERIFY_OK, None));
    let (status, report) = finished(request.as_deref());
    assert_eq!((status, fedverify_report_verdict(report.as_deref())), (FEDVERIFY_OK, 1));
    fedverify_report_free(report);

    let (missing, message) = (status_of(Code::IoFileMissing), "gone");
    let (as_name, as_message) = (Str::new(name), Str::new(message));
    let set = fedverify_request_set_unreadable(
        request.as_deref(),
        as_name,
        name.len(),
        missing,
        as_message,
        message.len(),
        error.place(),
    );
    assert_eq!((set, error.code()), (FEDVERIFY_OK, None));
    let (status, report) = finished(request.as_deref());
    assert_eq!((status, fedverify_report_outcome(report.as_deref(), error.place())), (missing, missing));
    assert_eq!(error.code(), Some(Code::IoFileMissing));
    assert_eq!(fedverify_report_verdict(report.as_deref()), 3);
    fedverify_report_free(report);
    fedverify_request_free(request);
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

/// The same handles in all threads: what changes is locked, and what a second one comes too late for is a status. Under
/// ThreadSanitizer (tests/threads.sh) nothing of it is a race.
#[test]
fn threads_share_handles() {
    let (kind, name) = ("pfn-federation-info", "document");
    let json = br#"{"version": "1", "features": [], "assetInfo": {"domain": "d", "namingScheme": "n"}}"#;
    let request = request(kind);
    let hasher = fedverify_package_hasher_new(None);
    let all_at_once = |work: &(dyn Fn() -> usize + Sync)| -> usize {
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(work)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        })
    };
    let set = all_at_once(&|| {
        let (bytes, mut error) = (Bytes::new(json), Caught::default());
        let name_length = name.len();
        let request = request.as_deref();
        let set = fedverify_request_set_bytes(
            request,
            Str::new(name),
            name_length,
            bytes,
            json.len(),
            error.place(),
        );
        let hashed =
            fedverify_package_hasher_update(hasher.as_deref(), Bytes::new(json), json.len(), error.place());
        usize::from((set, hashed) == (FEDVERIFY_OK, FEDVERIFY_OK))
    });
    assert_eq!(set, 8);
    let (mut verification, mut error) = (None, Caught::default());
    let started =
        fedverify_verification_start(request.as_deref(), Place::new(&mut verification), error.place());
    assert_eq!(started, FEDVERIFY_OK);
    let reports = std::sync::Mutex::new(Vec::new());
    let finished = all_at_once(&|| {
        let (mut report, mut error) = (None, Caught::default());
        let status =
            fedverify_verification_finish(verification.as_deref(), Place::new(&mut report), error.place());
        reports.lock().unwrap().extend(report);
        usize::from(status == FEDVERIFY_OK)
    });
    let reports = reports.into_inner().unwrap();
    assert_eq!((finished, reports.len()), (1, 1));
    let length = fedverify_report_json(reports.first().map(|report| &**report)).len;
    assert!(length > 0);
    let read = all_at_once(&|| fedverify_report_json(reports.first().map(|report| &**report)).len);
    assert_eq!(read, 8 * length);
    fedverify_verification_free(verification);
    fedverify_package_hasher_free(hasher);
    fedverify_request_free(request);
}
