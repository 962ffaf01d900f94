//! New pins that were never finished, because the process was killed while it wrote them. They do no harm, and are removed when the next
//! pin is written to the folder.

use std::fs::{self, DirEntry, File, Metadata};
use std::io;
use std::path::Path;
use std::time::Duration;

/// What the name of a new pin starts with, until it has the pin's own.
pub(crate) const PREFIX: &str = ".fedverify-pin-";

/// How many letters and digits follow; nobody can guess them.
pub(crate) const RANDOM_LETTERS: usize = 6;

/// No process writes a pin for so long. If a clock is wrong or a process sleeps for that time, its unfinished pin is removed before it
/// gets its name: then there is no verdict, and the old pin stays.
const AGE: Duration = Duration::from_secs(60 * 60);

/// How many names of the folder are looked at, whichever the system gives first: writing one pin among very many stays cheap.
const MAX_NAMES: usize = 10_000;

/// Removes them from a folder: regular files, and no links, of such a name and age that belong to the owner of the pin that is being
/// written. It does not matter if one cannot be removed.
pub(crate) fn remove(folder: &Path, own: &File) {
    let (Ok(entries), Ok(own)) = (fs::read_dir(folder), own.metadata()) else { return };
    for entry in entries.flatten().take(MAX_NAMES) {
        if is_named_so(&entry) && may_go(&entry, &own).unwrap_or(false) {
            let _another_may_have_been_quicker = fs::remove_file(entry.path());
        }
    }
}

fn is_named_so(entry: &DirEntry) -> bool {
    let name = entry.file_name();
    let letters = name.to_str().and_then(|name| name.strip_prefix(PREFIX)).unwrap_or_default();
    letters.len() == RANDOM_LETTERS && letters.bytes().all(|letter| letter.is_ascii_alphanumeric())
}

fn may_go(entry: &DirEntry, own: &Metadata) -> io::Result<bool> {
    // Of the entry itself, wherever a link would lead.
    let found = entry.metadata()?;
    let age = own.modified()?.duration_since(found.modified()?).unwrap_or_default();
    Ok(found.is_file() && is_owner_of(own, &found) && age > AGE)
}

#[cfg(unix)]
fn is_owner_of(own: &Metadata, found: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    own.uid() == found.uid()
}

/// Elsewhere the folder is one of the user's own.
#[cfg(not(unix))]
fn is_owner_of(_own: &Metadata, _found: &Metadata) -> bool {
    true
}
