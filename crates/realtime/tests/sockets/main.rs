//! Connections over loopback: a real HTTP server in front, a foreign WebSocket client behind.

#[cfg(test)]
mod ending;
#[cfg(test)]
mod memory;
#[cfg(test)]
mod pressure;
#[cfg(test)]
mod serving;
#[cfg(test)]
mod talking;
