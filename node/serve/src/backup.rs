//! Copies of a node's folder: made while the node runs, and made into a folder again. The database is copied first, by SQLite's
//! own means, as it is at one moment; every archive that it names was stored before it was named, and none is ever deleted.

use crate::arguments::{Backup, Restore};
use crate::blobs::Blobs;
use crate::database::{DATABASE, Sqlite};
use crate::lock::Lock;
use fedverify::PackageDigests;
use fedverify_node::{Archive, Fault, Stored, archives};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// What is being written has this name until it is whole.
const UNFINISHED: &str = "node.sqlite.unfinished";

/// Copies a node's folder, whether the node runs or not. The folder of an earlier copy is brought up to date.
pub(crate) fn back_up(backup: &Backup) -> Result<String, Fault> {
    let from = backup.data.join(DATABASE);
    if !from.is_file() {
        return Err(Fault::new(format!("expected the database of a node at {}, found none", from.display())));
    }
    // A copy in place of a running node's database would lose what that acknowledges from then on.
    make(&backup.to)?;
    let _lock = Lock::of_copy(&backup.to)?;
    let source = Blobs::open(backup.archives.as_deref(), &backup.data)?;
    let target = Blobs::open(None, &backup.to)?;
    let unfinished = backup.to.join(UNFINISHED);
    remove(&unfinished)?;
    let database = Sqlite::read(&from)?;
    database.copy_to(&unfinished)?;
    // What the copy names, not what the node has named meanwhile.
    let copy = Sqlite::read(&unfinished)?;
    copy.check()?;
    let copied = copy_archives(&copy, &source, &target, false)?;
    drop(copy);
    finish(&unfinished, &backup.to.join(DATABASE))?;
    let to = backup.to.display();
    // An archive that is lost is no reason to lose the others, and each copy says so again.
    if let Some(lost) = copied.lost() {
        return Err(Fault::new(format!("copied all else to {to} ({}), but {lost}", copied.count())));
    }
    Ok(format!("copied {} to {to}: the database and {}", backup.data.display(), copied.count()))
}

/// Makes a node's folder of a copy. The folder must not have a database yet.
pub(crate) fn restore(restore: &Restore) -> Result<String, Fault> {
    let (from, to) = (restore.from.join(DATABASE), restore.data.join(DATABASE));
    if !from.is_file() {
        return Err(Fault::new(format!(
            "expected a copy of a node at {}, found none",
            restore.from.display()
        )));
    }
    make(&restore.data)?;
    let source = Blobs::open(None, &restore.from)?;
    let target = Blobs::open(restore.archives.as_deref(), &restore.data)?;
    let _lock = Lock::take(&restore.data)?;
    if to.exists() {
        return Err(Fault::new(format!("{} is there already: restore into another folder", to.display())));
    }
    let unfinished = restore.data.join(UNFINISHED);
    remove(&unfinished)?;
    let database = Sqlite::read(&from)?;
    database.check()?;
    database.copy_to(&unfinished)?;
    // Archives that are there already are read, too: if the node broke, they may have broken with it.
    let copied = copy_archives(&database, &source, &target, true)?;
    let lost = copied.lost();
    if let Some(lost) = lost.as_ref().filter(|_| !restore.incomplete) {
        return Err(Fault::new(format!("{lost}; --incomplete makes a folder without them")));
    }
    finish(&unfinished, &to)?;
    let (to, from, count) = (restore.data.display(), restore.from.display(), copied.count());
    let lost = lost.map(|lost| format!("; {lost}")).unwrap_or_default();
    Ok(format!("made {to} from {from}: the database and {count}{lost}"))
}

/// Makes a folder, where it is missing, that only this user may look into: the database has the hashes of keys in it.
pub(crate) fn make(folder: &Path) -> Result<(), Fault> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(folder)
        .map_err(|error| Fault::new(format!("{} cannot be made: {error}", folder.display())))
}

