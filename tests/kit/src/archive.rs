//! ZIP files, byte for byte the same each time: one fixed date, and no extra fields unless asked for (APPNOTE.TXT, section
//! 4.3).

/// 2026-01-01 00:00:00 in MS-DOS format.
const DATE: u16 = (2026 - 1980) << 9 | 1 << 5 | 1;
const VERSION: u16 = 20;
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// Flag 0 of an entry: its data is encrypted.
pub const ENCRYPTED: u16 = 1;

/// Flag 3 of an entry: checksum and sizes follow its data.
pub const DATA_DESCRIPTOR: u16 = 1 << 3;

/// A ZIP file in the making.
#[derive(Debug, Clone, Default)]
pub struct Archive {
    prefix: Vec<u8>,
    entries: Vec<Entry>,
    comment: Vec<u8>,
}

/// How many bytes the end record has without its comment (APPNOTE.TXT, section 4.3.16).
pub const END_RECORD_BYTES: usize = 22;

/// The longest comment.
pub const MAX_COMMENT_BYTES: usize = u16::MAX as usize;

#[derive(Debug, Clone)]
struct Entry {
    listed: Header,
    own: Header,
    data: Vec<u8>,
    /// What follows the data.
    descriptor: Vec<u8>,
    /// The system that the list says it was made on.
    system: u8,
    /// The external attributes, which only the list has.
    attributes: u32,
}

/// What is said of an entry twice: in the list of entries, and before its data.
#[derive(Debug, Clone)]
pub struct Header {
    /// The name.
    pub name: String,
    /// The general purpose flags.
    pub flags: u16,
    /// The compression method.
    pub method: u16,
    /// The checksum of the content.
    pub crc: u32,
    /// How many bytes the data has.
    pub packed_size: u32,
    /// How many bytes the content has.
    pub size: u32,
    /// The extra fields.
    pub extra: Vec<u8>,
}

impl Archive {
    /// An archive without entries.
    pub fn new() -> Archive {
        Archive::default()
    }

    /// Adds a folder; the name ends with a slash.
    pub fn folder(self, name: &str) -> Archive {
        self.file(name, b"")
    }

    /// Adds a file as it is.
    pub fn file(mut self, name: &str, content: impl AsRef<[u8]>) -> Archive {
        let content = content.as_ref();
        let header = Header {
            name: name.to_owned(),
            flags: 0,
            method: STORED,
            crc: crc32(content),
            packed_size: content.len() as u32,
            size: content.len() as u32,
            extra: Vec::new(),
        };
        let (own, data) = (header.clone(), content.to_vec());
        let (descriptor, system, attributes) = (Vec::new(), 0, 0);
        self.entries.push(Entry { listed: header, own, data, descriptor, system, attributes });
        self
    }

    /// Adds a file compressed, as most archivers do.
    pub fn deflated(mut self, name: &str, content: impl AsRef<[u8]>) -> Archive {
        self = self.file(name, content);
        let entry = self.last();
        entry.data = miniz_oxide::deflate::compress_to_vec(&entry.data, 6);
        let packed_size = entry.data.len() as u32;
        self.both(|header| (header.method, header.packed_size) = (DEFLATED, packed_size))
    }

    /// Sets flags on the last entry.
    pub fn flagged(self, flags: u16) -> Archive {
        self.both(|header| header.flags = flags)
    }

    /// Changes what the list says of the last entry.
    pub fn listed(mut self, change: impl FnOnce(&mut Header)) -> Archive {
        change(&mut self.last().listed);
        self
    }

    /// Changes what the last entry's own header says.
    pub fn own(mut self, change: impl FnOnce(&mut Header)) -> Archive {
        change(&mut self.last().own);
        self
    }

    /// Sets what the last entry is beside its name: the system that it was made on, and its attributes there (APPNOTE.TXT,
    /// sections 4.4.2 and 4.4.15).
    pub fn attributes(mut self, system: u8, attributes: u32) -> Archive {
        let entry = self.last();
        (entry.system, entry.attributes) = (system, attributes);
        self
    }

    fn both(self, change: impl Fn(&mut Header)) -> Archive {
        self.listed(&change).own(&change)
    }

    /// Moves checksum and sizes of the last entry from its own header behind its data, as archivers do that write a stream.
    pub fn streamed(self) -> Archive {
        let own = |header: &mut Header| (header.crc, header.packed_size, header.size) = (0, 0, 0);
        self.described(Header::descriptor).own(own)
    }

    /// Says of the last entry that such a descriptor follows its data, which its own header says all the same.
    pub fn described(mut self, descriptor: impl Fn(&Header) -> Vec<u8>) -> Archive {
        let descriptor = descriptor(&self.last().listed);
        self.followed_by(descriptor).flagged(DATA_DESCRIPTOR)
    }

    /// Puts bytes after the data of the last entry.
    pub fn followed_by(mut self, bytes: impl Into<Vec<u8>>) -> Archive {
        self.last().descriptor = bytes.into();
        self
    }

