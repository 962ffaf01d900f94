//! How much is said, and how.

use clap::{Args, ValueEnum};

/// What of the result goes where.
#[derive(Debug, Args)]
pub(crate) struct Output {
    /// Print the report as JSON on standard output; of `verify`, `log` and `package`, with the pin to keep
    #[arg(long, global = true)]
    pub(crate) json: bool,

    /// Show every step, also those that were skipped or not reached
    #[arg(long, short, global = true, conflicts_with_all = ["quiet", "json"])]
    verbose: bool,

    /// Show no steps: only warnings, the verdict, and what to do
    #[arg(long, short, global = true, conflicts_with = "json")]
    quiet: bool,

    /// Whether to use colors
    #[arg(long, value_name = "WHEN", global = true, value_enum, default_value_t = Color::Auto)]
    color: Color,
}

/// Which steps are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Steps {
    None,
    /// Those that were taken.
    Taken,
    All,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    Always,
    Never,
}

impl Output {
    pub(crate) fn steps(&self) -> Steps {
        match (self.quiet, self.verbose) {
            (true, _) => Steps::None,
            (false, true) => Steps::All,
            (false, false) => Steps::Taken,
        }
    }

    pub(crate) fn color(&self) -> anstream::ColorChoice {
        match self.color {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        }
    }
}
