//! A progress bar on standard error: only on a terminal, and only for work that takes a while.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Packages below this are hashed before anyone could read a bar.
const WORTH_SHOWING_BYTES: u64 = 32 << 20;

/// A bar over a known number of bytes.
pub(crate) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Starts a bar. It stays hidden in a pipe (indicatif sees to that) and for small work.
    pub(crate) fn new(what: &'static str, bytes: u64) -> Self {
        let target = if bytes < WORTH_SHOWING_BYTES {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr()
        };
        let bar = ProgressBar::with_draw_target(Some(bytes), target).with_message(what);
        // The template is constant; if it had a fault, the default would do.
        if let Ok(style) =
            ProgressStyle::with_template("{msg} {bar:30} {bytes}/{total_bytes} {bytes_per_sec} {eta}")
        {
            bar.set_style(style);
        }
        Progress { bar }
    }

    /// Says how many bytes are done.
    pub(crate) fn set(&self, bytes: u64) {
        self.bar.set_position(bytes);
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
