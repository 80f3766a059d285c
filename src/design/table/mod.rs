//! A table as design programmes write it: where its columns are, how its cells are kept apart, in which unit it counts.

mod columns;
mod rows;
mod unit;

pub(super) use columns::{Columns, is_fitted, is_part_number, plain};
pub(super) use rows::{Row, Table};
pub(super) use unit::{Unit, is_near, number};
