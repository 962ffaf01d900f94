//! Answers that never end, in each part that an answer has.

use super::Answer;
use crate::archive::crc32;

/// The start of an answer that is sent in chunks.
const CHUNKED: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

/// How many bytes each member of [`Endless::bomb`] becomes.
const MEMBER: usize = 1 << 20;

/// What may lie in the buffers of two sockets of this machine when a client leaves.
pub const IN_BUFFERS: u64 = 16 << 20;

/// More bytes of an answer that drips than a client takes within seconds, and fewer than within half a minute: the start of an
/// answer, and one every 200 ms. It is a bound on how long a client waits, whatever the machine has to do meanwhile.
pub const DRIPPED: u64 = 128;

/// Bytes that an HTTP client reads on and on: what an answer starts with, and what then never ends.
#[derive(Debug, Clone, Copy)]
pub struct Endless {
    /// The part of the answer.
    pub what: &'static str,
    /// Behind the start of an answer in chunks, where it is a part of one of those.
    start: &'static str,
    more: &'static str,
}

const fn endless(what: &'static str, start: &'static str, more: &'static str) -> Endless {
    Endless { what, start, more }
}

impl Endless {
    /// One for each part.
    pub const ALL: [Endless; 11] = [
        endless("status line", "HTTP/1.1 200 O", "K"),
        endless("informational answers", "", "HTTP/1.1 103 Early Hints\r\n\r\n"),
        endless("a header's name", "HTTP/1.1 200 OK\r\nX", "x"),
        endless("a header's value", "HTTP/1.1 200 OK\r\nX: ", "y"),
        endless("headers", "HTTP/1.1 200 OK\r\n", "X: y\r\n"),
        endless("zeros of a chunk's size", CHUNKED, "0"),
        endless("a chunk's extension", "1;x=", "y"),
        endless("chunks", CHUNKED, "1\r\n \r\n"),
        endless("trailers", "0\r\n", "X: y\r\n"),
        endless("a body of a known length", "HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n", " "),
        endless("a body of no known length", "HTTP/1.1 200 OK\r\n\r\n", " "),
    ];

    /// A byte now and then.
    pub fn dripping(self) -> Answer {
        Answer::dripping_after(self.start(), self.more)
    }

    /// As fast as it is taken.
    pub fn flooding(self) -> Answer {
        Answer::flooding_after(self.start(), self.more)
    }

    /// The whole start.
    fn start(self) -> String {
        let is_in_chunks = self.start.starts_with(|first: char| first.is_ascii_digit());
        format!("{}{}", if is_in_chunks { CHUNKED } else { "" }, self.start)
    }

    /// An answer that ends, and becomes so many MiB of zeros where it is unpacked, each of about one KiB.
    pub fn bomb(mebibytes: usize) -> Answer {
        let zeros = vec![0; MEMBER];
        let packed = miniz_oxide::deflate::compress_to_vec(&zeros, 9);
        let length = u32::try_from(MEMBER).expect("a MiB");
        let member = [
            &b"\x1f\x8b\x08\0\0\0\0\0\0\x03"[..],
            &packed,
            &crc32(&zeros).to_le_bytes(),
            &length.to_le_bytes(),
        ];
        Answer::json(member.concat().repeat(mebibytes)).header("Content-Encoding", "gzip")
    }
}
