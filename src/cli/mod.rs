//! The same core in a terminal.
//!
//! Exit status: 0 aligned or doubtful, a report that holds, a board that is known, or boards that agree; 2 refused, one that does not, one
//! that is not, or boards of which one stands apart; 1 everything else, with the reason on standard error.
#![cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used))]

mod arguments;
mod catalog;
mod check;
mod compare;
mod draw;
mod features;
mod files;
mod identify;
mod outliers;
mod points;
mod threads;
mod verify;

use std::ffi::OsString;
use std::process::ExitCode;

use arguments::Command;
pub use points::control_points;
pub use verify::signature_fits;

/// Exit status of a comparison that was refused, of a report that does not hold, and of a board that is in no catalogue.
const REFUSED: u8 = 2;

/// Runs the command line with these arguments, the programme's own name left out.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    match arguments::parse(arguments).and_then(perform) {
        Ok(code) => code,
        Err(sentence) => {
            eprintln!("boardwatch: {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn perform(command: Command) -> Result<ExitCode, String> {
    match command {
        Command::Help => println!("{}", arguments::HELP),
        Command::Version => println!("boardwatch {}", env!("CARGO_PKG_VERSION")),
        Command::Features { reference, out } => features::write(&reference, &out)?,
        Command::Catalog(command) => return catalog::perform(&command),
        Command::Check(order) => {
            return check::perform(&order).map(|refused| if refused { ExitCode::from(REFUSED) } else { ExitCode::SUCCESS });
        }
        Command::Draw(order) => draw::perform(&order)?,
        Command::Identify(order) => {
            return identify::perform(&order).map(|known| if known { ExitCode::SUCCESS } else { ExitCode::from(REFUSED) });
        }
        Command::Outliers(order) => {
            return outliers::perform(&order).map(|odd| if odd { ExitCode::from(REFUSED) } else { ExitCode::SUCCESS });
        }
        Command::Verify(order) => {
            return verify::perform(&order).map(|good| if good { ExitCode::SUCCESS } else { ExitCode::from(REFUSED) });
        }
        Command::Compare(order) => {
            return compare::perform(&order).map(|refused| if refused { ExitCode::from(REFUSED) } else { ExitCode::SUCCESS });
        }
    }
    Ok(ExitCode::SUCCESS)
}