    /// Changes the content of the last entry, and leaves its checksum as it was.
    pub fn damaged(mut self, change: impl FnOnce(&mut Vec<u8>)) -> Archive {
        let entry = self.last();
        change(&mut entry.data);
        let packed_size = entry.data.len() as u32;
        self.both(|header| header.packed_size = packed_size)
    }

    /// Puts bytes before the first entry. All offsets count from the start of the file, so every reader finds the
    /// entries.
    pub fn after(mut self, prefix: impl Into<Vec<u8>>) -> Archive {
        self.prefix = prefix.into();
        self
    }

    /// Sets the comment, which ends the file.
    pub fn comment(mut self, comment: impl Into<Vec<u8>>) -> Archive {
        self.comment = comment.into();
        assert!(self.comment.len() <= MAX_COMMENT_BYTES, "a comment has at most 65,535 bytes");
        self
    }

    /// How many entries there are.
    pub fn len(&self) -> u64 {
        self.entries.len() as u64
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = self.prefix.clone();
        let mut directory = Vec::new();
        for entry in &self.entries {
            let offset = out.len() as u32;
            out.extend(b"PK\x03\x04");
            out.extend(entry.own.bytes());
            out.extend(
                [entry.own.name.as_bytes(), &entry.own.extra, &entry.data, &entry.descriptor].concat(),
            );
            directory.extend(entry.directory_record(offset));
        }
        let count = (self.entries.len() as u16).to_le_bytes();
        let (offset, size) = (out.len() as u32, directory.len() as u32);
        out.extend(directory);
        out.extend(b"PK\x05\x06\0\0\0\0");
        out.extend([count, count].concat());
        out.extend([size.to_le_bytes(), offset.to_le_bytes()].concat());
        out.extend((self.comment.len() as u16).to_le_bytes());
        out.extend(&self.comment);
        out
    }

    fn last(&mut self) -> &mut Entry {
        self.entries.last_mut().expect("an entry before it is changed")
    }
}

impl Header {
    /// What follows the data of an entry that is written as a stream (APPNOTE.TXT, section 4.3.9).
    pub fn descriptor(&self) -> Vec<u8> {
        let numbers = [self.crc, self.packed_size, self.size].map(u32::to_le_bytes).concat();
        [b"PK\x07\x08", &*numbers].concat()
    }

    /// The same of an entry whose sizes may need 64 bits.
    pub fn long_descriptor(&self) -> Vec<u8> {
        let sizes = [self.packed_size, self.size].map(|size| u64::from(size).to_le_bytes()).concat();
        [b"PK\x07\x08", &self.crc.to_le_bytes()[..], &sizes].concat()
    }

    /// What the local header and the directory's record have in common.
    fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for field in [VERSION, self.flags, self.method, 0, DATE] {
            out.extend(field.to_le_bytes());
        }
        for field in [self.crc, self.packed_size, self.size] {
            out.extend(field.to_le_bytes());
        }
        for field in [self.name.len() as u16, self.extra.len() as u16] {
            out.extend(field.to_le_bytes());
        }
        out
    }
}

impl Entry {
    fn directory_record(&self, offset: u32) -> Vec<u8> {
        let mut out = b"PK\x01\x02".to_vec();
        out.extend((VERSION | u16::from(self.system) << 8).to_le_bytes());
        out.extend(self.listed.bytes());
        // No comment, first disk, no internal attributes.
        out.extend([0; 6]);
        out.extend(self.attributes.to_le_bytes());
        out.extend(offset.to_le_bytes());
        out.extend([self.listed.name.as_bytes(), &self.listed.extra].concat());
        out
    }
}

/// Where the list of an archive without a comment begins, as its end record says (APPNOTE.TXT, section 4.3.16).
pub fn list_offset(archive: &[u8]) -> usize {
    let end = archive.len() - END_RECORD_BYTES;
    u32::from_le_bytes(archive[end + 16..end + 20].try_into().expect("four bytes")) as usize
}

/// An extra field that gives an entry another name, in place of this one (APPNOTE.TXT, section 4.6.9).
pub fn unicode_path(name: &str, other: &str) -> Vec<u8> {
    extra_field(0x7075, &[&[1], &crc32(name.as_bytes()).to_le_bytes()[..], other.as_bytes()].concat())
}

/// An extra field of this id (APPNOTE.TXT, section 4.5.1).
pub fn extra_field(id: u16, data: &[u8]) -> Vec<u8> {
    [&id.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat()
}

/// An extra field of ASi, which says once more what an entry is: its Unix mode, and where it leads if it is a link.
pub fn asi_unix(mode: u16, target: &str) -> Vec<u8> {
    let length = (target.len() as u32).to_le_bytes();
    let data = [&mode.to_le_bytes()[..], &length, &[0; 4], target.as_bytes()].concat();
    extra_field(0x756e, &[&crc32(&data).to_le_bytes()[..], &data].concat())
}

/// CRC-32 as ZIP uses it (ITU-T V.42), bit by bit: our files are small.
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            let carry = if crc & 1 == 1 { 0xedb8_8320 } else { 0 };
            crc = crc >> 1 ^ carry;
        }
    }
    !crc
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_has_its_published_check_value() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }
}
