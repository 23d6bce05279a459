# A Rust toolchain and a C compiler are all that a build needs; `make test` looks for the rest itself.

.PHONY: run test lint

# The server on http://localhost:3000 with its data in ./data.
run:
	cargo build --release --locked --package gantry
	./target/release/gantry serve

# Every test, on both databases, with the published clients; ends with the runner's summary.
test:
	@.ci/needs
	@.ci/test

lint:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
