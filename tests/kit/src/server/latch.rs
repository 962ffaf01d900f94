//! What holds an answer back until its test lets it go: no sleep is ever too short or too long for that.

use std::sync::{Arc, Condvar, Mutex};

/// A latch, which is opened once. Its copies are the same latch.
#[derive(Debug, Clone, Default)]
pub struct Latch(Arc<(Mutex<bool>, Condvar)>);

impl Latch {
    /// Lets everything go that waits, and whatever comes later.
    pub fn open(&self) {
        let (is_open, opened) = &*self.0;
        *is_open.lock().expect("no panic") = true;
        opened.notify_all();
    }

    /// Waits until it is open.
    pub fn wait(&self) {
        let (is_open, opened) = &*self.0;
        let guard = is_open.lock().expect("no panic");
        drop(opened.wait_while(guard, |is_open| !*is_open).expect("no panic"));
    }
}
