//! Lists in brackets, as KiCad writes everything.

use std::borrow::Cow;

/// Words and lists of a file; a board of 4,000 parts has some two million.
const MOST_NODES: usize = 8_000_000;
/// Lists within one another; KiCad's own go some eight deep.
const MOST_DEPTH: usize = 64;

/// A word, or a list of what it holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node<'a> {
    Word(Cow<'a, str>),
    List(Vec<Node<'a>>),
}

/// The list that a file is; `None` where brackets don't fit, or there is more than a board has.
pub(super) fn parse(text: &str) -> Option<Node<'_>> {
    let mut open: Vec<Vec<Node<'_>>> = Vec::new();
    let mut nodes = 0_usize;
    let mut rest = text.trim_start();
    loop {
        let first = rest.chars().next()?;
        let (node, behind) = match first {
            '(' => {
                if open.len() >= MOST_DEPTH {
                    return None;
                }
                open.push(Vec::new());
                rest = rest.get(1..)?.trim_start();
                continue;
            }
            ')' => (Node::List(open.pop()?), rest.get(1..)?),
            '"' => quoted(rest.get(1..)?)?,
            _ => {
                let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"')).unwrap_or(rest.len());
                let (word, behind) = rest.split_at_checked(end)?;
                (Node::Word(Cow::Borrowed(word)), behind)
            }
        };
        nodes += 1;
        if nodes > MOST_NODES {
            return None;
        }
        rest = behind.trim_start();
        match open.last_mut() {
            Some(outer) => outer.push(node),
            None => return matches!(node, Node::List(_)).then_some(node),
        }
    }
}

/// A word up to its closing mark, and what stands behind.
fn quoted(text: &str) -> Option<(Node<'_>, &str)> {
    let mut is_escaped = false;
    let mut has_escapes = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => (is_escaped, has_escapes) = (true, true),
            '"' => {
                let inside = text.get(..at)?;
                let word = if has_escapes { Cow::Owned(unescaped(inside)) } else { Cow::Borrowed(inside) };
                return Some((Node::Word(word), text.get(at + 1..)?));
            }
            _ => {}
        }
    }
    None
}

fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.push(match chars.next() {
                Some('n') => '\n',
                Some(other) => other,
                None => break,
            }),
            c => out.push(c),
        }
    }
    out
}

impl<'a> Node<'a> {
    /// The word, if it is one.
    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            Self::List(_) => None,
        }
    }

    fn inside(&self) -> &[Node<'a>] {
        match self {
            Self::Word(_) => &[],
            Self::List(nodes) => nodes,
        }
    }

    /// The first word of a list: what it is.
    pub(super) fn name(&self) -> &str {
        self.inside().first().and_then(Node::word).unwrap_or_default()
    }

    /// What stands behind the first word.
    pub(super) fn rest(&self) -> &[Node<'a>] {
        self.inside().get(1..).unwrap_or_default()
    }

    /// The words behind the first one.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.rest().iter().filter_map(Node::word)
    }

    /// The lists in it that have this name.
    pub(super) fn all<'b>(&'b self, name: &'b str) -> impl Iterator<Item = &'b Node<'a>> {
        self.rest().iter().filter(move |node| node.name() == name)
    }

    /// The first of these.
    pub(super) fn find<'b>(&'b self, name: &'b str) -> Option<&'b Node<'a>> {
        self.all(name).next()
    }

    /// The word behind the name of the first of these: `F.Cu` of `(layer "F.Cu")`.
    pub(super) fn said<'b>(&'b self, name: &'b str) -> Option<&'b str> {
        self.find(name)?.words().next()
    }

    /// The same as a number.
    pub(super) fn number(&self, name: &str) -> Option<f64> {
        number(self.said(name)?)
    }

    /// The numbers behind the name, up to the first that is none.
    pub(super) fn numbers(&self) -> Vec<f64> {
        self.words().map_while(number).collect()
    }

    /// Two numbers behind the name of the first of these: `(start 1.5 2)`.
    pub(super) fn point(&self, name: &str) -> Option<kurbo::Point> {
        match self.find(name)?.numbers()[..] {
            [x, y, ..] => Some(kurbo::Point::new(x, y)),
            _ => None,
        }
    }
}

fn number(word: &str) -> Option<f64> {
    word.parse().ok().filter(|number| super::is_near(*number))
}

#[test]
fn lists_are_read() {
    let text = "(a \"b \\\"c\\\"\" (at 1 -2.5 x) (at 3) ())";
    let node = parse(text).unwrap();
    assert_eq!((node.name(), node.words().collect::<Vec<_>>()), ("a", vec!["b \"c\""]));
    assert_eq!(node.find("at").unwrap().numbers(), [1.0, -2.5]);
    assert_eq!((node.all("at").count(), node.number("at"), node.point("at")), (2, Some(1.0), Some(kurbo::Point::new(1.0, -2.5))));
    for broken in ["", "a", "(", "(a", ")", "(\"a)", "(\"a\\\")"] {
        assert_eq!(parse(broken), None, "{broken}");
    }
    assert_eq!(parse(&"(".repeat(1_000_000)), None, "too deep");
}
