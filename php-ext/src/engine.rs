//! What PHP's C interface alone offers. All unsafe code of the extension is here; what leaves this module is safe.

use ext_php_rs::args::ArgInfoTables;
use ext_php_rs::convert::IntoZval;
use ext_php_rs::exception::PhpException;
use ext_php_rs::ffi::{
    self, HashTable, php_info_print_table_end, php_info_print_table_row, php_info_print_table_start,
    zend_long, zend_read_property, zend_string,
};
use ext_php_rs::flags::DataType;
use ext_php_rs::types::{ZendHashTable, ZendObject, ZendStr, Zval};
use ext_php_rs::zend::{ClassEntry, ExecuteData, ProcessGlobals, ce};
use std::ffi::{CStr, CString, OsStr, c_char, c_int, c_void};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};
use std::sync::{Mutex, PoisonError};

// PHP 8.1 to 8.5 declare these alike (Zend/zend_API.h, main/fopen_wrappers.h, ext/json/php_json.h).
unsafe extern "C" {
    fn zend_parse_parameters(count: u32, spec: *const c_char, ...) -> c_int;
    fn zend_update_property(
        scope: *mut ClassEntry,
        object: *mut ZendObject,
        name: *const c_char,
        name_length: usize,
        value: *mut Zval,
    );
    fn php_json_decode_ex(
        result: *mut Zval,
        json: *const c_char,
        length: usize,
        options: zend_long,
        depth: zend_long,
    ) -> c_int;
    fn php_check_open_basedir_ex(path: *const c_char, warn: c_int) -> c_int;
    fn expand_filepath(path: *const c_char, real_path: *mut c_char) -> *mut c_char;
    fn zend_memory_usage(of_the_system: bool) -> usize;
    static php_json_serializable_ce: *mut ClassEntry;
}

/// A method as PHP calls it.
pub(crate) type Handler = extern "C" fn(call: &mut ExecuteData, answer: &mut Zval);

/// What PHP's functions of the C interface answer when they succeed.
const SUCCESS: c_int = 0;

/// The types of parameters, each with its letter in the language of `zend_parse_parameters`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    /// A string of any bytes.
    Bytes,
    /// A string without NUL, as PHP's functions take paths.
    Path,
    /// An integer; also nullable.
    Integer,
    /// A boolean.
    Flag,
    /// An array.
    Table,
    /// An object of a class.
    Object(ObjectClass),
}

/// A class of this extension, as the type of a parameter.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ObjectClass {
    pub(crate) name: &'static str,
    /// The class is there only after PHP has started.
    pub(crate) entry: fn() -> &'static ClassEntry,
}

impl PartialEq for ObjectClass {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for ObjectClass {}

impl Type {
    fn letter(self) -> char {
        match self {
            Type::Bytes => 'S',
            Type::Path => 'P',
            Type::Integer => 'l',
            Type::Flag => 'b',
            Type::Table => 'h',
            Type::Object(_) => 'O',
        }
    }
}

/// How one parameter is declared.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Declared {
    pub(crate) of: Type,
    pub(crate) is_nullable: bool,
    pub(crate) is_optional: bool,
}

/// The value of one argument. It lives as long as the call.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Argument<'c> {
    /// Null, or not given.
    Absent,
    Bytes(&'c [u8]),
    Integer(i64),
    Flag(bool),
    Table(&'c ZendHashTable),
    Object(&'c ZendObject),
}

/// Where `zend_parse_parameters` puts one argument.
struct Slot {
    value: RawValue,
    is_null: bool,
}

#[repr(C)]
union RawValue {
    string: *const zend_string,
    table: *const HashTable,
    object: *const Zval,
    integer: zend_long,
    flag: bool,
}

/// No method has more parameters than this many slots have pointers: an integer and an object take two.
const MAX_POINTERS: usize = 10;

/// Reads the arguments of a call as PHP's own functions do: with the caller's `strict_types`, `__toString`, and PHP's own
/// `TypeError`, `ValueError` and `ArgumentCountError`. After `None`, one of them is thrown.
pub(crate) fn arguments<'c>(call: &'c ExecuteData, declared: &[Declared]) -> Option<Vec<Argument<'c>>> {
    let mut slots: Vec<Slot> =
        declared.iter().map(|_| Slot { value: RawValue { integer: 0 }, is_null: true }).collect();
    let mut pointers: Vec<*mut c_void> = Vec::with_capacity(MAX_POINTERS);
    let mut spec = String::new();
    for (parameter, slot) in declared.iter().zip(&mut slots) {
        if parameter.is_optional && !spec.contains('|') {
            spec.push('|');
        }
        spec.push(parameter.of.letter());
        pointers.push((&raw mut slot.value).cast());
        if let Type::Object(class) = parameter.of {
            pointers.push(ptr::from_ref((class.entry)()).cast_mut().cast());
        }
        if parameter.is_nullable {
            spec.push('!');
        }
        if parameter.is_nullable && parameter.of == Type::Integer {
            pointers.push((&raw mut slot.is_null).cast());
        }
    }
    let spec = CString::new(spec).ok()?;
    pointers.resize(pointers.len().max(MAX_POINTERS), ptr::null_mut());
    let pointers: [*mut c_void; MAX_POINTERS] = pointers.try_into().ok()?;
    let [a, b, c, d, e, f, g, h, i, j] = pointers;
    // SAFETY: every member of this union is the same integer.
    let count = unsafe { call.This.u2.num_args };
    // SAFETY: we are inside a call from PHP. The specification names as many targets as there are pointers that are not
    // null, each to a slot of the type that its letter asks for, and after that of an object the class, which PHP only reads; PHP
    // does not look at the pointers after them.
    let parsed = unsafe { zend_parse_parameters(count, spec.as_ptr(), a, b, c, d, e, f, g, h, i, j) };
    if parsed != SUCCESS {
        return None;
    }
    Some(declared.iter().zip(&slots).map(|(parameter, slot)| argument(parameter, slot)).collect())
}

