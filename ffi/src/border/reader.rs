//! A caller's function that gives bytes.

use crate::border::argument;
use fedverify::Error;
use std::ffi::c_void;
use std::marker::PhantomData;

/// Gives the next bytes of a package or an archive: writes at most `len` of them to `buffer` and returns how many it wrote: 0 at
/// the end, a negative number if they cannot be read. That may be any number, or a negated status that
/// `fedverify_request_set_unreadable` takes, such as `-FEDVERIFY_IO_NETWORK_TIMEOUT`: the report then gives that reason.
///
/// `context` is the pointer that was passed with the function. The function is called on the thread that called fedverify, until it
/// returns 0 or less, or no more bytes are wanted; `len` is never 0. No lock is held meanwhile: it may call any function of
/// fedverify, also on the handles of the current call, but must not free them. It must return: `longjmp` out of it is not
/// allowed, and an exception that leaves it ends the process.
pub type fedverify_reader =
    Option<unsafe extern "C-unwind" fn(context: *mut c_void, buffer: *mut c_void, len: usize) -> i64>;

/// A function that a caller lends for a call: `fedverify_reader`.
#[repr(transparent)]
pub struct Reader<'a> {
    function: fedverify_reader,
    caller: PhantomData<&'a ()>,
}

/// What a caller's function is called with: `void *`.
#[repr(transparent)]
pub struct Context<'a> {
    address: *mut c_void,
    caller: PhantomData<&'a mut c_void>,
}

/// A caller's function, and what it is called with.
pub(crate) struct Callback<'a> {
    function: unsafe extern "C-unwind" fn(*mut c_void, *mut c_void, usize) -> i64,
    context: Context<'a>,
}

impl<'a> Reader<'a> {
    /// The function with its context, which may be NULL.
    ///
    /// # Errors
    ///
    /// [`fedverify::Code::ApiArgument`] for NULL as the function.
    pub(crate) fn with(self, context: Context<'a>) -> Result<Callback<'a>, Error> {
        let function = self.function.ok_or_else(|| argument("expected a function that reads, found NULL"))?;
        Ok(Callback { function, context })
    }
}

impl<'a> Context<'a> {
    /// A number of Rust, for tests of exports.
    #[cfg(test)]
    pub(crate) fn new(number: &'a mut i64) -> Self {
        Context { address: std::ptr::from_mut(number).cast(), caller: PhantomData }
    }
}

impl Callback<'_> {
    /// What the function returns for a buffer.
    pub(crate) fn call(&mut self, buffer: &mut [u8]) -> i64 {
        let (address, len) = (buffer.as_mut_ptr().cast(), buffer.len());
        // SAFETY: the caller promises that the function may be called with its context during the call of fedverify, and that it
        // writes no more than `len` bytes. The buffer is so long, initialised, and borrowed by nobody else.
        unsafe { (self.function)(self.context.address, address, len) }
    }
}

#[cfg(test)]
impl Reader<'_> {
    /// NULL.
    pub(crate) fn null() -> Self {
        Reader { function: None, caller: PhantomData }
    }

    /// A function that writes nothing and returns the number that is its context; it panics where that is 7.
    pub(crate) fn returning() -> Self {
        extern "C-unwind" fn function(context: *mut c_void, _: *mut c_void, _: usize) -> i64 {
            // SAFETY: the tests give a number as context.
            let number = unsafe { *context.cast::<i64>() };
            assert_ne!(number, 7, "on purpose");
            number
        }
        Reader { function: Some(function), caller: PhantomData }
    }
}
