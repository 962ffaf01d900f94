# The commands that people type. `make test` is the one that CI runs.

.PHONY: test test-deep fuzz generated corpus bench wordpress-zip library install install-files soversion uninstall dist

# Formatting, lints, all tests, doctests, the corpus and the licences. Installs what is missing (see tests/run.sh).
test:
	bash tests/run.sh

# Tests that take too long for `make test`, or parts of them: `make test-deep PARTS="core node"`. SEED=… repeats the random ones.
test-deep:
	bash tests/deep.sh $(PARTS)

# Every fuzz target for so many seconds, and those alone that TARGETS names: `make fuzz SECONDS=1800 TARGETS="log pin"`.
fuzz:
	bash fuzz/run.sh $(or $(SECONDS),60) $(TARGETS)

# Writes what C, PHP, JavaScript, the JSON Schema and the documents have of core's tables and of the sources of ffi. CI fails
# where that would change a file.
generated:
	cargo run --quiet -p fedverify-generate

# Writes tests/corpus and examples anew. Gives identical bytes unless the test kit changed.
corpus:
	cargo run --release --quiet -p fedverify-kit -- generate

# What everything costs, beside other libraries, in one table; docs/performance.md says how to read it.
bench:
	bash benches/bench.sh

# The WordPress plugin as sites install it, in target/wordpress. `make wordpress-zip PLUGIN_ID=did:plc:…` for whoever publishes it.
wordpress-zip:
	bash wordpress/build-zip.sh $(if $(PLUGIN_ID),--plugin-id $(PLUGIN_ID))

# What a release has, in target/dist; docs/releases.md says what each of them is, and how they are signed.
dist:
	bash dist/all.sh

# The C library: `make install PREFIX=/usr DESTDIR=stage` needs nothing but cargo and what every system has. It lays the
# same files as `cargo cinstall -p fedverify-ffi`, on systems with ELF; elsewhere use that.
PREFIX ?= /usr/local
LIBDIR ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
CARGO ?= cargo
TARGET_DIR ?= $(or $(CARGO_TARGET_DIR),target)

VERSION := $(shell sed -n '/^\[workspace\.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' Cargo.toml)
# As ffi/build.rs has it: while the major number is 0, every minor number has an ABI of its own.
SOVERSION := $(shell echo $(VERSION) | sed -E 's/^(0\.[0-9]+|[1-9][0-9]*)\..*/\1/')
# What a static Rust library needs of the system: `cargo rustc -p fedverify-ffi --crate-type staticlib -- --print
# native-static-libs` prints it.
LIBS_PRIVATE = -lgcc_s -lutil -lrt -lpthread -lm -ldl -lc

library:
	$(CARGO) build --release --locked -p fedverify-ffi

install: library
	@$(MAKE) --no-print-directory install-files

# Where the library was built. dist/library.sh has others.
BUILT ?= $(TARGET_DIR)/release

install-files:
	install -d "$(DESTDIR)$(INCLUDEDIR)" "$(DESTDIR)$(LIBDIR)/pkgconfig"
	install -m 644 include/fedverify.h "$(DESTDIR)$(INCLUDEDIR)/fedverify.h"
	install -m 644 "$(BUILT)/libfedverify_ffi.a" "$(DESTDIR)$(LIBDIR)/libfedverify.a"
	install -m 755 "$(BUILT)/libfedverify_ffi.so" "$(DESTDIR)$(LIBDIR)/libfedverify.so.$(VERSION)"
	ln -sf libfedverify.so.$(VERSION) "$(DESTDIR)$(LIBDIR)/libfedverify.so.$(SOVERSION)"
	ln -sf libfedverify.so.$(SOVERSION) "$(DESTDIR)$(LIBDIR)/libfedverify.so"
	@# The folders are relative to the prefix, so that files in another place need one line changed.
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@LIBDIR@|$(LIBDIR)|' -e 's|@INCLUDEDIR@|$(INCLUDEDIR)|' \
	    -e 's|@VERSION@|$(VERSION)|' -e 's|@LIBS_PRIVATE@|$(LIBS_PRIVATE)|' \
	    -e 's|^\(.*dir\)=$(PREFIX)/|\1=$${prefix}/|' \
	    ffi/fedverify.pc.in > "$(DESTDIR)$(LIBDIR)/pkgconfig/fedverify.pc"
	chmod 644 "$(DESTDIR)$(LIBDIR)/pkgconfig/fedverify.pc"
	@# So that programs find it at once. A stage (DESTDIR) is installed elsewhere later; and only root may.
	@test -n "$(DESTDIR)" || ldconfig 2>/dev/null || echo "Run ldconfig as root, so that programs find the library."

uninstall:
	rm -f "$(DESTDIR)$(INCLUDEDIR)/fedverify.h" "$(DESTDIR)$(LIBDIR)/libfedverify.a" \
	    "$(DESTDIR)$(LIBDIR)/libfedverify.so" "$(DESTDIR)$(LIBDIR)/libfedverify.so.$(SOVERSION)" \
	    "$(DESTDIR)$(LIBDIR)/libfedverify.so.$(VERSION)" "$(DESTDIR)$(LIBDIR)/pkgconfig/fedverify.pc"

# For dist/deb.sh: the name of a package ends with it.
soversion:
	@echo $(SOVERSION)
