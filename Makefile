# A build needs a Rust toolchain, a C compiler and, for the web client, Node.js; `make test` looks for the rest itself.

.PHONY: run web test lint rust

# The server with its web client on http://localhost:3000, its data in ./data.
run: rust web
	cargo build --release --locked --package gantry
	./target/release/gantry serve

# The web client, for the build of the server to embed.
web:
	@.ci/web

# Every test, on both databases, with the published clients and in a browser; ends with the runner's summary.
test: rust
	@.ci/needs
	@.ci/test

lint: rust
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	@.ci/web ready
	npm run --silent --prefix web check

rust:
	@command -v cargo >/dev/null || { echo "install a Rust toolchain: https://rustup.rs"; exit 1; }
	@command -v cc >/dev/null || { echo "install a C compiler (Debian: apt install build-essential)"; exit 1; }
