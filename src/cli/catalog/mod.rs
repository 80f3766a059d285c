//! `boardwatch catalog`: starting a catalogue, taking references in, checking, building and serving it.
//!
//! A catalogue's folder, kept in version control, holds `catalog.json` (what it calls itself), `boards/ID/board.json` with the pictures beside
//! it, and `contributions/` with what people sent in. `build` makes the site of it: thumbnails, features, tiles, the search index.

mod add;
mod arguments;
mod build;
mod check;
mod codes;
mod duplicates;
mod neighbours;
mod serve;
mod sign;
mod source;
mod tiles;

use std::path::Path;
use std::process::ExitCode;

use super::files;
use crate::vision::LARGEST_FILE;
pub(super) use arguments::{CatalogCommand, parse};
pub(super) use codes::of_source;

/// Any file of a catalogue: a contribution is a picture and a little more.
fn read(path: &Path) -> Result<Vec<u8>, String> {
    files::read(path, 2 * LARGEST_FILE, "files of a catalogue")
}

/// Does it. Exit status 2 says that something was checked and found wanting.
pub(super) fn perform(command: &CatalogCommand) -> Result<ExitCode, String> {
    match command {
        CatalogCommand::Init(order) => source::init(order)?,
        CatalogCommand::Add(order) => add::perform(order)?,
        CatalogCommand::Build(order) => build::perform(order)?,
        CatalogCommand::Serve { site, port } => serve::perform(site, *port)?,
        CatalogCommand::Key { out } => sign::make_key(out)?,
        CatalogCommand::Check { folder, threads } => {
            return check::perform(folder, *threads).map(|good| if good { ExitCode::SUCCESS } else { ExitCode::from(2) });
        }
    }
    Ok(ExitCode::SUCCESS)
}
