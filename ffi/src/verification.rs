//! A verification of any kind, from its request to its report.

use crate::alias::fedverify_alias;
use crate::border::{Bytes, Context, Place, Reader, Str, Strs, argument, fedverify_str};
use crate::call::{attempt, conclude, given, make, make_optional};
use crate::error::fedverify_error;
use crate::files;
use crate::handle::{free, look};
use crate::identity::fedverify_identity;
use crate::release::fedverify_release;
use crate::report::fedverify_report;
use crate::request::fedverify_request;
use crate::source::Source;
use crate::status::fedverify_status;
use crate::web_document::fedverify_web_document;
use fedverify::fair::Publisher;
use fedverify::{ApiFault, Code, Error, Limits, Report, Verification, directory};
use std::borrow::Cow;
use std::sync::{Mutex, MutexGuard};

/// A verification between its start and its report. Calls on the same verification wait for one another. Freed with
/// `fedverify_verification_free`.
pub struct fedverify_verification {
    /// `None` after it was finished, and where a panic left it half-way.
    state: Mutex<Option<Verification>>,
    limits: Limits,
    /// Where the metadata document is, if the verification started without one.
    metadata_url: Option<String>,
}

impl fedverify_verification {
    fn lock(&self) -> MutexGuard<'_, Option<Verification>> {
        self.state.lock().unwrap_or_else(|poisoned| {
            let mut state = poisoned.into_inner();
            *state = None;
            state
        })
    }
}

/// Runs what goes on with a verification. A step that comes at the wrong time is in the report like every refusal, and fails
/// here, too: it is the caller who can do something about it.
///
/// # Errors
///
/// [`fedverify::Code::ApiArgument`] for NULL and for a step at the wrong time, [`fedverify::Code::ApiUsedUp`] for a verification
/// that was finished.
fn proceed<T>(
    verification: Option<&fedverify_verification>,
    step: impl FnOnce(&mut Verification) -> T,
) -> Result<T, Error> {
    let mut state = given(verification, "a verification")?.lock();
    let verification = state.as_mut().ok_or_else(used_up)?;
    let was_decided = verification.report().is_some();
    let outcome = step(verification);
    let refusal = verification.report().and_then(Report::error).filter(|_| !was_decided);
    match refusal.filter(|error| error.code() == Code::ApiArgument) {
        Some(error) => Err(error.clone()),
        None => Ok(outcome),
    }
}

/// Sees what the verification has found.
///
/// # Errors
///
/// [`fedverify::Code::ApiArgument`] for NULL, [`fedverify::Code::ApiUsedUp`] for a verification that was finished.
fn see<T>(
    verification: Option<&fedverify_verification>,
    see: impl FnOnce(&Verification) -> T,
) -> Result<T, Error> {
    let state = given(verification, "a verification")?.lock();
    state.as_ref().map(see).ok_or_else(used_up)
}

fn used_up() -> Error {
    Error::misuse(ApiFault::UsedUp, "this verification is finished; start a new one")
}

/// Starts a verification: takes every step that the inputs of the request allow.
///
/// What the steps found is in the report, not in the status of this call. Ask `fedverify_verification_is_decided` before
/// you read a large package.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_verification_start(
    request: Option<&fedverify_request>,
    verification: Place<'_, fedverify_verification>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(verification, error, || {
        let request = given(request, "a request")?.read();
        let verification = Verification::start(&request);
        Ok(fedverify_verification {
            limits: *request.limits(),
            metadata_url: verification.wants_metadata_from().map(str::to_owned),
            state: Mutex::new(Some(verification)),
        })
    })
}

/// Frees a verification, finished or not. NULL is ignored; do not free twice. Reports, identities and releases that came from
/// it are not affected.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_verification_free(verification: Option<Box<fedverify_verification>>) {
    free(verification);
}

/// Whether no more input is wanted: the verdict is known already, or the verification was finished. True for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_verification_is_decided(verification: Option<&fedverify_verification>) -> bool {
    let is_open = look(verification, |verification| {
        verification.lock().as_ref().is_some_and(|verification| verification.report().is_none())
    });
    !is_open
}

/// The report, as soon as the verdict is known: a new report, to be freed. Puts NULL into `report` before.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`, `FEDVERIFY_API_USED_UP`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_verification_report(
    verification: Option<&fedverify_verification>,
    report: Place<'_, fedverify_report>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make_optional(report, error, || {
        see(verification, |verification| verification.report().cloned().map(fedverify_report::new))
    })
}

/// The identity, as soon as the log of a did:plc is proven: a new identity, to be freed. Puts NULL into `identity` where none
/// is.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`, `FEDVERIFY_API_USED_UP`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_verification_identity(
    verification: Option<&fedverify_verification>,
    identity: Place<'_, fedverify_identity>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make_optional(identity, error, || {
        see(verification, |verification| {
            let Some(Publisher::Plc(identity)) = verification.publisher() else { return None };
            Some(fedverify_identity::new(identity.clone()))
        })
    })
}