/// How many lost archives are named.
const NAMED: usize = 10;

/// What became of the archives that a database names.
#[derive(Default)]
struct Copied {
    new: u64,
    before: u64,
    /// Those that are missing or damaged, and why.
    lost: Vec<String>,
}

impl Copied {
    fn count(&self) -> String {
        format!("{}; {} were there before", in_words(self.new), self.before)
    }

    /// What was lost, in words; `None` if nothing was.
    fn lost(&self) -> Option<String> {
        let named: Vec<&str> = self.lost.iter().take(NAMED).map(String::as_str).collect();
        let count = in_words(u64::try_from(self.lost.len()).unwrap_or(u64::MAX));
        (!named.is_empty()).then(|| format!("{count} could not be copied: {}", named.join("; ")))
    }
}

fn in_words(archives: u64) -> String {
    format!("{archives} archive{}", if archives == 1 { "" } else { "s" })
}

/// Copies the archives that a database names, each as it was when it was first seen, or not at all. With `is_thorough`, those that
/// are in the target already are read and compared, too.
fn copy_archives(
    database: &Sqlite,
    source: &Blobs,
    target: &Blobs,
    is_thorough: bool,
) -> Result<Copied, Fault> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Fault::new)?;
    let mut copied = Copied::default();
    for archive in archives(database)? {
        match runtime.block_on(copy_archive(&archive, source, target, is_thorough))? {
            Ok(Stored::New | Stored::Replaced) => copied.new = copied.new.saturating_add(1),
            Ok(Stored::Before) => copied.before = copied.before.saturating_add(1),
            Err(why) => copied.lost.push(why),
        }
    }
    Ok(copied)
}

async fn copy_archive(
    archive: &Archive,
    source: &Blobs,
    target: &Blobs,
    is_thorough: bool,
) -> Result<Result<Stored, String>, Fault> {
    if target.size(&archive.name).await? == Some(archive.size) {
        let is_whole = if is_thorough { whole(archive, target).await?.map(drop) } else { Ok(()) };
        return Ok(is_whole.map(|()| Stored::Before));
    }
    match whole(archive, source).await? {
        Ok(bytes) => target.put(&archive.name, bytes).await.map(Ok),
        Err(why) => Ok(Err(why)),
    }
}

/// The bytes of an archive, as it was when it was first seen, or why there are none.
async fn whole(archive: &Archive, blobs: &Blobs) -> Result<Result<Vec<u8>, String>, Fault> {
    let Some(found) = blobs.get(&archive.name).await? else {
        return Ok(Err(format!("the archive {} is missing", archive.name)));
    };
    let bytes = found.bytes().await.map_err(Fault::new)?.to_vec();
    let limits = fedverify::Limits { package_bytes: u64::MAX, ..fedverify::Limits::default() };
    let digests = PackageDigests::from_reader(&bytes[..], &limits).map_err(Fault::new)?;
    if digests.sha256_hex() != archive.sha256 {
        return Ok(Err(format!("the archive {} is damaged: SHA-256 mismatch", archive.name)));
    }
    Ok(Ok(bytes))
}

fn remove(path: &PathBuf) -> Result<(), Fault> {
    match fs::remove_file(path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Fault::new(format!("{} cannot be removed: {error}", path.display()))),
    }
}

/// Gives a finished database its name. Everything that it names is there by then.
fn finish(unfinished: &Path, path: &Path) -> Result<(), Fault> {
    let of = |error: std::io::Error| Fault::new(format!("{} cannot be written: {error}", path.display()));
    File::open(unfinished).and_then(|file| file.sync_all()).map_err(of)?;
    fs::rename(unfinished, path).map_err(of)?;
    // The name is written to the disk, too, where the system can do that.
    if let Some(folder) = path.parent() {
        drop(File::open(folder).and_then(|folder| folder.sync_all()));
    }
    Ok(())
}
