//! A file as commands.

/// What stands between two stars, or between two per cent signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Command {
    /// Codes and numbers: `G01X100Y200D01`.
    Word(String),
    /// `FSLAX23Y23`; of an aperture macro the lines that follow its name, too.
    Extended(Vec<String>),
    /// What stands behind `G04`.
    Comment(String),
}

/// Every command with the line on which it begins, counted from 1. Spaces and ends of lines mean nothing but in comments.
pub(super) fn commands(text: &str) -> impl Iterator<Item = (usize, Command)> + '_ {
    let mut rest = text;
    let mut line = 1;
    std::iter::from_fn(move || {
        loop {
            let blank = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || c == '*').len();
            let (passed, after) = rest.split_at_checked(blank)?;
            line += lines(passed);
            rest = after;
            let begin = line;
            let (inside, behind, command) = if let Some(extended) = rest.strip_prefix('%') {
                let (inside, behind) = extended.split_once('%').unwrap_or((extended, ""));
                let parts: Vec<String> = inside.split('*').map(plain).filter(|part| !part.is_empty()).collect();
                (inside, behind, Command::Extended(parts))
            } else if rest.is_empty() {
                return None;
            } else {
                // A word that was never ended ends where the next parameter begins.
                let end = rest.find(['*', '%']).unwrap_or(rest.len());
                let (inside, behind) = rest.split_at_checked(end)?;
                let said = inside.trim_start().strip_prefix("G04").or_else(|| inside.trim_start().strip_prefix("G4 "));
                (
                    inside,
                    behind,
                    said.map_or_else(|| Command::Word(plain(inside)), |said| Command::Comment(said.trim().to_owned())),
                )
            };
            line += lines(inside);
            rest = behind;
            if command != Command::Extended(Vec::new()) {
                return Some((begin, command));
            }
        }
    })
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect()
}

fn lines(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

#[test]
fn a_file_becomes_commands() {
    let text = "G04 a *comment\n%FSLAX23Y23*MOIN*%\n%AMX*\n1,1,$1,0,0*\n%\nX1\nY2D01*G54D10*%ADD10C,1*%M02";
    let word = |text: &str| Command::Word(text.to_owned());
    let extended = |parts: &[&str]| Command::Extended(parts.iter().map(|part| (*part).to_owned()).collect());
    assert_eq!(
        commands(text).collect::<Vec<_>>(),
        [
            (1, Command::Comment("a".to_owned())),
            (1, word("comment")),
            (2, extended(&["FSLAX23Y23", "MOIN"])),
            (3, extended(&["AMX", "1,1,$1,0,0"])),
            (6, word("X1Y2D01")),
            (7, word("G54D10")),
            (7, extended(&["ADD10C,1"])),
            (7, word("M02")),
        ]
    );
}
