//! The words that a board is found by.

/// Characters of a word that count; what is longer is cut.
const LONGEST_WORD: usize = 40;

/// The words of a text, in small letters, each once, in no order.
///
/// Letters and digits make words; a point between two digits belongs to its word, as in `1.02`. What is written in one with other signs
/// inside is found in one as well: `X11-DPi` by `x11`, by `dpi` and by `x11dpi`.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut add = |word: &str| {
        let word: String = word.chars().take(LONGEST_WORD).collect();
        if !word.is_empty() && !found.contains(&word) {
            found.push(word);
        }
    };
    for written in text.to_lowercase().split_whitespace() {
        let signs: Vec<char> = written.chars().collect();
        let digit = |at: Option<usize>| at.and_then(|at| signs.get(at)).is_some_and(char::is_ascii_digit);
        let belongs =
            |at: usize, sign: char| sign.is_alphanumeric() || (sign == '.' && digit(at.checked_sub(1)) && digit(Some(at + 1)));
        let split: String = signs.iter().enumerate().map(|(at, sign)| if belongs(at, *sign) { *sign } else { ' ' }).collect();
        split.split(' ').for_each(&mut add);
        add(&split.replace(' ', ""));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_its_parts_and_in_one() {
        let mut found = words("Supermicro X11DPi-N, Revision 1.02  (A+)");
        found.sort();
        assert_eq!(found, ["1.02", "a", "n", "revision", "supermicro", "x11dpi", "x11dpin"]);
        assert!(words("  -- . ").is_empty());
        assert_eq!(words("ÜBER-Ω3"), ["über", "ω3", "überω3"]);
        assert_eq!(words(&"a".repeat(1000))[0].len(), LONGEST_WORD);
    }
}
