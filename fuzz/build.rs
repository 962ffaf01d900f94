//! Writes a caller for each function of `include/fedverify.h`, so that the target `c_abi` calls whatever the header declares: it
//! declares the function as C sees it, and takes each argument from `Calls` by what its parameter is.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

/// A parameter, as the header writes it.
struct Parameter<'h> {
    /// All but the name: `const fedverify_pin *`.
    kind: String,
    name: &'h str,
}

fn main() {
    let header = Path::new("../include/fedverify.h");
    println!("cargo::rerun-if-changed={}", header.display());
    let header = std::fs::read_to_string(header).expect("the header is committed");
    let code = without_comments(&header);
    let (mut callers, mut names) = (String::new(), Vec::new());
    let declarations = code.split("FEDVERIFY_API").skip(1).filter_map(|rest| rest.split_once(';'));
    for (name, caller) in declarations.filter_map(|(declaration, _)| caller(declaration)) {
        callers.push_str(&caller);
        names.push(name);
    }
    let (called, declared) = (names.iter().copied().collect(), declared(&code));
    let differences: Vec<&&str> = declared.symmetric_difference(&called).collect();
    assert!(differences.is_empty(), "declared without a caller, or the other way round: {differences:?}");
    let entries = names.iter().map(|name| format!("    ({name:?}, call_{name}),\n"));
    let table = format!(
        "{callers}const FUNCTIONS: &[(&str, fn(&mut Calls<'_>))] = &[\n{}];\n",
        entries.collect::<String>()
    );
    let out = std::env::var("OUT_DIR").expect("cargo sets it");
    std::fs::write(Path::new(&out).join("callers.rs"), table).expect("the build folder can be written");
}

fn without_comments(header: &str) -> String {
    let mut code = String::new();
    let mut rest = header;
    while let Some((before, after)) = rest.split_once("/*") {
        code.push_str(before);
        rest = after.split_once("*/").expect("comments end").1;
    }
    code + rest
}

/// The names of all functions without their prefix: whatever is ours and is followed by a bracket. No word of the declaration
/// around it counts, so that none is left out because of how it is written.
fn declared(code: &str) -> BTreeSet<&str> {
    let is_of_a_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let words = code.split("fedverify_").skip(1);
    let named = words.filter_map(|word| word.split_at_checked(word.find(|c| !is_of_a_name(c))?));
    named.filter(|(_, rest)| rest.starts_with('(')).map(|(name, _)| name).collect()
}

/// The name of the function without its prefix, and its caller; nothing for what declares no function.
fn caller(declaration: &str) -> Option<(&str, String)> {
    let declaration =
        declaration.trim_start_matches([' ', '\n']).trim_start_matches("FEDVERIFY_MUST_USE").trim();
    let (head, parameters) = declaration.split_once('(')?;
    let at = head
        .find(" fedverify_")
        .or_else(|| head.find("*fedverify_"))
        .or_else(|| head.find("\nfedverify_"))?;
    let (result, full_name) = (head[..=at].trim(), &head[at + 1..]);
    let name = full_name.strip_prefix("fedverify_")?;
    let parameters: Vec<Parameter<'_>> = parameters
        .trim_end_matches(')')
        .split(',')
        .map(str::trim)
        .filter(|p| *p != "void")
        .map(parameter)
        .collect();
    let (mut types, mut before, mut arguments, mut after) = (vec![], String::new(), vec![], String::new());
    for (index, parameter) in parameters.iter().enumerate() {
        let (rust, argument) = argument(name, index, parameter, &mut before, &mut after);
        types.push(rust);
        arguments.push(argument);
    }
    let (rust, seen) = result_of(result, after.contains("calls.error("));
    let calls =
        if before.is_empty() && arguments.is_empty() && !seen.contains("calls") { "_" } else { "calls" };
    let caller = format!(
        "unsafe extern \"C\" {{ fn {full_name}({}){rust}; }}\nfn call_{name}({calls}: &mut Calls<'_>) {{\n{before}    \
         // SAFETY: the declaration is the header's, and `Calls` gives what the header asks for.\n    \
         let result = unsafe {{ {full_name}({}) }};\n{after}    {seen}\n}}\n",
        types
            .iter()
            .enumerate()
            .map(|(index, rust)| format!("a{index}: {rust}"))
            .collect::<Vec<_>>()
            .join(", "),
        arguments.join(", "),
    );
    Some((name, caller))
}

fn parameter(text: &str) -> Parameter<'_> {
    let at = text.rfind([' ', '*']).expect("a type and a name");
    Parameter { kind: text[..=at].split_whitespace().collect::<Vec<_>>().join(" "), name: &text[at + 1..] }
}