fn argument<'c>(parameter: &Declared, slot: &Slot) -> Argument<'c> {
    match parameter.of {
        Type::Bytes | Type::Path => {
            // SAFETY: PHP wrote the address of a string here, or the null that we put there is still there.
            let string = unsafe { slot.value.string };
            // SAFETY: null, or a string that lives in the call's frame, longer than `'c`.
            let string: Option<&'c ZendStr> = unsafe { string.as_ref() };
            string.map_or(Argument::Absent, |string| Argument::Bytes(string.as_bytes()))
        }
        Type::Table => {
            // SAFETY: as above, of an array.
            let table = unsafe { slot.value.table };
            // SAFETY: as above, of an array.
            let table: Option<&'c ZendHashTable> = unsafe { table.as_ref() };
            table.map_or(Argument::Absent, Argument::Table)
        }
        Type::Object(_) => {
            // SAFETY: as above, of a value that is an object of the class.
            let value = unsafe { slot.value.object };
            // SAFETY: null, or a value in the call's frame.
            let value: Option<&'c Zval> = unsafe { value.as_ref() };
            value.and_then(Zval::object).map_or(Argument::Absent, Argument::Object)
        }
        Type::Integer if slot.is_null => Argument::Absent,
        // SAFETY: PHP wrote an integer here.
        Type::Integer => Argument::Integer(unsafe { slot.value.integer }),
        // SAFETY: PHP wrote a boolean here, or the zero that we put there is still there, which is `false`.
        Type::Flag => Argument::Flag(unsafe { slot.value.flag }),
    }
}

/// Reads JSON into PHP's values; objects become arrays or `stdClass`. It must be well-formed: it is our own.
pub(crate) fn value_of_json(json: &str, objects_as_arrays: bool) -> Zval {
    /// Deeper than any report.
    const DEPTH: zend_long = 512;
    let mut value = Zval::new();
    // PHP's scanner stops at the NUL behind the JSON. Inside there is none: JSON escapes them.
    let Ok(json) = CString::new(json) else { return value };
    // SAFETY: the JSON is valid for its length and ends with a NUL, and the target is ours. Option 1 is
    // `JSON_OBJECT_AS_ARRAY`.
    let _of_our_own_json = unsafe {
        php_json_decode_ex(
            &raw mut value,
            json.as_ptr(),
            json.count_bytes(),
            zend_long::from(objects_as_arrays),
            DEPTH,
        )
    };
    value
}

/// How many bytes `memory_limit` leaves; `None` where there is no limit. PHP ends the request where it is exceeded.
pub(crate) fn memory_left() -> Option<usize> {
    // Below 0: no limit.
    let limit = usize::try_from(ProcessGlobals::get().memory_limit).ok()?;
    // SAFETY: only reads a counter of this thread.
    let used = unsafe { zend_memory_usage(false) };
    Some(limit.saturating_sub(used))
}

/// Sets a property that the class declares, whatever its visibility.
pub(crate) fn set_property(scope: &ClassEntry, object: &mut ZendObject, name: &str, mut value: Zval) {
    // SAFETY: the class is the object's or one that it extends, name and value are valid for the call; PHP copies the
    // value and counts a reference of its own.
    unsafe {
        zend_update_property(
            ptr::from_ref(scope).cast_mut(),
            ptr::from_mut(object),
            name.as_ptr().cast(),
            name.len(),
            &raw mut value,
        );
    }
}

/// Reads a property that the class declares, whatever its visibility.
pub(crate) fn property(scope: &ClassEntry, object: &mut ZendObject, name: &str) -> Zval {
    let mut buffer = Zval::new();
    // SAFETY: as in `set_property`; the buffer is ours.
    let value = unsafe {
        zend_read_property(
            ptr::from_ref(scope).cast_mut(),
            ptr::from_mut(object),
            name.as_ptr().cast(),
            name.len(),
            true,
            &raw mut buffer,
        )
    };
    // SAFETY: null, or the object's property, or the buffer, both alive here.
    let value = unsafe { value.as_ref() };
    value.map_or_else(Zval::new, Zval::shallow_clone)
}

