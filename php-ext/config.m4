dnl phpize && ./configure --enable-fedverify && make && make test && make install
dnl
dnl The extension is written in Rust: cargo builds it (Makefile.frag), and make installs it like any other.

PHP_ARG_ENABLE([fedverify],
  [whether to enable fedverify],
  [AS_HELP_STRING([--enable-fedverify],
    [Enable fedverify])],
  [yes])

if test "$PHP_FEDVERIFY" != "no"; then
  AC_PATH_PROG([CARGO], [cargo], [no])
  if test "$CARGO" = "no"; then
    AC_MSG_ERROR([cargo is not found: fedverify is built with Rust, see https://rustup.rs])
  fi
  dnl bindgen reads PHP's headers with it.
  AC_PATH_PROG([CLANG], [clang], [no])
  if test "$CLANG" = "no"; then
    AC_MSG_ERROR([clang is not found: install clang and libclang (Debian: clang libclang-dev)])
  fi
  PHP_MODULES="$PHP_MODULES \$(phplibdir)/fedverify.la"
  PHP_SUBST([CARGO])
  dnl configure may have found it on the PATH; the build wants to know where.
  FEDVERIFY_PHP_CONFIG=`command -v "$PHP_CONFIG"`
  PHP_SUBST([FEDVERIFY_PHP_CONFIG])
  dnl There is no C source, so PHP_NEW_EXTENSION did not set where the fragment is.
  PHP_ADD_MAKEFILE_FRAGMENT([$abs_srcdir/Makefile.frag], [$abs_srcdir], [$abs_builddir])
fi
