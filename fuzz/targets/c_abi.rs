//! Whatever a C program calls in whatever order, as long as its pointers are good: no call crashes, panics or leaks; a failed
//! call gives no handle and an error with its status; every string is readable UTF-8 while its handle lives. NULL, used-up
//! handles, wrong lengths within bounds, and steps before their time are among the calls.
//!
//! The input is a request, and a last part `calls`: lines with the name of a function and a word for each of its parameters,
//! the places of results left out. A word is the name of a part of the request, whose content is passed, `=` and a string, a
//! number, `-` for NULL, or `.` for what fits best: the part of the parameter's name, or the newest handle.
#![no_main]
// Types have the names of C's own functions in them, and parameters are what the header says.
#![allow(clippy::too_many_arguments)]

use fedverify_ffi as _;
use fedverify_fuzz::parts;
use fedverify_fuzz::stretch::stretched;
use libfuzzer_sys::fuzz_target;
use std::ffi::c_void;

/// An opaque handle.
type Handle = *mut c_void;

/// What the place of a result holds before the call: never to be seen after it.
const DANGLING: Handle = std::ptr::without_provenance_mut(8);

const OK: i32 = 0;

/// `FEDVERIFY_API_PANICKED`.
const PANICKED: i32 = 903;

/// `fedverify_str`.
#[repr(C)]
#[derive(Clone, Copy)]
struct Str {
    data: *const u8,
    len: usize,
}

impl Str {
    const ABSENT: Str = Str { data: std::ptr::null(), len: 0 };

    fn of(text: &[u8]) -> Str {
        Str { data: text.as_ptr(), len: text.len() }
    }
}

/// `fedverify_reader`.
type Reader = unsafe extern "C" fn(*mut Stream, *mut u8, usize) -> i64;

/// The context of a reader: what it has left to give, and what it returns after that.
#[repr(C)]
struct Stream {
    left: *const u8,
    count: usize,
    last: i64,
}

include!(concat!(env!("OUT_DIR"), "/callers.rs"));

/// Calls of one input are few, so that a slow one is found.
const MOST_CALLS: usize = 64;

/// What the calls are made with.
struct Calls<'d> {
    parts: Vec<(&'d str, &'d [u8])>,
    /// The words of this call that are left.
    words: std::vec::IntoIter<&'d str>,
    /// Every handle that is to be freed, newest last.
    handles: Vec<(&'static str, Handle)>,
    stream: Stream,
}

fuzz_target!(|data: &[u8]| {
    let data = &*stretched(data);
    let mut parts = parts(data);
    let calls = parts.iter().rposition(|(name, _)| *name == "calls").map(|at| parts.remove(at).1);
    let Ok(lines) = std::str::from_utf8(calls.unwrap_or_default()) else { return };
    let stream = Stream { left: std::ptr::null(), count: 0, last: 0 };
    let mut calls = Calls { parts, words: Vec::new().into_iter(), handles: Vec::new(), stream };
    for line in lines.lines().take(MOST_CALLS) {
        calls.call(line);
    }
    calls.free_all();
});

impl<'d> Calls<'d> {
    fn call(&mut self, line: &'d str) {
        let mut words = line.split(' ');
        let name = words.next().unwrap_or_default();
        let named = FUNCTIONS.iter().find(|(function, _)| *function == name);
        // A name that a fuzzer made is some function's, too.
        let other = name.bytes().map(usize::from).sum::<usize>() % FUNCTIONS.len();
        self.words = words.collect::<Vec<_>>().into_iter();
        (named.unwrap_or(&FUNCTIONS[other]).1)(self);
    }

    fn free_all(mut self) {
        while let Some((class, _)) = self.handles.last() {
            let free = format!("{class}_free");
            let (_, free) =
                FUNCTIONS.iter().find(|(function, _)| *function == free).expect("every class is freed");
            self.words = Vec::new().into_iter();
            free(&mut self);
        }
    }

