//! The border between C and Rust: all unsafe code of the C library, with `border/`.
//!
//! C passes addresses. Each type here takes one kind of address, and has one checked way to what is there. They are
//! transparent: in C they are plain pointers. Safe Rust cannot make them, so an export cannot be called with an address
//! that no caller vouched for.
//!
//! Handles need no such type: `Option<&T>` and `Option<Box<T>>` are pointers in C, and NULL is `None` (the Rust
//! Reference, "Type layout" and `std::boxed`, "Memory layout").

mod reader;

pub(crate) use reader::Callback;
pub use reader::{Context, Reader, fedverify_reader};

use fedverify::{ApiFault, Error, printable};
use std::ffi::{c_char, c_void};
use std::marker::PhantomData;

/// Bytes that a caller lends for a call: `const void *`, followed by their number.
#[repr(transparent)]
pub struct Bytes<'a> {
    address: *const c_void,
    caller: PhantomData<&'a [u8]>,
}

/// A string that a caller lends for a call: `const char *`, followed by its length in bytes.
#[repr(transparent)]
pub struct Str<'a> {
    address: *const c_char,
    caller: PhantomData<&'a str>,
}

/// A list of strings that a caller lends for a call: `const fedverify_str *`, followed by their number.
#[repr(transparent)]
pub struct Strs<'a> {
    address: *const fedverify_str,
    caller: PhantomData<&'a [fedverify_str]>,
}

/// Where a caller wants a number or a string: `T *`.
#[repr(transparent)]
pub struct Out<'a, T> {
    address: *mut T,
    caller: PhantomData<&'a mut T>,
}

/// Where a caller wants a new handle: `T **`.
#[repr(transparent)]
pub struct Place<'a, T> {
    address: *mut *mut T,
    caller: PhantomData<&'a mut *mut T>,
}

/// A string that a handle lends: UTF-8, `len` bytes from `data` on, without a NUL at its end.
///
/// It is valid until the handle that it came from is freed. An absent string has NULL as `data` and 0 as `len`. To print
/// one: `printf("%.*s", (int)string.len, string.data)`.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct fedverify_str {
    /// The first byte; NULL for an absent string.
    pub data: *const c_char,
    /// The number of bytes.
    pub len: usize,
}

impl<'a> Bytes<'a> {
    /// Bytes of Rust, for tests of exports.
    #[cfg(test)]
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Bytes { address: bytes.as_ptr().cast(), caller: PhantomData }
    }

    /// The bytes. NULL with a length of 0 is no bytes.
    ///
    /// # Errors
    ///
    /// [`fedverify::Code::ApiArgument`] for NULL with another length, and for a length that no memory has.
    pub(crate) fn read(self, len: usize, what: &str) -> Result<&'a [u8], Error> {
        lent(self.address.cast(), len, what).map(Option::unwrap_or_default)
    }
}

impl<'a> Str<'a> {
    /// A string of Rust, for tests of exports.
    #[cfg(test)]
    pub(crate) fn new(string: &'a str) -> Self {
        Str { address: string.as_ptr().cast(), caller: PhantomData }
    }

    /// The string. NULL with a length of 0 is the empty string.
    ///
    /// # Errors
    ///
    /// [`fedverify::Code::ApiArgument`] as for [`Bytes::read`], and for what is not UTF-8.
    pub(crate) fn read(self, len: usize, what: &str) -> Result<&'a str, Error> {
        utf8(lent(self.address.cast(), len, what)?.unwrap_or_default(), what)
    }

    /// A message of the caller, safe to print on a terminal.
    ///
    /// # Errors
    ///
    /// As [`Str::read`].
    pub(crate) fn read_message(self, len: usize) -> Result<String, Error> {
        self.read(len, "a message").map(printable)
    }

    /// The string, or `None` for NULL with a length of 0.
    ///
    /// # Errors
    ///
    /// As [`Str::read`].
    pub(crate) fn read_optional(self, len: usize, what: &str) -> Result<Option<&'a str>, Error> {
        lent(self.address.cast(), len, what)?.map(|bytes| utf8(bytes, what)).transpose()
    }

    /// The bytes of a path, which need not be UTF-8.
    ///
    /// # Errors
    ///
    /// As [`Bytes::read`].
    pub(crate) fn read_bytes(self, len: usize, what: &str) -> Result<&'a [u8], Error> {
        lent(self.address.cast(), len, what).map(Option::unwrap_or_default)
    }
}

