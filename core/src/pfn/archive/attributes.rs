//! What an entry is, beside its name: a file or a folder, and nothing else (pfn.md, "Attributes of entries").

/// The type of a file in the mode that Unix keeps, which is the upper half of the attributes (POSIX, `sys/stat.h`).
const TYPE: u32 = 0o170_000;
const FIFO: u32 = 0o010_000;
const CHARACTER_DEVICE: u32 = 0o020_000;
const FOLDER: u32 = 0o040_000;
const BLOCK_DEVICE: u32 = 0o060_000;
const FILE: u32 = 0o100_000;
const LINK: u32 = 0o120_000;
const SOCKET: u32 = 0o140_000;

/// What MS-DOS keeps of a file, in the lowest byte.
const DOS_VOLUME_LABEL: u32 = 0x08;
const DOS_FOLDER: u32 = 0x10;

/// What Windows adds to them in the byte above: the file is a reparse point, such as a link.
const WINDOWS_REPARSE_POINT: u32 = 0x400;

/// Says what is wrong with the external attributes of an entry of this name, if anything is. Which system made the entry does
/// not matter: some unpackers do not ask either.
pub(super) fn check(attributes: u32, name: &[u8]) -> Result<(), &'static str> {
    let file_type = attributes >> 16 & TYPE;
    match file_type {
        // 0: no mode, or one without a type, as Python writes it.
        0 | FILE | FOLDER => {}
        LINK => return Err("a symbolic link"),
        FIFO => return Err("a FIFO"),
        CHARACTER_DEVICE | BLOCK_DEVICE => return Err("a device"),
        SOCKET => return Err("a socket"),
        _ => return Err("a file of an unknown type"),
    }
    if attributes & DOS_VOLUME_LABEL != 0 {
        return Err("a volume label");
    }
    if attributes & WINDOWS_REPARSE_POINT != 0 {
        return Err("a reparse point of Windows");
    }
    let is_folder = file_type == FOLDER || attributes & DOS_FOLDER != 0;
    if is_folder && !name.ends_with(b"/") {
        return Err("a folder, but its name does not end with a slash");
    }
    // A name that ends with a slash is a folder's to every unpacker, whatever its mode says.
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_neither_is_named() {
        for (file_type, expected) in [
            (LINK, "a symbolic link"),
            (FIFO, "a FIFO"),
            (CHARACTER_DEVICE, "a device"),
            (BLOCK_DEVICE, "a device"),
            (SOCKET, "a socket"),
            (TYPE, "a file of an unknown type"),
        ] {
            assert_eq!(check(file_type << 16, b"gallery/x"), Err(expected));
        }
    }

    #[test]
    fn an_entry_is_a_file_or_a_folder() {
        for mode in 0..=u32::from(u16::MAX) {
            let check = |name: &[u8]| check(mode << 16, name).is_ok();
            let file_type = mode & TYPE;
            assert_eq!(check(b"gallery/"), [0, FILE, FOLDER].contains(&file_type), "{mode:o}");
            assert_eq!(check(b"gallery/x"), [0, FILE].contains(&file_type), "{mode:o}");
        }
        for low in 0..=u32::from(u16::MAX) {
            for high in [0, 0o100_644 << 16, 0o040_755 << 16] {
                let check = |name: &[u8]| check(high | low, name).is_ok();
                let is_special = low & (DOS_VOLUME_LABEL | WINDOWS_REPARSE_POINT) != 0;
                let is_folder = low & DOS_FOLDER != 0 || high == 0o040_755 << 16;
                assert_eq!(check(b"gallery/"), !is_special, "{low:x}");
                assert_eq!(check(b"gallery/x"), !is_special && !is_folder, "{low:x}");
            }
        }
    }
}