/// The Rust type of a parameter and what is passed, and what has to be done before and after the call.
fn argument(
    function: &str,
    index: usize,
    parameter: &Parameter<'_>,
    before: &mut String,
    after: &mut String,
) -> (String, String) {
    let Parameter { kind, name } = parameter;
    let mut line = |text: String| writeln!(before, "    let {text};").expect("a string");
    match kind.as_str() {
        "const char *" if *name == "path" => {
            line(format!("(p{index}, n{index}) = calls.path()"));
            ("*const u8".to_owned(), format!("p{index}"))
        }
        "const char *" | "const void *" => {
            line(format!("(p{index}, n{index}) = calls.input({name:?})"));
            ("*const u8".to_owned(), format!("p{index}"))
        }
        "size_t" if name.ends_with("_len") => ("usize".to_owned(), format!("n{}", index - 1)),
        "const fedverify_str *" => {
            line(format!("records{index} = calls.records()"));
            ("*const Str".to_owned(), format!("records{index}.as_ptr()"))
        }
        "size_t" if *name == "count" => ("usize".to_owned(), format!("records{}.len()", index - 1)),
        "fedverify_reader" => {
            line(format!("reader{index} = calls.reader()"));
            ("Option<Reader>".to_owned(), format!("reader{index}"))
        }
        "void *" => ("*mut Stream".to_owned(), "calls.context()".to_owned()),
        "fedverify_str *" => {
            line(format!("mut out{index} = Str::ABSENT"));
            writeln!(after, "    if result == OK {{ calls.see(out{index}); }}").expect("a string");
            ("*mut Str".to_owned(), format!("&raw mut out{index}"))
        }
        "uint64_t *" | "int32_t *" => {
            let rust = if kind.starts_with('u') { "u64" } else { "i32" };
            line(format!("mut out{index}: {rust} = 0"));
            (format!("*mut {rust}"), format!("&raw mut out{index}"))
        }
        "size_t" | "uint64_t" | "fedverify_status" => {
            let rust = match kind.as_str() {
                "size_t" => "usize",
                "uint64_t" => "u64",
                _ => "i32",
            };
            line(format!("number{index} = calls.number({name:?}) as {rust}"));
            (rust.to_owned(), format!("number{index}"))
        }
        "bool" => {
            line(format!("flag{index} = calls.flag({name:?})"));
            ("bool".to_owned(), format!("flag{index}"))
        }
        "fedverify_error **" => {
            line("mut error: Handle = DANGLING".to_owned());
            after.push_str("    calls.error(result, error);\n");
            ("*mut Handle".to_owned(), "&raw mut error".to_owned())
        }
        _ => handle(function, index, kind, &mut line, after),
    }
}

/// A handle that goes in, or one that comes out.
fn handle(
    function: &str,
    index: usize,
    kind: &str,
    line: &mut impl FnMut(String),
    after: &mut String,
) -> (String, String) {
    let bare = kind.trim_start_matches("const ").trim_end_matches(['*', ' ']);
    let class = bare
        .strip_prefix("fedverify_")
        .unwrap_or_else(|| panic!("{function} has a parameter of the kind {kind}"));
    if kind.ends_with("**") {
        line(format!("mut out{index}: Handle = DANGLING"));
        // Whatever its verdict, there is a report.
        if function != "verification_finish" {
            writeln!(after, "    assert!(result == OK || out{index}.is_null());").expect("a string");
        }
        writeln!(after, "    calls.made({class:?}, out{index});").expect("a string");
        return ("*mut Handle".to_owned(), format!("&raw mut out{index}"));
    }
    let way = if function.ends_with("_free") { "taken" } else { "handle" };
    line(format!("handle{index} = calls.{way}({class:?})"));
    ("Handle".to_owned(), format!("handle{index}"))
}

/// The result's type, and what is done with it.
fn result_of(result: &str, has_error: bool) -> (String, String) {
    let class = result.strip_prefix("fedverify_").and_then(|class| class.strip_suffix('*')).map(str::trim);
    match (result, class) {
        (_, Some(class)) => (" -> Handle".to_owned(), format!("calls.made({class:?}, result);")),
        ("void", _) => (String::new(), "let () = result;".to_owned()),
        ("fedverify_str", _) => (" -> Str".to_owned(), "calls.see(result);".to_owned()),
        ("fedverify_status", _) if has_error => (" -> i32".to_owned(), "calls.status(result);".to_owned()),
        ("fedverify_status" | "int32_t", _) => (" -> i32".to_owned(), "let _ = result;".to_owned()),
        ("bool", _) => (" -> bool".to_owned(), "let _ = result;".to_owned()),
        ("size_t", _) => (" -> usize".to_owned(), "let _ = result;".to_owned()),
        ("uint32_t", _) => (" -> u32".to_owned(), "let _ = result;".to_owned()),
        ("uint64_t" | "int64_t", _) => (" -> u64".to_owned(), "let _ = result;".to_owned()),
        _ => panic!("a function returns {result}"),
    }
}
