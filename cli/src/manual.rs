//! Shell completions and man pages, from the same definitions as the arguments.

use crate::arguments::Arguments;
use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;
use std::io::{self, Write};
use std::path::Path;

/// Prints the completions for a shell.
pub(crate) fn completions(shell: Shell) -> io::Result<()> {
    // Into memory first: the generator panics when it cannot write.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "fedverify", &mut script);
    io::stdout().write_all(&script)
}

/// Writes `fedverify.1` and a page for every command below it.
pub(crate) fn pages(command: Command, folder: &Path) -> io::Result<()> {
    let mut command = command.disable_help_subcommand(true);
    // It gives each command its whole name.
    command.build();
    write_pages(&command, folder)
}

fn write_pages(command: &Command, folder: &Path) -> io::Result<()> {
    for command in command.get_subcommands() {
        write_pages(command, folder)?;
    }
    let man = Man::new(command.clone());
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    let usage = command.clone().render_usage().to_string();
    page.extend_from_slice(synopsis(&usage).as_bytes());
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    let more = command.get_after_long_help().map(ToString::to_string).unwrap_or_default();
    page.extend_from_slice(sections(&more).as_bytes());
    man.render_version_section(&mut page)?;
    std::fs::write(folder.join(man.get_filename()), page)
}

/// How the command is used: clap_mangen's own would list every option, without what it takes.
fn synopsis(usage: &str) -> String {
    let usage = usage.trim_start_matches("Usage:").split_whitespace().collect::<Vec<_>>().join(" ");
    format!(".SH SYNOPSIS\n{}\n", escaped(&usage))
}

/// The long help as sections of a page: a line that ends with a colon and has a list below it is a heading, what is indented
/// stays as it is, and the rest are paragraphs.
fn sections(help: &str) -> String {
    let mut page = String::new();
    let lines: Vec<&str> = help.lines().collect();
    let mut is_list = false;
    for (place, line) in lines.iter().enumerate() {
        let next = lines.get(place.saturating_add(1)).copied().unwrap_or_default();
        let heading = line.strip_suffix(':').filter(|_| is_indented(next) && !is_indented(line));
        if place == 0 && heading.is_none() {
            page.push_str(".SH DETAILS\n");
        }
        if is_indented(line) != is_list && !line.is_empty() {
            is_list = !is_list;
            page.push_str(if is_list { ".nf\n" } else { ".fi\n" });
        }
        match heading {
            Some(heading) => page.push_str(&format!(".SH {}\n", escaped(&heading.to_uppercase()))),
            None if line.is_empty() => page.push_str(".PP\n"),
            None => page.push_str(&format!("{}\n", escaped(line))),
        }
    }
    if is_list {
        page.push_str(".fi\n");
    }
    page
}

fn is_indented(line: &str) -> bool {
    line.starts_with("  ")
}

/// A line of roff that says this: a backslash starts an escape, a hyphen is a minus where it can be copied, and a line that
/// starts with a dot or an apostrophe would be a request.
fn escaped(line: &str) -> String {
    let line = line.replace('\\', "\\e").replace('-', "\\-");
    if line.starts_with(['.', '\'']) { format!("\\&{line}") } else { line }
}
