//! Several directories' logs of one identity.

use crate::border::{Place, Str, fedverify_str};
use crate::call::{attempt, given, make};
use crate::error::fedverify_error;
use crate::handle::{free, look};
use crate::identity::fedverify_identity;
use crate::status::fedverify_status;
use crate::warnings;
use fedverify::directory::{self, Answer};
use fedverify::{ApiFault, Error, Warning};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What several directories' logs of one identity prove. A directory can withhold operations and change times, and one alone cannot
/// be caught at it; asked beside others it can. Freed with `fedverify_directories_free`.
pub struct fedverify_directories(Mutex<Vec<Answer>>);

/// The newest of several directories' logs: the one that lawfully continues every other. Freed with `fedverify_newest_free`.
pub struct fedverify_newest {
    index: usize,
    url: String,
    warnings: Vec<Warning>,
}

impl fedverify_directories {
    fn lock(&self) -> MutexGuard<'_, Vec<Answer>> {
        // An answer is in the list or it is not: no panic can leave it half-changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes a list without logs. Never NULL.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_directories_new() -> Option<Box<fedverify_directories>> {
    Some(Box::new(fedverify_directories(Mutex::new(Vec::new()))))
}

/// Frees the list. NULL is ignored; do not free twice. Neither the identities in it nor what it said of them are affected.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_directories_free(directories: Option<Box<fedverify_directories>>) {
    free(directories);
}

/// Adds what the log of the directory at `url` proves. It keeps the URL and what it needs of the identity, which may be freed.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_directories_add(
    directories: Option<&fedverify_directories>,
    url: Str<'_>,
    url_len: usize,
    identity: Option<&fedverify_identity>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    attempt(error, || {
        let directories = given(directories, "directories")?;
        let url = url.read(url_len, "a URL")?.to_owned();
        let identity = given(identity, "an identity")?.core().clone();
        directories.lock().push(Answer { url, identity });
        Ok(())
    })
}

/// Chooses the newest of the logs that were added: the one that lawfully continues every other. Of equals it is the first of those
/// that show most. More can be added afterwards, and the newest asked for again.
///
/// Errors: `FEDVERIFY_PLC_DIRECTORY_DISAGREE` where there is none such, because the directories show different histories, or other
/// times of the same operations; `FEDVERIFY_PLC_LOG_EMPTY` where none was added; `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_directories_newest(
    directories: Option<&fedverify_directories>,
    newest: Place<'_, fedverify_newest>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(newest, error, || {
        let answers = given(directories, "directories")?.lock().clone();
        let (answer, warnings) = directory::newest(&answers)?;
        let index = answers.iter().position(|other| std::ptr::eq(other, answer));
        let missing =
            || Error::misuse(ApiFault::Panicked, "the newest log is not one of those that were added");
        Ok(fedverify_newest { index: index.ok_or_else(missing)?, url: answer.url.clone(), warnings })
    })
}

/// Frees the answer. NULL is ignored; do not free twice.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_newest_free(newest: Option<Box<fedverify_newest>>) {
    free(newest);
}

/// Which of the logs it is, counted from 0 in the order in which they were added: go on with the identity of that one.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_newest_index(newest: Option<&fedverify_newest>) -> usize {
    look(newest, |newest| newest.index)
}

/// The URL of the directory that served it. Valid until the answer is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_newest_url(newest: Option<&fedverify_newest>) -> fedverify_str {
    look(newest, |newest| fedverify_str::new(&newest.url))
}

/// The number of warnings, one for each directory that lags behind the newest.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_newest_warning_count(newest: Option<&fedverify_newest>) -> usize {
    look(newest, |newest| newest.warnings.len())
}

/// The stable code of a warning, `FEDVERIFY_WARNING_PLC_DIRECTORY_LAG`; absent past the end. Always valid.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_newest_warning_code(
    newest: Option<&fedverify_newest>,
    index: usize,
) -> fedverify_str {
    look(newest, |newest| warnings::code(&newest.warnings, index))
}

/// A warning for people, safe to print on a terminal; absent past the end. Valid until the answer is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_newest_warning_message(
    newest: Option<&fedverify_newest>,
    index: usize,
) -> fedverify_str {
    look(newest, |newest| warnings::message(&newest.warnings, index))
}