/// The absolute path that a path means to PHP: with threads, each has a current folder of its own.
pub(crate) fn absolute_path(path: &[u8]) -> Option<PathBuf> {
    /// More than PHP's MAXPATHLEN is on any system.
    const BUFFER_BYTES: usize = 16_384;
    let path = CString::new(path).ok()?;
    let mut buffer: [c_char; BUFFER_BYTES] = [0; BUFFER_BYTES];
    // SAFETY: the path ends with a NUL, and PHP writes at most MAXPATHLEN bytes with a NUL at the end.
    let absolute = unsafe { expand_filepath(path.as_ptr(), buffer.as_mut_ptr()) };
    if absolute.is_null() {
        return None;
    }
    // SAFETY: PHP answered with the address of our buffer, which now holds a string that ends with a NUL.
    let absolute = unsafe { CStr::from_ptr(absolute) };
    Some(Path::new(OsStr::from_bytes(absolute.to_bytes())).to_owned())
}

/// Whether `open_basedir` lets PHP open the file. Says nothing to the user: the caller throws.
pub(crate) fn is_within_open_basedir(path: &Path) -> bool {
    let Ok(path) = CString::new(path.as_os_str().as_bytes()) else { return false };
    // SAFETY: the path ends with a NUL; the second argument turns PHP's warning off.
    unsafe { php_check_open_basedir_ex(path.as_ptr(), 0) == SUCCESS }
}

/// For which PHP the extension was built, as PHP compares it when it loads the extension.
pub(crate) fn build_id() -> String {
    // SAFETY: takes nothing and changes nothing.
    let id = unsafe { ffi::ext_php_rs_php_build_id() };
    // SAFETY: a string in static memory that ends with a NUL.
    let id = unsafe { CStr::from_ptr(id) };
    id.to_string_lossy().into_owned()
}

/// Prints a table of `phpinfo()`.
pub(crate) fn print_info(rows: &[(&str, &str)]) {
    // SAFETY: PHP calls us to print our section.
    unsafe { php_info_print_table_start() };
    for (name, value) in rows {
        let (Ok(name), Ok(value)) = (CString::new(*name), CString::new(*value)) else { continue };
        // SAFETY: two strings that end with a NUL follow, as the count says.
        unsafe { php_info_print_table_row(2, name.as_ptr(), value.as_ptr()) };
    }
    // SAFETY: ends the table that was started above.
    unsafe { php_info_print_table_end() };
}

/// A class that PHP registers when it starts.
pub(crate) struct Class(AtomicPtr<ClassEntry>);

impl Class {
    /// Not registered yet.
    pub(crate) const fn unset() -> Self {
        Class(AtomicPtr::new(ptr::null_mut()))
    }

    /// Keeps a class that was registered.
    pub(crate) fn set(&self, class: &'static mut ClassEntry) {
        self.0.store(class, Ordering::Release);
    }

    /// The class; PHP's `Exception` where it is not registered, which no code of ours meets.
    pub(crate) fn get(&self) -> &'static ClassEntry {
        // SAFETY: null, or a class that lives as long as PHP has the extension loaded.
        unsafe { self.0.load(Ordering::Acquire).as_ref() }.unwrap_or_else(ce::exception)
    }
}

/// `JsonSerializable`, which PHP registers before any extension: `json` is always there since PHP 8.0.
pub(crate) fn json_serializable() -> &'static ClassEntry {
    // SAFETY: PHP writes it before it starts any extension, and never again.
    let class = unsafe { php_json_serializable_ce };
    // SAFETY: null before PHP has started, else a class that lives as long as PHP.
    unsafe { class.as_ref() }.unwrap_or_else(ce::stdclass)
}

/// A string that PHP keeps as long as it runs, for what belongs to a class.
pub(crate) struct Interned(pub(crate) &'static str);

impl IntoZval for Interned {
    const TYPE: DataType = DataType::String;
    const NULLABLE: bool = false;

    fn set_zval(self, target: &mut Zval, _persistent: bool) -> ext_php_rs::error::Result<()> {
        target.set_interned_string(self.0, true)
    }
}

/// Parameters of methods, as PHP borrows them for as long as it runs.
struct Kept {
    _tables: ArgInfoTables,
}

// SAFETY: written once while PHP starts, on one thread, and never read through this.
unsafe impl Send for Kept {}

static KEPT: Mutex<Vec<Kept>> = Mutex::new(Vec::new());

/// Keeps the parameters of a class's methods for as long as PHP runs.
pub(crate) fn keep(tables: ArgInfoTables) {
    KEPT.lock().unwrap_or_else(PoisonError::into_inner).push(Kept { _tables: tables });
}

/// Throws an object that is an exception.
pub(crate) fn throw(exception: Zval) {
    PhpException::from_message(String::new()).with_object(exception).throw();
}