impl<'a> Strs<'a> {
    /// The strings.
    ///
    /// # Errors
    ///
    /// As [`Str::read`], for the list and for each string in it.
    pub(crate) fn read(self, count: usize, what: &str) -> Result<Vec<&'a str>, Error> {
        let views: &[fedverify_str] = lent(self.address, count, what)?.unwrap_or_default();
        let read =
            |view: &fedverify_str| Str { address: view.data, caller: PhantomData }.read(view.len, what);
        views.iter().map(read).collect()
    }
}

impl<T> Out<'_, T> {
    /// Whether there is no place.
    pub(crate) fn is_null(&self) -> bool {
        self.address.is_null()
    }

    /// Puts a value into the place. What was there is not looked at: C leaves it uninitialised.
    pub(crate) fn put(&mut self, value: T) {
        if self.address.is_null() {
            return;
        }
        // SAFETY: the caller promises that a pointer that is not NULL is a place that it may write such a value to. Nothing is
        // read from there.
        unsafe { self.address.write(value) }
    }
}

impl<'a, T> Place<'a, T> {
    /// A place in Rust, for tests of exports: a handle is a pointer in both languages.
    #[cfg(test)]
    pub(crate) fn new(handle: &'a mut Option<Box<T>>) -> Self {
        Place { address: std::ptr::from_mut(handle).cast(), caller: PhantomData }
    }

    /// Whether there is no place.
    pub(crate) fn is_null(&self) -> bool {
        self.address.is_null()
    }

    /// Puts a handle into the place, or NULL for `None`. What was there is not looked at: C leaves it uninitialised.
    pub(crate) fn put(&mut self, handle: Option<Box<T>>) {
        if self.address.is_null() {
            return;
        }
        let handle = handle.map_or(std::ptr::null_mut(), Box::into_raw);
        // SAFETY: the caller promises that a pointer that is not NULL is a place that it may write a handle to. Nothing is
        // read from there, and nothing is assumed of what else points to it.
        unsafe { self.address.write(handle) }
    }
}

impl fedverify_str {
    /// Lends a string. In C it is the caller who must not use it longer than the handle.
    pub(crate) fn new(string: &str) -> Self {
        // Rust gives an empty string no memory, and the number 1 as its address. Go ends a program that holds such a pointer.
        let data = if string.is_empty() { c"".as_ptr() } else { string.as_ptr().cast() };
        fedverify_str { data, len: string.len() }
    }

    /// Lends a string that may be absent.
    pub(crate) fn from_optional(string: Option<&str>) -> Self {
        string.map_or_else(fedverify_str::default, fedverify_str::new)
    }

    /// Lends a string of a list; it is absent past the end.
    pub(crate) fn from_list(strings: &[String], index: usize) -> Self {
        fedverify_str::from_optional(strings.get(index).map(String::as_str))
    }
}

impl Default for fedverify_str {
    fn default() -> Self {
        fedverify_str { data: std::ptr::null(), len: 0 }
    }
}

/// What a caller lends from this address on; `None` for NULL with a length of 0.
fn lent<'a, T>(address: *const T, len: usize, what: &str) -> Result<Option<&'a [T]>, Error> {
    if address.is_null() {
        return match len {
            0 => Ok(None),
            _ => Err(argument(format!("expected {what}, found NULL with a length of {len}"))),
        };
    }
    // The bound of `slice::from_raw_parts`: no memory is larger.
    let bytes = len.checked_mul(size_of::<T>()).filter(|bytes| isize::try_from(*bytes).is_ok());
    if bytes.is_none() {
        return Err(argument(format!(
            "expected {what}, found a length of {len}, which is larger than any memory"
        )));
    }
    if !address.is_aligned() {
        return Err(argument(format!("expected {what}, found an address that is not aligned")));
    }
    // SAFETY: the address is not NULL and aligned, and the length is within the bound. That so much is there, initialised,
    // and stays unchanged during the call, is what the header asks of the caller.
    Ok(Some(unsafe { std::slice::from_raw_parts(address, len) }))
}

fn utf8<'a>(bytes: &'a [u8], what: &str) -> Result<&'a str, Error> {
    std::str::from_utf8(bytes).map_err(|error| {
        argument(format!("expected {what} in UTF-8, found another byte at offset {}", error.valid_up_to()))
    })
}

