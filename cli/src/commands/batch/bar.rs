//! A progress bar on standard error, if that is a terminal.

use indicatif::{HumanCount, ProgressBar, ProgressStyle};

/// How much of a catalogue is done.
pub(super) struct Bar {
    bar: ProgressBar,
}

impl Bar {
    /// A bar over this many bytes, or a count where their number is not known. It is hidden in a pipe.
    pub(super) fn new(what: &'static str, bytes: Option<u64>) -> Self {
        let (bar, template) = match bytes {
            Some(bytes) => {
                (ProgressBar::new(bytes), "{prefix} {bar:30} {percent:>3}% {bytes_per_sec}, {eta} left {msg}")
            }
            None => (ProgressBar::no_length(), "{prefix} {bytes}, {bytes_per_sec}, {elapsed} {msg}"),
        };
        // The template is constant; if it had a fault, the default would do.
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_prefix(what);
        Bar { bar }
    }

    /// Says how many bytes are done, and how many logs that were.
    pub(super) fn set(&self, bytes: u64, logs: u64) {
        self.bar.set_position(bytes);
        if logs > 0 && !self.bar.is_hidden() {
            let seconds = self.bar.elapsed().as_secs().max(1);
            let rate = HumanCount(logs.checked_div(seconds).unwrap_or_default());
            self.bar.set_message(format!("{} logs, {rate} logs/s", HumanCount(logs)));
        }
    }

    /// Writes with the bar out of the way.
    pub(super) fn suspend<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
