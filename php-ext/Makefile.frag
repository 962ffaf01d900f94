# The last target of a phpize makefile asks whether to send its report to the PHP project. It is not about PHP.
export NO_INTERACTION = 1

# What cargo builds, put where PHP's makefile looks for extensions. CARGO_TARGET_DIR is cargo's own variable.
FEDVERIFY_TARGET_DIR = $${CARGO_TARGET_DIR:-$(srcdir)/../target}

# Libtool would write the .la; `make test` and `make install` read the extension's name in it. Cargo knows what is stale.
$(phplibdir)/fedverify.la: fedverify-cargo-build
	@mkdir -p $(phplibdir)
	cp "$(FEDVERIFY_TARGET_DIR)"/release/libfedverify_php.so $(phplibdir)/fedverify.so
	@echo "dlname='fedverify.so'" > $@

.PHONY: fedverify-cargo-build
fedverify-cargo-build:
	PHP_CONFIG="$(FEDVERIFY_PHP_CONFIG)" PHP="$(PHP_EXECUTABLE)" \
		$(CARGO) build --release --locked --manifest-path "$(srcdir)/Cargo.toml"
