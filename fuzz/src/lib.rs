//! The parsers of `tests/hostile`, and what must hold of them, for libFuzzer.

#[path = "../../tests/hostile/mod.rs"]
mod hostile;
#[path = "../../tests/random/mod.rs"]
mod random;

use std::path::Path;

use hostile::PARSERS;

/// Feeds a parser, and panics when something does not hold that must.
///
/// # Panics
/// That is how libFuzzer is told.
pub fn holds(parser: &str, bytes: &[u8]) {
    let (name, parser) = PARSERS.iter().find(|(name, _)| *name == parser).expect("a target is named after a parser");
    if let Err(why) = (parser.read)(bytes) {
        panic!("{name}: {why}");
    }
}

/// Writes the files that each parser reads, as the fuzzer's first corpus and its dictionary.
///
/// # Errors
/// When a file can't be written.
pub fn write_corpus(folder: &Path) -> std::io::Result<()> {
    for (name, parser) in PARSERS {
        let here = folder.join("corpus").join(name);
        std::fs::create_dir_all(&here)?;
        for (place, file) in parser.files.iter().enumerate() {
            std::fs::write(here.join(format!("seed-{place}")), file)?;
        }
        let quoted = |word: &&[u8]| format!("\"{}\"\n", word.iter().map(|byte| format!("\\x{byte:02x}")).collect::<String>());
        std::fs::create_dir_all(folder.join("words"))?;
        std::fs::write(folder.join("words").join(name), parser.words.iter().map(quoted).collect::<String>())?;
    }
    Ok(())
}
