# A Rust toolchain and a C compiler are all that a build needs; `make test` looks for the rest itself.

.PHONY: run test lint rust

# The server on http://localhost:3000 with its data in ./data.
run: rust
	cargo build --release --locked --package gantry
	./target/release/gantry serve

# Every test, on both databases, with the published clients; ends with the runner's summary.
test: rust
	@.ci/needs
	@.ci/test

lint: rust
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings

rust:
	@command -v cargo >/dev/null || { echo "install a Rust toolchain: https://rustup.rs"; exit 1; }
	@command -v cc >/dev/null || { echo "install a C compiler (Debian: apt install build-essential)"; exit 1; }
