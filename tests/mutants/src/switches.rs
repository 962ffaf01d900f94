//! Each mutant as a branch beside the code that it changes, so that all of them are built at once: `a < b` becomes
//! `(if crate::mutant(7) { a <= b } else { a < b })`.

use crate::listed::{Genre, Mutant, Place};
use proc_macro2::LineColumn;
use std::collections::BTreeMap;
use std::ops::Range;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{
    Arm, Block, Expr, ExprBinary, ExprMatch, ExprStruct, ExprUnary, ItemConst, ItemFn, ItemStatic, Pat,
    Signature, UnOp,
};

/// What asks which mutant is on: its number is in the environment. Without one, the numbers that are asked for are written
/// to a file, so that a test need not be tried on mutants that it never meets. And what a function gives that hides which
/// iterator it gives: its own, or that of a mutant.
pub const ASK: &str = r#"
#[doc(hidden)]
#[allow(missing_docs)]
pub fn mutant(number: u32) -> bool {
    static CHOSEN: std::sync::OnceLock<u32> = std::sync::OnceLock::new();
    let read = || std::env::var("FEDVERIFY_MUTANT").ok().and_then(|text| text.parse().ok()).unwrap_or(0);
    let chosen = *CHOSEN.get_or_init(read);
    if chosen == 0 {
        reached(number);
    }
    chosen == number
}

#[doc(hidden)]
#[allow(missing_docs)]
pub enum MutantOr<I: Iterator> {
    Mutant(std::vec::IntoIter<I::Item>),
    Own(I),
}

impl<I: Iterator> Iterator for MutantOr<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        match self {
            MutantOr::Mutant(values) => values.next(),
            MutantOr::Own(values) => values.next(),
        }
    }
}

fn reached(number: u32) {
    use std::io::Write;
    use std::sync::atomic::{AtomicBool, Ordering};
    static REACHED: [AtomicBool; 65_536] = [const { AtomicBool::new(false) }; 65_536];
    static FILE: std::sync::OnceLock<Option<std::fs::File>> = std::sync::OnceLock::new();
    if REACHED[number as usize].swap(true, Ordering::Relaxed) {
        return;
    }
    let open = |path| std::fs::OpenOptions::new().create(true).append(true).open(path).ok();
    if let Some(mut file) = FILE.get_or_init(|| std::env::var_os("FEDVERIFY_REACHED").and_then(open)).as_ref() {
        let _ = file.write_all(format!("{number}\n").as_bytes());
    }
}
"#;

/// A mutant of a file by its number, which is how the built program knows it.
pub type Numbered<'a> = (u32, &'a Mutant);

/// A file with its switches.
pub struct Switched {
    pub text: String,
    /// Which mutant each line of `text`, from one, was written for.
    pub lines: BTreeMap<usize, u32>,
    /// Those that cannot be a branch: in a constant, or in a shape that this does not know.
    pub without: Vec<u32>,
}

/// # Errors
///
/// For a file that is not Rust.
pub fn switch(source: &str, mutants: &[Numbered<'_>]) -> Result<Switched, String> {
    let file = syn::parse_file(source).map_err(|error| error.to_string())?;
    let mut finder =
        Finder { source, starts: starts_of_lines(source), mutants, insertions: Vec::new(), in_const: 0 };
    finder.visit_file(&file);
    Ok(write(source, finder.insertions, mutants))
}

/// Text that goes before the byte `at`. Of those at one place, the larger `depth` is nearer to the code.
struct Insertion {
    at: usize,
    is_end: bool,
    width: usize,
    number: Option<u32>,
    text: String,
}

struct Finder<'a> {
    source: &'a str,
    starts: Vec<usize>,
    mutants: &'a [Numbered<'a>],
    insertions: Vec<Insertion>,
    in_const: usize,
}

impl<'a> Finder<'a> {
    fn offset(&self, place: LineColumn) -> usize {
        offset(self.source, &self.starts, place.line, place.column)
    }

    fn range(&self, of: &impl Spanned) -> Range<usize> {
        let span = of.span();
        self.offset(span.start())..self.offset(span.end())
    }