/// The error of an argument that cannot be used.
pub(crate) fn argument(message: impl Into<String>) -> Error {
    Error::misuse(ApiFault::Argument, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use fedverify::Code;

    fn bytes(address: *const u8) -> Bytes<'static> {
        Bytes { address: address.cast(), caller: PhantomData }
    }

    fn string(address: *const u8) -> Str<'static> {
        Str { address: address.cast(), caller: PhantomData }
    }

    fn code<T>(result: Result<T, Error>) -> Option<Code> {
        result.err().map(|error| error.code())
    }

    #[test]
    fn what_is_lent_is_what_is_there() {
        static DATA: [u8; 3] = *b"abc";
        assert_eq!(bytes(DATA.as_ptr()).read(3, "bytes").unwrap(), b"abc");
        assert_eq!(bytes(DATA.as_ptr()).read(0, "bytes").unwrap(), b"");
        assert_eq!(string(DATA.as_ptr()).read(2, "a string").unwrap(), "ab");
        assert_eq!(string(DATA.as_ptr()).read_bytes(1, "a path").unwrap(), b"a");
    }

    #[test]
    fn null_is_nothing_or_refused() {
        let null = std::ptr::null();
        assert_eq!(bytes(null).read(0, "bytes").unwrap(), b"");
        assert_eq!(code(bytes(null).read(1, "bytes")), Some(Code::ApiArgument));
        assert_eq!(string(null).read(0, "a string").unwrap(), "");
        assert_eq!(code(string(null).read(1, "a string")), Some(Code::ApiArgument));
        assert_eq!(string(null).read_optional(0, "a string").unwrap(), None);
        assert_eq!(code(string(null).read_optional(7, "a string")), Some(Code::ApiArgument));
        assert_eq!(string("x".as_ptr()).read_optional(0, "a string").unwrap(), Some(""));
    }

    #[test]
    fn an_empty_string_has_an_address() {
        let string = String::new();
        let empty = fedverify_str::new(&string);
        assert_eq!(empty.len, 0);
        // SAFETY: it is the address of a static byte.
        assert_eq!(unsafe { *empty.data }, 0);
    }

    #[test]
    fn lengths_that_no_memory_has_are_refused_unseen() {
        static DATA: [u8; 1] = [0];
        let too_long = usize::try_from(isize::MAX).unwrap() + 1;
        for len in [too_long, usize::MAX] {
            assert_eq!(code(bytes(DATA.as_ptr()).read(len, "bytes")), Some(Code::ApiArgument), "{len}");
            assert_eq!(code(string(DATA.as_ptr()).read(len, "a string")), Some(Code::ApiArgument), "{len}");
        }
        let views = [fedverify_str::default()];
        for count in [too_long / 8, usize::MAX] {
            let strings = Strs { address: views.as_ptr(), caller: PhantomData };
            assert_eq!(code(strings.read(count, "strings")), Some(Code::ApiArgument), "{count}");
        }
    }

    #[test]
    fn strings_are_utf8() {
        static DATA: [u8; 3] = [b'a', 0xff, b'b'];
        let error = string(DATA.as_ptr()).read(3, "a string").unwrap_err();
        assert_eq!(error.code(), Code::ApiArgument);
        assert!(error.message().contains("offset 1"), "{error}");
        assert_eq!(string(DATA.as_ptr()).read_bytes(3, "a path").unwrap(), DATA);
    }

    #[test]
    fn lists_of_strings_are_read_string_by_string() {
        let views = [fedverify_str::new("a"), fedverify_str::new(""), fedverify_str::default()];
        let strings = |views: &[fedverify_str]| Strs { address: views.as_ptr(), caller: PhantomData };
        assert_eq!(strings(&views).read(3, "strings").unwrap(), ["a", "", ""]);
        let unaligned =
            Strs { address: views.as_ptr().cast::<u8>().wrapping_add(1).cast(), caller: PhantomData };
        assert_eq!(code(unaligned.read(1, "strings")), Some(Code::ApiArgument));
        let lying = [fedverify_str { data: std::ptr::null(), len: 1 }];
        assert_eq!(code(strings(&lying).read(1, "strings")), Some(Code::ApiArgument));
    }

    #[test]
    fn a_place_takes_one_handle() {
        let mut found = std::ptr::null_mut::<u32>();
        let mut place = Place { address: &raw mut found, caller: PhantomData };
        place.put(Some(Box::new(7)));
        assert!(!place.is_null());
        // SAFETY: it was put there just now, and belongs to whoever takes it.
        assert_eq!(*unsafe { Box::from_raw(found) }, 7);
        Place { address: &raw mut found, caller: PhantomData }.put(None);
        assert!(found.is_null());
        let mut nowhere = Place { address: std::ptr::null_mut(), caller: PhantomData };
        nowhere.put(Some(Box::new(8)));
        assert!(nowhere.is_null());
    }

    #[test]
    fn a_number_goes_to_its_place() {
        let mut found = 7;
        let mut place = Out { address: &raw mut found, caller: PhantomData };
        place.put(-1);
        assert!(!place.is_null());
        assert_eq!(found, -1);
        let mut nowhere = Out { address: std::ptr::null_mut(), caller: PhantomData };
        nowhere.put(8);
        assert!(nowhere.is_null());
    }
}
