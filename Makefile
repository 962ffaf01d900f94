# The commands that people type. `make test` is the one that CI runs.

.PHONY: test corpus bench

# Formatting, lints, all tests, doctests, the corpus and the licences. Installs what is missing (see tests/run.sh).
test:
	bash tests/run.sh

# Writes tests/corpus and examples anew. Gives identical bytes unless the test kit changed.
corpus:
	cargo run --release --quiet -p fedverify-kit -- generate

# Cost of a log beside the bare cost of its signature checks; docs/benchmarks.md says how to read it.
bench:
	cargo bench -p fedverify --bench log
