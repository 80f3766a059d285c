//! A new version of the site, and what comes from outside the page.

use crate::app::{Effect, OfflineNews, SlotState, State, Storage, Version};

use super::cases;

/// What the address says when another programme has shared something, which then comes by itself.
const SHARED: &str = "shared";
/// Letters before the digits and the point with which a link's fragment begins: report, bundle.
const LINKS: [char; 2] = ['r', 'b'];

/// Something became of the kept site.
pub(super) fn heard(state: &mut State, news: OfflineNews) {
    let offline = &mut state.offline;
    match news {
        OfflineNews::Ready => offline.ready = true,
        OfflineNews::PartMissing => offline.part_missing = true,
        OfflineNews::Replaced => offline.version = Version::Replaced,
        OfflineNews::Waiting if offline.version != Version::Replaced => offline.version = Version::Waiting,
        OfflineNews::Waiting => {}
    }
}

/// The person wants the new version. In a page that is older than the kept site nothing has to take over any more.
pub(super) fn use_new(state: &mut State) -> Vec<Effect> {
    match state.offline.version {
        Version::Replaced if state.is_kept() => return vec![Effect::Reload],
        Version::Waiting if state.is_kept() => state.offline.version = Version::Wanted,
        _ => {}
    }
    Vec::new()
}

/// Lets the new version take over when it is wanted and the open case is safe.
pub(super) fn take_if_safe(state: &mut State) -> Option<Effect> {
    if state.offline.version != Version::Wanted || state.storage == Storage::Saving {
        return None;
    }
    if !state.is_kept() {
        // Something came in between; the person is asked again.
        state.offline.version = Version::Waiting;
        return None;
    }
    state.offline.version = Version::Current;
    Some(Effect::TakeVersion)
}

impl State {
    /// True when loading the page anew would lose nothing but what is being written into storage.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        let pictures = self.slots.iter().any(|slot| *slot != SlotState::Empty) || !self.further.is_empty();
        let from_file = |opened: &crate::app::OpenedReport| opened.fragment.is_empty() || !opened.added.is_empty();
        let unkept = self.case.is_some() && matches!(self.storage, Storage::Failed(_));
        let in_hand = self.contribution.is_some() || self.share.is_some() || self.view.writing.is_some() || !self.jobs.is_empty();
        !(pictures || unkept || in_hand || self.opened.as_ref().is_some_and(from_file))
    }
}

/// Words were pasted or shared: those of a link are opened, from whichever page it is.
pub(super) fn words_given(state: &mut State, words: &str) -> Vec<Effect> {
    let Some(fragment) = link(words) else { return Vec::new() };
    let mut effects = cases::go_to(state, fragment);
    effects.push(Effect::SetFragment(fragment.to_owned()));
    effects
}

/// The fragment of the first link in a text.
fn link(words: &str) -> Option<&str> {
    let fragment = |word: &'_ str| word.rsplit('#').next().filter(|fragment| begins_like_link(fragment)).map(str::len);
    words.split_whitespace().find_map(|word| fragment(word).and_then(|length| word.get(word.len() - length..)))
}

fn begins_like_link(fragment: &str) -> bool {
    let rest = fragment.strip_prefix(LINKS).unwrap_or_default();
    let digits = rest.trim_start_matches(|sign: char| sign.is_ascii_digit());
    digits.len() < rest.len() && digits.strip_prefix('.').is_some_and(|payload| payload.len() > 8)
}

/// Where the address leads.
pub(super) fn destination(fragment: &str) -> &str {
    if fragment == SHARED { "" } else { fragment }
}

/// The address when something was shared: what comes is no place to go back to.
pub(super) fn cleared(fragment: &str) -> Option<Effect> {
    (fragment == SHARED).then(|| Effect::SetFragment(String::new()))
}

#[test]
fn a_link_is_known_among_other_words() {
    let payload = "r3.AAAABBBBCCCC";
    for text in [format!("https://a.example/b/#{payload}"), payload.to_owned(), format!("Look:\nhttp://x/#{payload} bye")] {
        assert_eq!(link(&text), Some(payload), "{text}");
    }
    assert_eq!(link("https://a.example/#b1.AAAABBBBCCCC"), Some("b1.AAAABBBBCCCC"));
    assert_eq!(link("https://a.example/#r12.AAAABBBBCCCC"), Some("r12.AAAABBBBCCCC"), "of a newer version, which is said");
    for text in ["", "r3.", "#r3", "https://a.example/#case=3", "revision r.AAAABBBBCCCC", "R3.AAAABBBBCCCC", "board r3.1"] {
        assert_eq!(link(text), None, "{text}");
    }
}
