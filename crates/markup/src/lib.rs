//! Message text to its syntax tree (md).