    fn text(&self, of: &impl Spanned) -> &'a str {
        &self.source[self.range(of)]
    }

    /// The mutants of a kind that start where `of` starts.
    fn of(&self, genre: Genre, of: &impl Spanned) -> Vec<Numbered<'a>> {
        let start = of.span().start();
        let place = Place { line: start.line, column: start.column + 1 };
        let is_here = |mutant: &Mutant| mutant.genre == genre && mutant.span.start == place;
        if self.in_const > 0 {
            return Vec::new();
        }
        self.mutants.iter().filter(|(_, mutant)| is_here(mutant)).copied().collect()
    }

    /// Text that comes before all else at its place.
    fn before_all(&mut self, at: usize, number: Option<u32>, text: String) {
        self.insertions.push(Insertion { at, is_end: false, width: usize::MAX, number, text });
    }

    /// `if mutant { one } else if mutant { other } else { the code }`, all in parentheses. Each mutant has its own lines.
    fn wrap(&mut self, range: Range<usize>, branches: &[(u32, String)]) {
        if branches.is_empty() {
            return;
        }
        let width = range.len();
        for (place, (number, code)) in branches.iter().enumerate() {
            let start = if place == 0 { "(" } else { " else " };
            let text = format!("{start}\nif crate::mutant({number}) {{ ({code}) }}\n");
            self.insertions.push(Insertion {
                at: range.start,
                is_end: false,
                width,
                number: Some(*number),
                text,
            });
        }
        let text = " else { ".to_owned();
        self.insertions.push(Insertion { at: range.start, is_end: false, width, number: None, text });
        self.insertions.push(Insertion {
            at: range.end,
            is_end: true,
            width,
            number: None,
            text: " })".to_owned(),
        });
    }

    fn value_of_fn(&mut self, signature: &Signature, block: &Block) {
        let Some(first) = block.stmts.first() else { return };
        let mutants = self.of(Genre::FnValue, first);
        let output = self.text(&signature.output);
        if output.starts_with("-> impl Iterator<") {
            self.iterator_of_fn(block, &mutants);
            return;
        }
        // A function has one hidden type, and the value of a mutant is of another.
        if output.contains("impl ") {
            return;
        }
        let at = self.offset(block.brace_token.span.open().end());
        for (number, mutant) in mutants {
            let text = format!("\nif crate::mutant({number}) {{ return {}; }}\n", mutant.replacement);
            self.before_all(at, Some(number), text);
        }
    }

    /// The body becomes a closure, whatever returns early in it.
    fn iterator_of_fn(&mut self, block: &Block, mutants: &[Numbered<'a>]) {
        if mutants.is_empty() {
            return;
        }
        let span = block.brace_token.span;
        let (start, end) = (self.offset(span.open().end()), self.offset(span.close().start()));
        for (number, mutant) in mutants {
            let values = format!("Vec::from_iter({}).into_iter()", mutant.replacement);
            let text =
                format!("\nif crate::mutant({number}) {{ return crate::MutantOr::Mutant({values}); }}\n");
            self.before_all(start, Some(*number), text);
        }
        self.before_all(start, None, "crate::MutantOr::Own((move || {".to_owned());
        let text = "})())".to_owned();
        self.insertions.push(Insertion { at: end, is_end: true, width: usize::MAX, number: None, text });
    }

    fn guard(&mut self, guard: &Expr, removed: &[Numbered<'a>]) {
        if has_let(guard) {
            return;
        }
        let mutants = self.of(Genre::MatchArmGuard, guard);
        let replaced = mutants.iter().map(|(number, mutant)| (*number, mutant.replacement.clone()));
        let never = removed.iter().map(|(number, _)| (*number, "false".to_owned()));
        let branches: Vec<_> = replaced.chain(never).collect();
        self.wrap(self.range(guard), &branches);
    }

    fn remove(&mut self, arm: &Arm, removed: &[Numbered<'a>]) {
        let at = self.offset(arm.fat_arrow_token.spans[0].start());
        for (place, (number, _)) in removed.iter().enumerate() {
            let and = if place == 0 { "if" } else { "&&" };
            let text = format!("\n{and} !crate::mutant({number})\n");
            self.before_all(at, Some(*number), text);
        }
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_const(&mut self, item: &'ast ItemConst) {
        self.in_const += 1;
        visit::visit_item_const(self, item);
        self.in_const -= 1;
    }

    fn visit_impl_item_const(&mut self, item: &'ast syn::ImplItemConst) {
        self.in_const += 1;
        visit::visit_impl_item_const(self, item);
        self.in_const -= 1;
    }

    fn visit_item_static(&mut self, item: &'ast ItemStatic) {
        self.in_const += 1;
        visit::visit_item_static(self, item);
        self.in_const -= 1;
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        let is_const = usize::from(item.sig.constness.is_some());
        self.in_const += is_const;
        self.value_of_fn(&item.sig, &item.block);
        visit::visit_item_fn(self, item);
        self.in_const -= is_const;
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        let is_const = usize::from(item.sig.constness.is_some());
        self.in_const += is_const;
        self.value_of_fn(&item.sig, &item.block);
        visit::visit_impl_item_fn(self, item);
        self.in_const -= is_const;
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.value_of_fn(&item.sig, block);
        }
        visit::visit_trait_item_fn(self, item);
    }

    fn visit_expr_binary(&mut self, binary: &'ast ExprBinary) {
        let (left, right) = (self.text(&binary.left), self.text(&binary.right));
        let mut branches = Vec::new();
        if !has_let(&binary.left) && !has_let(&binary.right) {
            for (number, mutant) in self.of(Genre::BinaryOperator, &binary.op) {
                branches.push((number, format!("{left} {} {right}", mutant.replacement)));
            }
        }
        self.wrap(self.range(binary), &branches);
        visit::visit_expr_binary(self, binary);
    }

    fn visit_expr_unary(&mut self, unary: &'ast ExprUnary) {
        if matches!(unary.op, UnOp::Not(_) | UnOp::Neg(_)) {
            let inner = self.text(&unary.expr);
            let branches: Vec<_> = self
                .of(Genre::UnaryOperator, &unary.op)
                .into_iter()
                .map(|(number, _)| (number, inner.to_owned()))
                .collect();
            self.wrap(self.range(unary), &branches);
        }
        visit::visit_expr_unary(self, unary);
    }

    fn visit_expr_match(&mut self, matched: &'ast ExprMatch) {
        // Without one, the other arms must name every value, and none of them can be taken out.
        let has_rest = matched.arms.iter().any(|arm| arm.guard.is_none() && matches!(arm.pat, Pat::Wild(_)));
        for arm in &matched.arms {
            let removed = if has_rest { self.of(Genre::MatchArm, arm) } else { Vec::new() };
            match &arm.guard {
                Some((_, guard)) => self.guard(guard, &removed),
                None => self.remove(arm, &removed),
            }
        }
        visit::visit_expr_match(self, matched);
    }

    fn visit_expr_struct(&mut self, value: &'ast ExprStruct) {
        if let Some(rest) = &value.rest {
            let rest = self.text(rest.as_ref());
            for field in &value.fields {
                let syn::Member::Named(name) = &field.member else { continue };
                let branches: Vec<_> = self
                    .of(Genre::StructField, field)
                    .into_iter()
                    .map(|(number, _)| (number, format!("({rest}).{name}")))
                    .collect();
                let range = self.range(&field.expr);
                if field.colon_token.is_none() && !branches.is_empty() {
                    // `Pin { head, ..old }` is short for `Pin { head: head, ..old }`.
                    self.before_all(range.start, None, format!("{name}: "));
                }
                self.wrap(range, &branches);
            }
        }
        visit::visit_expr_struct(self, value);
    }
}

/// A condition with `let` cannot be put in parentheses.
fn has_let(expr: &Expr) -> bool {
    match expr {
        Expr::Let(_) => true,
        Expr::Binary(binary) => has_let(&binary.left) || has_let(&binary.right),
        _ => false,
    }
}

fn write(source: &str, mut insertions: Vec<Insertion>, mutants: &[Numbered<'_>]) -> Switched {
    // Ends before starts; the wider starts first and ends last.
    insertions.sort_by_key(|insertion| {
        let width = insertion.width;
        (insertion.at, !insertion.is_end, if insertion.is_end { width } else { usize::MAX - width })
    });
    let mut text = String::with_capacity(source.len() * 2);
    let mut lines = BTreeMap::new();
    let (mut line, mut done) = (1, 0);
    for insertion in &insertions {
        text.push_str(&source[done..insertion.at]);
        line += source[done..insertion.at].matches('\n').count();
        done = insertion.at;
        let last = line + insertion.text.matches('\n').count();
        if let Some(number) = insertion.number {
            lines.extend((line + 1..last).map(|line| (line, number)));
        }
        text.push_str(&insertion.text);
        line = last;
    }
    text.push_str(&source[done..]);
    let written: Vec<u32> = insertions.iter().filter_map(|insertion| insertion.number).collect();
    let without =
        mutants.iter().map(|(number, _)| *number).filter(|number| !written.contains(number)).collect();
    Switched { text, lines, without }
}

fn starts_of_lines(source: &str) -> Vec<usize> {
    std::iter::once(0).chain(source.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

/// Columns from zero, in characters.
fn offset(source: &str, starts: &[usize], line: usize, column: usize) -> usize {
    let start = starts[line - 1];
    source[start..].char_indices().nth(column).map_or(source.len(), |(at, _)| start + at)
}

#[cfg(test)]
mod tests {
    use super::{Switched, switch};
    use crate::listed::{Genre, Mutant, Place, Span};

    /// The mutant of what is between the marks, in a source without them.
    fn switched(marked: &str, genre: Genre, replacement: &str) -> Switched {
        let source = marked.replace('‹', "");
        let start = marked.find('‹').unwrap_or_default();
        let line = marked[..start].matches('\n').count() + 1;
        let column = marked[..start].chars().rev().take_while(|char| *char != '\n').count() + 1;
        let span = Span { start: Place { line, column } };
        let mutant = Mutant {
            file: "core/src/x.rs".to_owned(),
            name: "core/src/x.rs:1:1: replace".to_owned(),
            genre,
            replacement: replacement.to_owned(),
            span,
        };
        switch(&source, &[(7, &mutant)]).expect("Rust")
    }

    fn text(marked: &str, genre: Genre, replacement: &str) -> String {
        switched(marked, genre, replacement).text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_mutant_is_a_branch_beside_the_code() {
        for (marked, genre, replacement, expected) in [
            (
                "fn f(a: u8) -> bool { a ‹< 3 }",
                Genre::BinaryOperator,
                "<=",
                "fn f(a: u8) -> bool { ( if crate::mutant(7) { (a <= 3) } else { a < 3 }) }",
            ),
            (
                "fn f(ä: bool) -> bool { \"ä\"; ‹!ä }",
                Genre::UnaryOperator,
                "",
                "fn f(ä: bool) -> bool { \"ä\"; ( if crate::mutant(7) { (ä) } else { !ä }) }",
            ),
            (
                "fn f() -> u8 {\n    ‹g()\n}",
                Genre::FnValue,
                "1",
                "fn f() -> u8 { if crate::mutant(7) { return 1; } g() }",
            ),
            (
                "fn f(&self) -> impl Iterator<Item = u8> { ‹self.iter() }",
                Genre::FnValue,
                "::std::iter::empty()",
                "fn f(&self) -> impl Iterator<Item = u8> { if crate::mutant(7) { return \
                 crate::MutantOr::Mutant(Vec::from_iter(::std::iter::empty()).into_iter()); } \
                 crate::MutantOr::Own((move || { self.iter() })())}",
            ),
            (
                "fn f(a: u8) -> u8 { match a { ‹1 => 2, _ => 3 } }",
                Genre::MatchArm,
                "",
                "fn f(a: u8) -> u8 { match a { 1 if !crate::mutant(7) => 2, _ => 3 } }",
            ),
            (
                "fn f(a: u8) -> u8 { match a { b if ‹g(b) => 2, _ => 3 } }",
                Genre::MatchArmGuard,
                "true",
                "fn f(a: u8) -> u8 { match a { b if ( if crate::mutant(7) { (true) } else { g(b) }) => 2, _ => 3 } }",
            ),
            (
                "fn f(a: S, b: u8) -> S { S { ‹b, ..a } }",
                Genre::StructField,
                "",
                "fn f(a: S, b: u8) -> S { S { b: ( if crate::mutant(7) { ((a).b) } else { b }), ..a } }",
            ),
        ] {
            assert_eq!(text(marked, genre, replacement), expected);
        }
    }

    #[test]
    fn what_cannot_be_a_branch_is_named() {
        for (marked, genre) in [
            ("const A: bool = 1 ‹< 3;", Genre::BinaryOperator),
            ("const fn f(a: u8) -> bool { a ‹< 3 }", Genre::BinaryOperator),
            ("fn f() -> impl Fn(u8) -> u8 { ‹g() }", Genre::FnValue),
            ("fn f(a: bool) -> u8 { match a { ‹true => 2, false => 3 } }", Genre::MatchArm),
        ] {
            let switched = switched(marked, genre, "<=");
            assert_eq!(switched.without, [7], "{marked}");
            assert!(!switched.text.contains("mutant"), "{marked}");
        }
    }

    #[test]
    fn a_line_knows_its_mutant() {
        let switched = switched("fn f(a: u8) -> bool {\n    a ‹< 3\n}", Genre::BinaryOperator, "<=");
        let line = switched.text.lines().position(|line| line.contains("mutant(7)")).expect("a line") + 1;
        assert_eq!(switched.lines.get(&line), Some(&7));
        assert_eq!(switched.lines.len(), 1);
    }
}
