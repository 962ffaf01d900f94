//! The table of what no case of the corpus comes to: the test that does in each binding, or why the binding cannot.

/// A way to fedverify that runs the corpus, and has tests of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Binding {
    /// The Rust crate.
    Core,
    /// The command line.
    Command,
    /// The C library.
    C,
    /// The Python package over the C library.
    Python,
    /// The PHP extension, with the Composer library's own classes beside it.
    PhpExtension,
    /// The Composer library by way of the C library.
    PhpFfi,
    /// The Composer library by way of the command.
    PhpCommand,
    /// The Composer library by way of the core in PHP.
    PhpCore,
    /// The npm package.
    JavaScript,
}

use Binding::{C, Command, Core, JavaScript, PhpCommand, PhpCore, PhpExtension, PhpFfi, Python};

impl Binding {
    /// All of them, in the order of the columns.
    pub const ALL: [Binding; 9] =
        [Core, Command, C, Python, PhpExtension, PhpFfi, PhpCommand, PhpCore, JavaScript];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Core => "core",
            Command => "the command",
            C => "C",
            Python => "Python",
            PhpExtension => "the PHP extension",
            PhpFfi => "PHP by FFI",
            PhpCommand => "PHP by the command",
            PhpCore => "the core in PHP",
            JavaScript => "JavaScript",
        }
    }

    /// Whether it offers the question of a case of several directories, and so runs the case.
    pub(super) fn answers(self, kind: &str) -> bool {
        kind == "document" || !matches!(self, C | Python)
    }

    /// The head of its column.
    pub(crate) fn heading(self) -> &'static str {
        match self {
            Core => "core",
            Command => "command",
            C => "C lib",
            Python => "Python",
            PhpExtension => "PHP ext.",
            PhpFfi => "PHP FFI",
            PhpCommand => "PHP command",
            PhpCore => "PHP core",
            JavaScript => "JavaScript",
        }
    }

    /// The program that runs the corpus and lists the cases that it leaves out. Those of core and of the command have no such list:
    /// core/tests/corpus.rs and cli/tests/corpus.rs run every case.
    pub(crate) fn runner(self) -> Option<&'static str> {
        match self {
            Core | Command => None,
            C | Python => Some("tests/ffi/corpus.py"),
            PhpExtension | PhpFfi | PhpCommand | PhpCore => Some("tests/php/corpus.php"),
            JavaScript => Some("wasm/tests/js/corpus.mjs"),
        }
    }
}

/// How a code is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// By this test: its file, and its name there.
    Test(&'static str, &'static str),
    /// Not at all: why the binding cannot come to the code.
    Cannot(&'static str),
}

use How::{Cannot, Test};

/// Some codes, some bindings, and how these come to those.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// Texts of codes and warnings.
    pub codes: &'static [&'static str],
    /// The bindings.
    pub bindings: &'static [Binding],
    /// How they are reached.
    pub how: How,
}

impl Row {
    pub(super) fn is_about(&self, text: &str, binding: Binding) -> bool {
        self.codes.contains(&text) && self.bindings.contains(&binding)
    }
}

const fn row(codes: &'static [&'static str], bindings: &'static [Binding], how: How) -> Row {
    Row { codes, bindings, how }
}

const ALL_PHP: &[Binding] = &[PhpExtension, PhpFfi, PhpCommand, PhpCore];
const PHP_AND_JAVASCRIPT: &[Binding] = &[PhpExtension, PhpFfi, PhpCommand, PhpCore, JavaScript];

/// What a caller says who could not fetch something.
const NOT_FETCHED: &[&str] = &[
    "io.network.dns",
    "io.network.connect",
    "io.network.tls",
    "io.network.timeout",
    "io.network.status",
    "io.network.redirect",
    "io.network.insecure",
    "io.network.answer",
    "io.directory.unknown",
    "io.directory.deactivated",
];

const CORE: &str = "core/tests/codes.rs";
const HOSTILE: &str = "cli/tests/verify/hostile.rs";
const DIRECTORIES: &str = "cli/tests/verify/directories.rs";
const C_CODES: &str = "tests/ffi/codes.c";
const PYTHON_CODES: &str = "tests/ffi/python_codes.py";
const PHP_BESIDE: &str = "tests/php/beside.php";
const PHP_PINS: &str = "tests/php/pins.php";
const PHP_LIBRARY: &str = "tests/php/library.php";
const JS_API: &str = "wasm/tests/js/api.test.mjs";

