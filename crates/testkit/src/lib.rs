//! A server in the test's own process, users, sockets, databases.
