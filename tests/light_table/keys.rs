//! The table of keys: what it means, and that the page says the same.

use std::collections::BTreeSet;
use std::path::Path;

use boardwatch::app::Tool;
use boardwatch::app::keys::{Command, GROUPS, Press, command, page};

fn press(key: &str) -> Press<'_> {
    Press { key, code: "", control: false, shift: false, alt: false }
}

#[test]
fn the_page_of_keys_is_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/keys.md");
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page(), "docs/keys.md is not what the table says. It should be:\n{}", page());
}

#[test]
fn no_key_means_two_things() {
    let mut seen = BTreeSet::new();
    for key in GROUPS.iter().flat_map(|(_, keys)| keys.iter()) {
        assert!(seen.insert((key.key, format!("{:?}", key.with))), "{} {:?} twice", key.key, key.with);
    }
}

#[test]
fn every_tool_has_a_key() {
    let tools: Vec<Tool> = GROUPS
        .iter()
        .flat_map(|(_, keys)| keys.iter())
        .filter_map(|key| match key.command {
            Command::UseTool(tool) => Some(tool),
            _ => None,
        })
        .collect();
    assert!(Tool::ALL.iter().all(|tool| tools.contains(tool)));
}

#[test]
fn keys_are_found_on_every_layout_and_letters_can_be_switched_off() {
    let shifted = |key, code| Press { shift: true, code, ..press(key) };
    assert_eq!(command(&press("r"), true), Some(Command::UseTool(Tool::Box)));
    assert_eq!(command(&shifted("H", "KeyH"), true), Some(Command::Flip));
    // German and French keyboards write other signs on 0 with Shift, and need Shift or AltGr for others.
    assert_eq!(command(&shifted("=", "Digit0"), true), Some(Command::ActualSize));
    assert_eq!(command(&shifted("?", "Minus"), true), Some(Command::ShowKeys));
    assert_eq!(command(&shifted("*", "BracketRight"), true), None);
    for letters in ["r", "1", "?", "+", "["] {
        assert_eq!(command(&press(letters), false), None, "{letters}");
    }
    assert_eq!(command(&press("Delete"), false), Some(Command::Delete));
    assert_eq!(command(&Press { control: true, ..press("z") }, false), Some(Command::Undo));
    assert_eq!(command(&Press { alt: true, ..press("r") }, true), None);
}