/// Every code that has no case, in every binding.
#[rustfmt::skip] // A row on a line.
pub const ROWS: &[Row] = &[
    // Servers. Only the command asks any; core, C and Python take the word of callers who did.
    row(NOT_FETCHED, &[Core], Test(CORE, "what_could_not_be_fetched_is_no_verdict")),
    row(&["io.network.dns", "io.network.connect", "io.network.insecure"], &[Command], Test(HOSTILE, "unusable_addresses_are_no_verdict")),
    row(&["io.network.tls"], &[Command], Test(HOSTILE, "plain_http_on_the_port_of_https_is_a_fault_of_tls")),
    row(&["io.network.timeout"], &[Command], Test("cli/tests/verify/drips.rs", "a_drip_within_tls_ends_at_the_deadline")),
    row(&["io.network.status", "io.directory.unknown", "io.directory.deactivated"], &[Command], Test(HOSTILE, "a_status_other_than_success_is_no_verdict")),
    row(&["io.network.redirect"], &[Command], Test(HOSTILE, "redirects_are_followed_five_times_within_their_scheme")),
    row(&["io.network.answer"], &[Command], Test(HOSTILE, "what_breaks_off_or_is_no_http_is_no_verdict")),
    row(NOT_FETCHED, &[C], Test(C_CODES, "what_could_not_be_read_is_no_verdict")),
    row(NOT_FETCHED, &[Python], Test(PYTHON_CODES, "def what_could_not_be_read")),
    row(NOT_FETCHED, ALL_PHP, Cannot("PHP's classes ask no server and take no word on why one gave nothing: there is no document to call them with")),
    row(NOT_FETCHED, &[JavaScript], Cannot("the package asks no server; a source or a function that fails is io.file.missing or io.file.unreadable")),

    // Several directories.
    row(&["plc.directory.disagree", "plc.directory.lag", "plc.directory.unreachable"], &[C, Python], Cannot("no function of the C library takes the logs of several directories")),
    row(&["plc.directory.unreachable"], &[Core], Test(CORE, "a_directory_that_gave_no_log_is_a_warning")),
    row(&["plc.directory.unreachable"], &[Command], Test(DIRECTORIES, "one_directory_may_be_down")),
    row(&["plc.directory.unreachable"], PHP_AND_JAVASCRIPT, Cannot("the function that compares directories takes verified logs; of a directory that gave none the caller knows")),

    row(&["io.network.private"], &[Core], Test(CORE, "a_private_network_that_was_asked_is_a_warning")),
    row(&["io.network.private"], &[Command], Test("cli/tests/verify/private.rs", "what_the_user_names_may_be_this_machine")),
    row(&["io.network.private"], &[C, Python, PhpExtension, PhpFfi, PhpCommand, PhpCore, JavaScript], Cannot("nothing of this binding connects to a server, or is told which was asked")),

    // What is remembered.
    row(&["io.file.unwritable"], &[Core], Test(CORE, "what_cannot_be_remembered_is_no_verdict")),
    row(&["io.file.unwritable"], &[Command], Test("cli/tests/verify/pins.rs", "a_pin_that_cannot_be_kept_is_no_verdict")),
    row(&["io.file.unwritable"], &[C], Test("tests/ffi/misuse.c", "downloads_start_again")),
    row(&["io.file.unwritable"], &[Python], Test(PYTHON_CODES, "def not_remembered")),
    row(&["io.file.unwritable"], ALL_PHP, Test(PHP_BESIDE, "'not for ever'")),
    row(&["io.file.unwritable"], &[JavaScript], Cannot("the package writes nothing: it hands the pin to its caller")),

    // Memory.
    row(&["io.memory"], &[Core], Test(CORE, "memory_that_runs_out_is_no_verdict")),
    row(&["io.memory"], &[Command], Test("cli/tests/commands.rs", "memory_that_runs_out_is_no_verdict")),
    row(&["io.memory"], &[C], Test(C_CODES, "what_could_not_be_read_is_no_verdict")),
    row(&["io.memory"], &[Python], Test(PYTHON_CODES, "def what_could_not_be_read")),
    row(&["io.memory"], &[PhpExtension], Test("php-ext/tests/memory.phpt", "What memory_limit has no room for is refused")),
    row(&["io.memory"], &[PhpFfi, PhpCommand, PhpCore], Test(PHP_LIBRARY, "'a report that memory has no room for'")),
    row(&["io.memory"], &[JavaScript], Cannot("WebAssembly whose memory cannot grow traps, which is api.panicked")),

    // Wrong calls, and faults of fedverify itself.
    row(&["api.used_up", "api.panicked"], &[Core], Test(CORE, "a_binding_that_was_misused_or_failed_gives_no_verdict")),
    row(&["api.used_up"], &[C], Test("tests/ffi/misuse.c", "a_verification_is_finished_once")),
    row(&["api.used_up"], &[Python], Test(PYTHON_CODES, "def used_up")),
    row(&["api.used_up"], &[Command], Cannot("a run of the command is one call, and ends with it")),
    row(&["api.used_up"], &[JavaScript], Test("wasm/tests/js/hasher.test.mjs", "is used up when it is finished")),
    row(&["api.used_up"], ALL_PHP, Cannot("its functions take values and its objects never change, so no call uses one up")),
    row(&["api.panicked"], &[Command], Test("cli/src/directories.rs", "a_thread_that_panics_is_a_fault_of_fedverify")),
    row(&["api.panicked"], &[C], Test("ffi/src/call.rs", "a_panic_is_a_status")),
    row(&["api.panicked"], &[Python], Cannot("nothing that Python can hand to the C library makes it panic; that a panic is this status, ffi/src/call.rs tests within")),
    row(&["api.panicked"], &[PhpExtension], Test("php-ext/tests/panic.phpt", "A panic is an exception, and PHP goes on")),
    row(&["api.panicked"], &[PhpFfi, PhpCommand], Cannot("a library or a command that fails gives no report, and that is a RuntimeException without a code")),
    row(&["api.panicked"], &[PhpCore], Test(PHP_LIBRARY, "'a bug of the core'")),
    row(&["api.panicked"], &[JavaScript], Test(JS_API, "'is api.panicked, and the next call works'")),
    row(&["api.unsupported"], ALL_PHP, Test(PHP_PINS, "\"a large $name\"")),
    row(&["api.unsupported"], &[Core, Command, C, Python, JavaScript], Cannot("it judges every input; only PHP's own classes know inputs that they cannot judge")),
];