/// The document of a did:web, as soon as it was read: a new document, to be freed. Puts NULL into `document` where none was.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`, `FEDVERIFY_API_USED_UP`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_verification_web_document(
    verification: Option<&fedverify_verification>,
    document: Place<'_, fedverify_web_document>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make_optional(document, error, || {
        see(verification, |verification| {
            let Some(Publisher::Web(document)) = verification.publisher() else { return None };
            Some(fedverify_web_document::new(document.clone()))
        })
    })
}

/// The release, as soon as it is tied to its identity: a new release, to be freed. Its artifacts say what to fetch. Puts NULL
/// into `release` where none is.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`, `FEDVERIFY_API_USED_UP`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_verification_release(
    verification: Option<&fedverify_verification>,
    release: Place<'_, fedverify_release>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make_optional(release, error, || {
        see(verification, |verification| verification.release().cloned().map(fedverify_release::new))
    })
}

/// The URL from which to fetch the metadata document that `fedverify_verification_give_metadata` takes; absent where none is
/// wanted. Valid until the verification is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_verification_wants_metadata_from(
    verification: Option<&fedverify_verification>,
) -> fedverify_str {
    look(verification, |verification| {
        let is_wanted = verification.lock().as_ref().is_some_and(|it| it.wants_metadata_from().is_some());
        fedverify_str::from_optional(verification.metadata_url.as_deref().filter(|_| is_wanted))
    })
}

/// Gives the metadata document, where the request had none.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`, `FEDVERIFY_API_USED_UP`. What is wrong with the document is in the report.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_verification_give_metadata(
    verification: Option<&fedverify_verification>,
    json: Bytes<'_>,
    json_len: usize,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    attempt(error, || {
        let json = json.read(json_len, "a metadata document")?;
        proceed(verification, |verification| verification.metadata(Ok(Cow::Borrowed(json))))
    })
}

/// Says that the metadata document could not be fetched; `why` and `message` are as for `fedverify_request_set_unreadable`.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`, `FEDVERIFY_API_USED_UP`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_verification_metadata_unreadable(
    verification: Option<&fedverify_verification>,
    why: fedverify_status,
    message: Str<'_>,
    message_len: usize,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    attempt(error, || {
        let unreadable = files::unreadable(why, &message.read_message(message_len)?)?;
        proceed(verification, |verification| verification.metadata(Err(unreadable)))
    })
}

/// The domain alias that the identity claims, so that you can look up its TXT records: a new alias, to be freed. Puts NULL
/// into `alias` where the identity claims none.
///
/// Errors: `FEDVERIFY_FAIR_ALIAS_MISMATCH` for more than one alias, and for one that is no domain name in lower case;
/// `FEDVERIFY_API_ARGUMENT`, also where no identity is proven; `FEDVERIFY_API_USED_UP`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_verification_alias(
    verification: Option<&fedverify_verification>,
    alias: Place<'_, fedverify_alias>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make_optional(alias, error, || {
        let (did, claimed) = see(verification, |verification| {
            let did = verification.publisher().map(|publisher| publisher.did().to_owned());
            did.map(|did| (did, verification.claimed_alias()))
        })?
        .ok_or_else(|| argument("expected a verification with a proven identity, found one without"))?;
        Ok(claimed.transpose()?.map(|alias| fedverify_alias::new(did, alias)))
    })
}

/// Compares the TXT records of `_fairpm.<domain>` with the alias that the identity claims. It never changes the verdict on a
/// package; the report has the domain or a warning. Nothing happens where no alias is claimed.
///
/// `records` are views of `count` strings, one for each record; NULL is allowed with a count of 0.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`, `FEDVERIFY_API_USED_UP`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_verification_give_txt(
    verification: Option<&fedverify_verification>,
    records: Strs<'_>,
    count: usize,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    attempt(error, || {
        let records = records.read(count, "TXT records")?;
        let records: Vec<String> = records.into_iter().map(str::to_owned).collect();
        proceed(verification, |verification| verification.alias_records(Ok(&records)))
    })
}

/// Says that the TXT records could not be looked up, and why. As `fedverify_verification_give_txt`.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`, `FEDVERIFY_API_USED_UP`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_verification_txt_unreadable(
    verification: Option<&fedverify_verification>,
    message: Str<'_>,
    message_len: usize,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    attempt(error, || {
        let message = message.read_message(message_len)?;
        proceed(verification, |verification| verification.alias_records(Err(&message)))
    })
}

/// Compares the DID document that a directory serves at `url` with the one that follows from its log. The served one is not
/// signed, so a difference is a warning in the report, and no more. Nothing happens where no log is verified.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`, `FEDVERIFY_API_USED_UP`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_verification_compare_document(
    verification: Option<&fedverify_verification>,
    url: Str<'_>,
    url_len: usize,
    served: Bytes<'_>,
    served_len: usize,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    attempt(error, || {
        let url = url.read(url_len, "a URL")?;
        let served = served.read(served_len, "a DID document")?;
        let limits = given(verification, "a verification")?.limits;
        proceed(verification, |verification| {
            let Some(Publisher::Plc(identity)) = verification.publisher() else { return };
            if let Some(warning) = directory::compare_document(url, identity, served, &limits) {
                verification.warn(warning);
            }
        })
    })
}