    fn word(&mut self) -> &'d str {
        self.words.next().unwrap_or(".")
    }

    fn part(&self, name: &str) -> Option<&'d [u8]> {
        self.parts.iter().find(|(part, _)| *part == name).map(|(_, content)| *content)
    }

    /// The bytes for a word; a number after a colon cuts them, or is the length that comes with NULL.
    fn bytes(&self, word: &'d str, parameter: &str) -> (*const u8, usize) {
        let (word, length) = match word.rsplit_once(':') {
            Some((before, length)) if length.parse::<usize>().is_ok() => (before, length.parse().ok()),
            _ => (word, None),
        };
        if word == "-" {
            return (std::ptr::null(), length.unwrap_or(0));
        }
        let bytes = match word.strip_prefix('=') {
            Some(string) => string.as_bytes(),
            None => self
                .part(word)
                .or_else(|| self.part(parameter))
                .or_else(|| self.parts.first().map(|part| part.1))
                .unwrap_or_default(),
        };
        (bytes.as_ptr(), length.unwrap_or(bytes.len()).min(bytes.len()))
    }

    fn input(&mut self, parameter: &str) -> (*const u8, usize) {
        let word = self.word();
        self.bytes(word, parameter)
    }

    /// No path of a fuzzer's own: it would read pipes and devices.
    fn path(&mut self) -> (*const u8, usize) {
        const PATHS: [&str; 5] = ["/dev/null", "Cargo.toml", "/", "/no/such/file", ""];
        match self.word() {
            "-" => (std::ptr::null(), 3),
            word => {
                let path = PATHS[word.len() % PATHS.len()];
                (path.as_ptr(), path.len())
            }
        }
    }

    fn number(&mut self, parameter: &str) -> u64 {
        let word = self.word();
        let part = || self.part(word).or_else(|| self.part(parameter));
        let digits = |bytes| std::str::from_utf8(bytes).ok()?.parse().ok();
        word.parse().ok().or_else(|| part().and_then(digits)).unwrap_or(word.len().saturating_sub(1) as u64)
    }

    fn flag(&mut self, parameter: &str) -> bool {
        let word = self.word();
        self.part(word).or_else(|| self.part(parameter)).unwrap_or(word.as_bytes()) == b"true"
    }

    fn records(&mut self) -> Vec<Str> {
        let word = self.word();
        let text = self.part(word).or_else(|| self.part("txt")).unwrap_or_default();
        text.split(|byte| *byte == b'\n').map(Str::of).collect()
    }

    fn reader(&mut self) -> Option<Reader> {
        match self.word() {
            "-" => None,
            word => {
                let left = self.part(word).or_else(|| self.part("package")).or_else(|| self.part("archive"));
                let left = left.unwrap_or_default();
                self.stream =
                    Stream { left: left.as_ptr(), count: left.len(), last: -(word.len() as i64 % 3) };
                Some(read)
            }
        }
    }

    fn context(&mut self) -> *mut Stream {
        &raw mut self.stream
    }

    /// A handle of the class: the newest, or by a number an older one.
    fn place(&mut self, class: &str) -> Option<usize> {
        let word = self.word();
        let mut places = (0..self.handles.len()).rev().filter(|place| self.handles[*place].0 == class);
        if word == "-" { None } else { places.nth(word.parse().unwrap_or(0)) }
    }

    fn handle(&mut self, class: &str) -> Handle {
        self.place(class).map_or(std::ptr::null_mut(), |place| self.handles[place].1)
    }

    /// A handle that the call frees.
    fn taken(&mut self, class: &str) -> Handle {
        self.place(class).map_or(std::ptr::null_mut(), |place| self.handles.remove(place).1)
    }

    fn made(&mut self, class: &'static str, handle: Handle) {
        assert_ne!(handle, DANGLING, "a place for a {class} was left as it was");
        if !handle.is_null() {
            self.handles.push((class, handle));
        }
    }

    fn error(&mut self, status: i32, error: Handle) {
        assert_ne!(error, DANGLING, "the place for an error was left as it was");
        // A report comes with the status of its verdict, and the error says the same.
        assert_eq!(error.is_null(), status == OK, "status {status}");
        self.made("error", error);
    }

    fn status(&mut self, status: i32) {
        assert_ne!(status, PANICKED);
    }

    /// Reads a string to its end.
    fn see(&self, string: Str) {
        if string.data.is_null() {
            return assert_eq!(string.len, 0, "an absent string with a length");
        }
        // SAFETY: a string that the library lends is valid as long as its handle, which nobody freed yet.
        let bytes = unsafe { std::slice::from_raw_parts(string.data, string.len) };
        assert!(std::str::from_utf8(bytes).is_ok(), "a string that is not UTF-8");
    }
}

/// Gives what is left, half of the buffer at a time.
unsafe extern "C" fn read(stream: *mut Stream, buffer: *mut u8, len: usize) -> i64 {
    // SAFETY: the library hands back the context that it was given with this function, which lives in `Calls`.
    let stream = unsafe { &mut *stream };
    let now = stream.count.min(len.div_ceil(2));
    if now == 0 {
        return stream.last;
    }
    // SAFETY: the library lends a buffer of `len` bytes; what is left is a part of the input, which outlives all calls.
    unsafe { std::ptr::copy_nonoverlapping(stream.left, buffer, now) };
    stream.left = stream.left.wrapping_add(now);
    stream.count -= now;
    now as i64
}
