//! Logging in: passwords, tokens, who is calling.