/// Says which URL the package is fetched from, where the request had no input `artifactUrl`: then only that artifact counts.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`, `FEDVERIFY_API_USED_UP`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_verification_fetch_from(
    verification: Option<&fedverify_verification>,
    url: Str<'_>,
    url_len: usize,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    attempt(error, || {
        let url = url.read(url_len, "the URL of an artifact")?;
        proceed(verification, |verification| verification.fetch_from(url))
    })
}

/// Forgets the bytes that were taken so far, for a download that starts again.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`, `FEDVERIFY_API_USED_UP`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_verification_restart(
    verification: Option<&fedverify_verification>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    attempt(error, || proceed(verification, Verification::restart))
}

/// Takes the next bytes of the package or the archive. Bytes that are not wanted any more are ignored; what was wrong with
/// them is in the report.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`, `FEDVERIFY_API_USED_UP`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_verification_update(
    verification: Option<&fedverify_verification>,
    bytes: Bytes<'_>,
    bytes_len: usize,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    attempt(error, || {
        let bytes = bytes.read(bytes_len, "bytes of a package")?;
        proceed(verification, |verification| {
            // `fedverify_verification_is_decided` tells whether more are wanted.
            let _is_more_wanted = verification.update(bytes);
        })
    })
}

/// Reads the whole package or archive from a file, in constant memory. Install the same file: verify it in a folder that
/// only you can write to.
///
/// `path` is as the operating system has it: any bytes on Unix, UTF-8 elsewhere. It must be a regular file, and is opened
/// once. A file that is missing or cannot be read is no error of this call: it is in the report.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`, `FEDVERIFY_API_USED_UP`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_verification_read_file(
    verification: Option<&fedverify_verification>,
    path: Str<'_>,
    path_len: usize,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    attempt(error, || {
        let path = files::path(path.read_bytes(path_len, "a path")?)?;
        proceed(verification, |verification| match files::open(&path) {
            Ok(file) => verification.read(file, |_| {}),
            Err(error) => verification.fail(error),
        })
    })
}

/// Reads the whole package or archive from a function of the caller, piece by piece, for streams. What was taken before is
/// forgotten. The function is not called where no bytes are wanted any more, and not again once that is so.
///
/// That the function cannot read on is no error of this call: it is in the report. An archive is held in memory, as it is when
/// it comes by `fedverify_verification_update`.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`, also where the function says that it wrote more than it was asked for, which is in the
/// report, too; `FEDVERIFY_API_USED_UP`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_verification_read(
    verification: Option<&fedverify_verification>,
    reader: Reader<'_>,
    context: Context<'_>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    attempt(error, || {
        let mut source = Source::new(reader, context)?;
        // A package without bytes is one all the same.
        let mut is_more_wanted = proceed(verification, |verification| {
            verification.restart();
            verification.update(&[])
        })?;
        while is_more_wanted {
            // Nothing is locked here: the function may ask how far the verification is.
            is_more_wanted = match source.next() {
                Ok([]) => false,
                Ok(piece) => proceed(verification, |verification| verification.update(piece))?,
                Err(error) => {
                    proceed(verification, |verification| verification.fail(error)).map(|()| false)?
                }
            };
        }
        Ok(())
    })
}

/// Says that the package or the archive could not be read to its end; `why` and `message` are as for
/// `fedverify_request_set_unreadable`.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`, `FEDVERIFY_API_USED_UP`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_verification_fail(
    verification: Option<&fedverify_verification>,
    why: fedverify_status,
    message: Str<'_>,
    message_len: usize,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    attempt(error, || {
        let unreadable = files::unreadable(why, &message.read_message(message_len)?)?;
        proceed(verification, |verification| verification.fail(unreadable))
    })
}

/// Ends the verification and puts its report into `report`, whatever the verdict. It uses the verification up, which still
/// has to be freed.
///
/// Returns `FEDVERIFY_OK` only where the report is verified; any other status is the reason in the report, and `error` gets
/// the same reason. Where `report` is NULL afterwards, there was nothing to report on, and the reason is one of the errors
/// named here. A request that could not be used gives the same status with a report: free every report that is not NULL.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`, `FEDVERIFY_API_USED_UP`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_verification_finish(
    verification: Option<&fedverify_verification>,
    report: Place<'_, fedverify_report>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    conclude(report, error, || {
        let verification = given(verification, "a verification")?.lock().take().ok_or_else(used_up)?;
        let report = fedverify_report::new(verification.finish());
        let outcome = report.outcome();
        Ok((Some(report), outcome))
    })
}
