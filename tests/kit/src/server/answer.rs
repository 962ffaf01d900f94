//! What a server says, in all the ways in which servers go wrong.

use super::Latch;
use std::io::{self, Write};
use std::thread::sleep;
use std::time::Duration;

/// How long a dripping server waits before each byte.
const DRIP: Duration = Duration::from_millis(200);

/// How many bytes a flood sends at a time.
const FLOOD: usize = 64 << 10;

/// An answer to a request.
#[derive(Debug, Clone)]
pub struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    manner: Manner,
    delay: Duration,
    latch: Option<Latch>,
}

/// How an answer is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Manner {
    /// As it should be.
    Honest,
    /// With so many bytes more, or less, announced than come.
    Length(i64),
    /// A byte every now and then.
    Dripping,
    /// The head in time, and the body over and over without end.
    Endless,
    /// In chunks, of which the last is missing.
    CutOff,
    /// The body alone, which is no HTTP.
    Bare,
    /// The body alone, and then these bytes over and over, one every now and then.
    BareThenDripping(Vec<u8>),
    /// The body alone, and then these bytes over and over, as fast as they are taken.
    BareThenFlooding(Vec<u8>),
    /// Nothing, for a long time.
    Silent,
    /// Nothing: the connection ends.
    Closed,
}

impl Answer {
    /// 200 with a body of this type.
    pub fn ok(content_type: &str, body: impl Into<Vec<u8>>) -> Answer {
        let answer = Answer::status(200).header("Content-Type", content_type);
        Answer { body: body.into(), ..answer }
    }

    /// 200 with JSON.
    pub fn json(body: impl Into<Vec<u8>>) -> Answer {
        Answer::ok("application/json", body)
    }

    /// 200 with a page for people, as captive portals and error pages are.
    pub fn html() -> Answer {
        Answer::ok("text/html", "<!doctype html><title>Welcome</title><p>Please log in.")
    }

    /// Any status, with a message in JSON as plc.directory gives it.
    pub fn status(status: u16) -> Answer {
        let body = br#"{"message":"as the test wants it"}"#.to_vec();
        Answer {
            status,
            headers: Vec::new(),
            body,
            manner: Manner::Honest,
            delay: Duration::ZERO,
            latch: None,
        }
    }

    /// A redirect.
    pub fn redirect(location: &str) -> Answer {
        Answer::status(302).header("Location", location)
    }

    /// Adds a header.
    pub fn header(mut self, name: &str, value: &str) -> Answer {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Announces so many bytes more than come (less where negative).
    pub fn announcing(self, more: i64) -> Answer {
        Answer { manner: Manner::Length(more), ..self }
    }

    /// Sends a byte every 200 ms.
    pub fn dripping(self) -> Answer {
        Answer { manner: Manner::Dripping, ..self }
    }

    /// Repeats the body until the client goes away.
    pub fn endless(self) -> Answer {
        Answer { manner: Manner::Endless, ..self }
    }

    /// Ends the connection within the body.
    pub fn cut_off(self) -> Answer {
        Answer { manner: Manner::CutOff, ..self }
    }

    /// Something that is no HTTP.
    pub fn garbage() -> Answer {
        Answer { manner: Manner::Bare, body: b"220 mail.example ESMTP\r\n".to_vec(), ..Answer::status(200) }
    }

    /// These bytes, and then others over and over, one every 200 ms: a server that drips in any place of an answer, which is
    /// the caller's to write.
    pub fn dripping_after(start: impl Into<Vec<u8>>, drip: impl Into<Vec<u8>>) -> Answer {
        let manner = Manner::BareThenDripping(drip.into());
        Answer { manner, body: start.into(), ..Answer::status(200) }
    }

    /// These bytes, and then others over and over without end.
    pub fn flooding_after(start: impl Into<Vec<u8>>, flood: impl Into<Vec<u8>>) -> Answer {
        let manner = Manner::BareThenFlooding(flood.into());
        Answer { manner, body: start.into(), ..Answer::status(200) }
    }

    /// Waits so long before it says anything.
    pub fn after(self, delay: Duration) -> Answer {
        Answer { delay, ..self }
    }

    /// Says nothing before this latch is opened.
    pub fn held_by(self, latch: &Latch) -> Answer {
        Answer { latch: Some(latch.clone()), ..self }
    }

    /// Accepts the request and says nothing.
    pub fn silence() -> Answer {
        Answer { manner: Manner::Silent, ..Answer::status(200) }
    }

    /// Accepts the request and ends the connection.
    pub fn hang_up() -> Answer {
        Answer { manner: Manner::Closed, ..Answer::status(200) }
    }

    /// Sends the answer, until the client goes away or the server stops.
    pub(super) fn send(&self, stream: &mut impl Write, is_stopped: &dyn Fn() -> bool) -> io::Result<()> {
        let honest = self.body.len() as i64;
        sleep(self.delay);
        self.latch.iter().for_each(Latch::wait);
        match &self.manner {
            Manner::Honest => stream.write_all(&[self.head(Some(honest)), self.body.clone()].concat())?,
            Manner::Length(more) => {
                stream.write_all(&[self.head(Some(honest + *more)), self.body.clone()].concat())?;
            }
            Manner::Dripping => {
                stream.write_all(&self.head(Some(honest)))?;
                drip(stream, self.body.chunks(1), is_stopped)?;
            }
            Manner::Endless => {
                stream.write_all(&self.head(None))?;
                while !is_stopped() {
                    stream.write_all(&self.body)?;
                }
            }
            Manner::CutOff => {
                let chunked = self.clone().header("Transfer-Encoding", "chunked");
                stream.write_all(&chunked.head(None))?;
                stream.write_all(format!("{:x}\r\n", self.body.len()).as_bytes())?;
                stream.write_all(&self.body[..self.body.len() / 2])?;
            }
            Manner::Bare => stream.write_all(&self.body)?,
            Manner::BareThenDripping(bytes) => {
                stream.write_all(&self.body)?;
                drip(stream, bytes.chunks(1).cycle(), is_stopped)?;
            }
            Manner::BareThenFlooding(bytes) => {
                stream.write_all(&self.body)?;
                let flood = bytes.repeat(1 + FLOOD / bytes.len().max(1));
                while !is_stopped() {
                    stream.write_all(&flood)?;
                }
            }
            Manner::Silent => (0..100).take_while(|_| !is_stopped()).for_each(|_| sleep(DRIP)),
            Manner::Closed => {}
        }
        Ok(())
    }

    /// The bytes before the body.
    fn head(&self, length: Option<i64>) -> Vec<u8> {
        let reason = if self.status == 200 { "OK" } else { "As Told" };
        let mut head = format!("HTTP/1.1 {} {reason}\r\nConnection: close\r\n", self.status);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if let Some(length) = length {
            head.push_str(&format!("Content-Length: {length}\r\n"));
        }
        head.push_str("\r\n");
        head.into_bytes()
    }
}

/// Sends a byte every now and then.
fn drip<'a>(
    stream: &mut impl Write,
    bytes: impl Iterator<Item = &'a [u8]>,
    is_stopped: &dyn Fn() -> bool,
) -> io::Result<()> {
    for byte in bytes.take_while(|_| !is_stopped()) {
        sleep(DRIP);
        stream.write_all(byte)?;
    }
    Ok(())
}
