//! The start of a file in an archive.

use super::entries::PhpFile;
use super::{damaged, quote_bytes, unreadable};
use crate::error::Error;
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::{
    TINFL_FLAG_HAS_MORE_INPUT, TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF,
};
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};
use rawzip::{CompressionMethod, ReaderAt, ZipArchive};
use std::io::Read;

/// How much of a file WordPress reads for its header (`get_file_data`).
pub(super) const START_BYTES: usize = 8 * 1024;

/// How much compressed data is read for it. Twice as much: deflate never makes data much longer, but it can be padded
/// with empty blocks without end (RFC 1951, section 3.2.4).
const COMPRESSED_BYTES: u64 = 16 * 1024;

/// The first 8 KiB of a file, or all of it if it is shorter.
///
/// # Errors
///
/// [`Code::PfnArchiveUnreadable`](crate::Code::PfnArchiveUnreadable).
pub(super) fn start_of<R: ReaderAt>(archive: &ZipArchive<R>, file: &PhpFile) -> Result<Vec<u8>, Error> {
    let refused = |what: &str| unreadable(&format!("{} {what}", quote_bytes(&file.name)));
    let entry = archive.get_entry(file.place).map_err(|fault| damaged(&fault))?;
    let (size, packed_size) = (file.place.uncompressed_size_hint(), file.place.compressed_size_hint());
    let wanted = usize::try_from(packed_size.min(COMPRESSED_BYTES)).unwrap_or(usize::MAX);
    let mut packed = vec![0; wanted];
    entry.reader().read_exact(&mut packed).map_err(|_| refused("is cut off"))?;
    if file.method == CompressionMethod::STORE {
        packed.truncate(START_BYTES);
        return if size == packed_size {
            Ok(packed)
        } else {
            Err(refused("is stored, but has two different sizes"))
        };
    }
    if file.method != CompressionMethod::DEFLATE {
        return Err(refused("is compressed, but not with deflate"));
    }
    inflate_start(&packed, packed_size > COMPRESSED_BYTES, size)
        .ok_or_else(|| refused("does not decompress to its stated size, or has more data"))
}

/// Inflates the first 8 KiB. `None` if the data is damaged, or is not `size` bytes as far as this can tell. What ends within them
/// ends with the data: an unpacker that reads the archive from its start would find something else behind it.
fn inflate_start(packed: &[u8], has_more: bool, size: u64) -> Option<Vec<u8>> {
    let more = if has_more { TINFL_FLAG_HAS_MORE_INPUT } else { 0 };
    let mut start = vec![0; START_BYTES];
    let mut inflater = Box::<DecompressorOxide>::default();
    let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF | more;
    let (status, read, count) = decompress(&mut inflater, packed, &mut start, 0, flags);
    let inflated = u64::try_from(count).ok()?;
    let is_size_right = match status {
        TINFLStatus::Done => inflated == size && read == packed.len() && !has_more,
        TINFLStatus::HasMoreOutput => inflated <= size,
        TINFLStatus::FailedCannotMakeProgress
        | TINFLStatus::BadParam
        | TINFLStatus::Adler32Mismatch
        | TINFLStatus::Failed
        | TINFLStatus::NeedsMoreInput => false,
    };
    start.truncate(count);
    is_size_right.then_some(start)
}
