//! `specimen suite DIR` draws evaluation cases, `specimen sample DIR` the built-in sample catalogue.

use std::path::Path;
use std::process::ExitCode;

use specimen::{SuiteConfig, write_sample, write_suite};

const USAGE: &str =
    "usage: specimen suite DIR [--seed N] [--count N] [--megapixels X] [--references N] [--photos N] [--tamperings N | --implants N]
       specimen sample DIR";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), String> {
    let [verb, folder, options @ ..] = arguments else { return Err(USAGE.to_owned()) };
    let path = Path::new(folder);
    let written = match (verb.as_str(), options) {
        ("suite", options) => {
            let config = suite(options)?;
            write_suite(path, &config, |case| eprintln!("{case}"))
        }
        ("sample", []) => write_sample(path, |picture| eprintln!("{picture}")),
        _ => return Err(USAGE.to_owned()),
    };
    written.map_err(|error| {
        format!("The pictures could not be written to {folder}: {error}. Choose a folder that you may write to.")
    })
}

/// The suite that the options ask for.
fn suite(options: &[String]) -> Result<SuiteConfig, String> {
    let mut config = SuiteConfig { seed: 1, count: 10, megapixels: 3.0, references: 1, tamperings: 0, photos: 1, implants: 0 };
    for pair in options.chunks(2) {
        let [name, value] = pair else { return Err(USAGE.to_owned()) };
        let wrong = || format!("{name} takes a number, not {value}.\n{USAGE}");
        match name.as_str() {
            "--seed" => config.seed = value.parse().map_err(|_| wrong())?,
            "--count" => config.count = value.parse().map_err(|_| wrong())?,
            "--references" => config.references = value.parse().map_err(|_| wrong())?,
            "--photos" => config.photos = value.parse().map_err(|_| wrong())?,
            "--tamperings" => config.tamperings = value.parse().map_err(|_| wrong())?,
            "--implants" => config.implants = value.parse().map_err(|_| wrong())?,
            "--megapixels" => {
                config.megapixels = value.parse::<f64>().ok().filter(|v| (0.01..=50.0).contains(v)).ok_or_else(wrong)?;
            }
            _ => return Err(USAGE.to_owned()),
        }
    }
    Ok(config)
}
