//! Rows and cells.

use csv::ReaderBuilder;

use super::Columns;
use crate::design::DesignError;
use crate::design::unit::Unit;

/// Lines above a table among which its header is looked for.
const MOST_LINES_ABOVE: usize = 100;

/// How cells are kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Parting {
    By(u8),
    /// Any number of spaces, as in columns of text.
    Spaces,
}

/// The order decides between two that both give a header: who parts cells by commas may have spaces in them.
const PARTINGS: [Parting; 4] = [Parting::By(b'\t'), Parting::By(b';'), Parting::By(b','), Parting::Spaces];

/// A row of a table.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::design) struct Row {
    /// Its line in the file, counted from 1.
    pub(in crate::design) line: usize,
    cells: Vec<String>,
}

impl Row {
    /// What stands in a column; nothing where the row ends before it.
    pub(in crate::design) fn cell(&self, column: Option<usize>) -> &str {
        column.and_then(|column| self.cells.get(column)).map_or("", String::as_str)
    }
}

/// A table, from its header on.
#[derive(Debug)]
pub(in crate::design) struct Table<'a> {
    pub(in crate::design) columns: Columns,
    /// As the names of the columns say, or the lines around the table.
    pub(in crate::design) unit: Option<Unit>,
    /// What stands below the header.
    body: &'a str,
    /// Lines up to there.
    above: usize,
    parting: Parting,
}

impl<'a> Table<'a> {
    /// Finds the table.
    ///
    /// # Errors
    /// When no line names the columns that are needed.
    pub(in crate::design) fn of(text: &'a str) -> Result<Self, DesignError> {
        let (mut unit, mut end) = (None, 0);
        for (place, line) in text.split_inclusive('\n').take(MOST_LINES_ABOVE).enumerate() {
            end += line.len();
            unit = unit.or_else(|| unit_of(line));
            let names = line.trim_start_matches(['#', ' ']);
            let header = PARTINGS.iter().find_map(|parting| {
                let cells = parting.rows(names, 0).next()?.cells;
                Some((Columns::of(&cells)?, *parting))
            });
            if let Some((columns, parting)) = header {
                let body = text.get(end..).unwrap_or_default();
                let comments = body.lines().filter(|line| line.starts_with('#'));
                let unit = columns.unit.or(unit).or_else(|| comments.filter_map(unit_of).next());
                return Ok(Self { columns, unit, body, above: place + 1, parting });
            }
        }
        Err(DesignError::NoHeader)
    }

    /// Its rows, without the lines of the file that are none.
    pub(in crate::design) fn rows(&self) -> impl Iterator<Item = Row> {
        self.parting.rows(self.body, self.above).map(|mut row| {
            if self.parting == Parting::Spaces {
                self.fit(&mut row.cells);
            }
            row
        })
    }

    /// In columns of text a name may have a space in it, or none may be there at all: what stands from the place on is counted from the end.
    fn fit(&self, cells: &mut Vec<String>) {
        let first = self.columns.x.min(self.columns.y);
        let behind = self.columns.count.saturating_sub(first);
        if cells.len() == self.columns.count || cells.len() < behind || first == 0 {
            return;
        }
        let tail = cells.split_off(cells.len() - behind);
        if cells.len() > first {
            let joined = cells.split_off(first - 1).join(" ");
            cells.push(joined);
        }
        cells.resize(first, String::new());
        cells.extend(tail);
    }
}

/// The unit that a line outside of the table names, if it is about units.
fn unit_of(line: &str) -> Option<Unit> {
    let line = line.to_ascii_lowercase();
    let words = || line.split(|c: char| !c.is_alphanumeric());
    let is_about = line.starts_with('#') || words().any(|word| matches!(word, "unit" | "units"));
    words().filter(|_| is_about).find_map(Unit::named)
}

impl Parting {
    /// The rows of a text that begins below so many lines; comments and lines without a word are none.
    fn rows(self, text: &str, above: usize) -> Box<dyn Iterator<Item = Row> + '_> {
        let rows: Box<dyn Iterator<Item = Row>> = match self {
            Self::By(delimiter) => {
                let reader = ReaderBuilder::new()
                    .delimiter(delimiter)
                    .has_headers(false)
                    .flexible(true)
                    .comment(Some(b'#'))
                    .from_reader(text.as_bytes());
                // A text in memory is neither cut off nor in another encoding.
                Box::new(reader.into_records().map_while(Result::ok).map(move |record| Row {
                    line: above + record.position().map_or(0, |at| line_of(text, at)),
                    cells: record.iter().map(str::to_owned).collect(),
                }))
            }
            Self::Spaces => Box::new(
                text.lines()
                    .enumerate()
                    .filter(|(_, line)| !line.starts_with('#'))
                    .map(move |(place, line)| Row { line: above + place + 1, cells: words(line) }),
            ),
        };
        Box::new(rows.filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty())))
    }
}

/// The line on which a record begins. The reader tells where it went on, before the lines that it passed over.
fn line_of(text: &str, at: &csv::Position) -> usize {
    let rest = text.get(at.byte() as usize..).unwrap_or_default();
    let passed = rest.lines().take_while(|line| line.is_empty() || line.starts_with('#')).count();
    at.line() as usize + passed
}

/// The words of a line; one in quotes may have spaces in it, or nothing.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut rest) = (Vec::new(), line.trim_start());
    while !rest.is_empty() {
        let quoted = rest.strip_prefix('"').and_then(|inside| inside.split_once('"'));
        let (word, after) = quoted.unwrap_or_else(|| rest.split_once(char::is_whitespace).unwrap_or((rest, "")));
        words.push(word.to_owned());
        rest = after.trim_start();
    }
    words
}

#[test]
fn cells_are_parted_as_programmes_write_them() {
    for (parting, line, expected) in [
        (Parting::By(b','), "R1,\"10k, 1%\",,x", &["R1", "10k, 1%", "", "x"][..]),
        (Parting::By(b';'), "R1;\"a \"\"b\"\"\";1,5", &["R1", "a \"b\"", "1,5"]),
        (Parting::By(b'\t'), "R1\t 2 ", &["R1", " 2 "]),
        (Parting::By(b','), "\"never closed, x", &["never closed, x"]),
        (Parting::Spaces, "  R1   \"10 k\"  \"\" 5\" ", &["R1", "10 k", "", "5\""]),
        (Parting::Spaces, "\"never closed", &["\"never", "closed"]),
    ] {
        assert_eq!(parting.rows(line, 0).next().unwrap().cells, expected, "{line:?}");
    }
}

#[test]
fn rows_know_their_lines() {
    let text = "Ref,X,Y\n\n# a comment\nR1,1,1\n\"R\n2\",2,2\nR3,3,3\n";
    let lines: Vec<usize> = Table::of(text).unwrap().rows().map(|row| row.line).collect();
    assert_eq!(lines, [4, 5, 7]);
}
