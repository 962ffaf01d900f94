//! A ZIP file is read twice alike, at whatever size it is read piece by piece, and binds no plugin that it does not name.
#![no_main]

use fedverify::pfn::PluginArchive;
use fedverify::{Limits, PackageDigests};
use fedverify_fuzz::check_message;
use libfuzzer_sys::fuzz_target;
use std::io::{Cursor, Read, Seek, SeekFrom};

fuzz_target!(|data: &[u8]| {
    let limits = Limits::default();
    let digests = || PackageDigests::from_reader(data, &limits).expect("it is small");
    let whole = PluginArchive::read(Cursor::new(data), digests(), &limits);
    let dripped = PluginArchive::read(Drip(Cursor::new(data)), digests(), &limits);
    match (whole, dripped) {
        (Ok(whole), Ok(dripped)) => {
            assert_eq!(whole.digests().sha384(), dripped.digests().sha384());
        }
        (Err(whole), Err(dripped)) => {
            assert_eq!(whole, dripped);
            check_message(whole.message());
        }
        (whole, dripped) => panic!("{whole:?}, but in small pieces {dripped:?}"),
    }
});

/// Gives at most seven bytes at a time.
struct Drip<'d>(Cursor<&'d [u8]>);

impl Read for Drip<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let most = buffer.len().min(7);
        self.0.read(&mut buffer[..most])
    }
}

impl Seek for Drip<'_> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.0.seek(to)
    }
}
