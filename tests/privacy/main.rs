//! What must not leave: metadata of the user's files, and what was hidden on them.

mod exports;
mod hidden;
mod labels;
mod planted;
mod tokens;
