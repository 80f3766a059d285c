//! A table as design programmes write it: where its columns are, how its cells are kept apart.

mod columns;
mod rows;

pub(super) use columns::{Columns, is_fitted, is_part_number, plain};
pub(super) use rows::{Row, Table};
