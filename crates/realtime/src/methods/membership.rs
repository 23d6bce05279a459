use super::table::Table;
pub(super) fn methods(_table: &mut Table) {}
