//! Texts of the library.

use crate::app::library::Changes;
use crate::catalog::iiif::LeftOut;
use crate::catalog::{BoardEntry, BoardLine, Recognised, ReferenceEntry, Side};
use crate::report::PublicKey;
use crate::vision::{Identity, Sha256};

words! {
    LIBRARY = "Library";
    LIBRARY_OPEN = "Look in the library";
    LIBRARY_WHY = "Boards, and pictures of units that their owners trust. A catalogue is a folder of files on any web host; anybody can keep one. Choose a board, then the references that your photo is to be compared with.";
    LIBRARY_QUESTION = "Vendor, model or revision";
    BACK_TO_LIBRARY = "Back to the library";
    CATALOGUE_UNNAMED = "A catalogue without a title";
    BUILT_IN = "came with this page";
    TRY_AGAIN = "Try again";
    SEARCHING = "Looking for boards.";
    ADD_CATALOGUE = "Add a catalogue";
    ADD_CATALOGUE_WHY = "Type the address of its folder or of its catalog.json; or that of a IIIF manifest (Presentation API 3), which becomes a catalogue of one board. Nothing is asked there before you agree.";
    CATALOGUE_ADDRESS = "https://boards.example/catalogue/";
    CONSENT_WHY = "That host will learn your internet address, what browser you use, from which site it was asked, and which boards you look at. It gets no cookies, and nothing of your photos. You agree for as long as a catalogue of that host is in your library.";
    AGREE = "Agree and open it";
    DISAGREE = "Don't ask it";
    HOSTS = "Hosts that were asked";
    HOSTS_NONE = "None but this page's own since it was opened.";
    HOSTS_WHY = "Since this page was opened, beside its own:";
    ACCEPT_CHANGE = "Trust it as it is now";
    BOARD_LOADING = "Fetching the board.";
    USE_REFERENCES = "Compare with these";
    WHICH_BOARD = "Which board is this?";
    WHICH_BOARD_WHY = "A photo of the whole board is looked for among the boards of the catalogues below. It does not leave this device; what the boards are recognised by comes here instead. A catalogue's host can tell from the small pictures that are shown which boards are likely.";
    WHICH_BOARD_CHOOSE = "Choose a photo";
    WHICH_BOARD_OTHER = "Choose another photo";
    WHICH_BOARD_LOOKING = "Looking for the board";
    WHICH_BOARD_FORGET = "Forget what was found";
    WHICH_BOARD_NONE = "It is none of these catalogues' boards, or the photo shows too little of it. Try one of the whole board, straight from above, or look for its name below.";
    WHICH_BOARD_GUESSES = "It is none of these catalogues' boards, as far as can be seen. The likest ones are guesses, and most likely wrong:";
    CANCEL_LOOKING = "Stop looking";
    PINNING = "Fetching the pictures.";
    UNPINNED = "This manifest does not say by a SHA-256 what its pictures' files are. Each is held to what it is when you first compare with it; if the host sends another one later, that one is refused.";
    MIRRORED = "The photo is a mirror image of this side, or a view through the board: turn it over before you compare.";
}

/// One of something, or several.
fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// How much a catalogue holds, and how old it is.
pub(in crate::ui) fn catalogue_size(boards: u32, references: u64, edition: u64, date: Option<&str>) -> String {
    let date = date.map_or(String::new(), |date| format!(" of {date}"));
    let (boards, references) = (counted(boards.into(), "board", "boards"), counted(references, "reference", "references"));
    // A manifest does not say.
    let edition = if edition == 0 { String::new() } else { format!("; edition {edition}{date}") };
    format!("{boards}, {references}{edition}.")
}

fn key(key: PublicKey) -> String {
    String::from(key).chars().take(16).collect()
}

/// Who vouches for a catalogue: the key, and whether the browser could check it.
pub(in crate::ui) fn catalogue_signature(signed: Option<(PublicKey, Option<bool>)>) -> String {
    match signed {
        None => "Not signed: whoever runs the host can change it.".to_owned(),
        Some((by, Some(_))) => format!("Signed by the key {}…", key(by)),
        Some((by, None)) => format!("Signed by the key {}…, which this browser can't check.", key(by)),
    }
}

/// What is different from last time.
pub(in crate::ui) fn catalogue_changes(Changes { edition, boards }: &Changes) -> String {
    let Some(boards) = boards else { return format!("Changed since you last looked (edition {edition}).") };
    let told =
        boards.iter().zip(["new", "changed", "gone"]).filter(|((count, _), _)| *count > 0).map(|((count, names), what)| {
            let more = if *count > names.len() { ", …" } else { "" };
            format!("{} {what} ({}{more})", counted(*count as u64, "board", "boards"), names.join(", "))
        });
    let told: Vec<String> = told.collect();
    format!(
        "Since you last looked (edition {edition}): {}.",
        if told.is_empty() { "no board".to_owned() } else { told.join(", ") }
    )
}

/// Another hand has signed.
pub(in crate::ui) fn key_changed(before: Option<PublicKey>, now: Option<PublicKey>) -> String {
    let named = |by: Option<PublicKey>| by.map_or("nobody".to_owned(), |by| format!("the key {}…", key(by)));
    format!(
        "When you first opened this catalogue it was signed by {}, now by {}. Its keeper may have a new key, or somebody else has taken its place: ask the keeper before you go on. Nothing of it is used until then.",
        named(before),
        named(now)
    )
}

/// How many boards fit.
pub(in crate::ui) fn boards_found(question: &str, shown: usize, count: usize, is_partial: bool) -> String {
    match (count, question.trim()) {
        (0, _) => "No board fits.".to_owned(),
        (_, "") if shown < count => format!("The first {shown} of {count} boards. Type to find others."),
        _ if is_partial => format!("{shown} boards, and more: type more of the name."),
        _ if shown < count => format!("The first {shown} of {count} boards that fit."),
        _ => format!("{}.", counted(count as u64, "board", "boards")),
    }
}

/// A side of a board.
pub(in crate::ui) const fn side(side: Side) -> &'static str {
    match side {
        Side::Top => "Top",
        Side::Bottom => "Bottom",
    }
}

/// What there is of a board.
pub(in crate::ui) fn board_line(line: &BoardLine) -> String {
    let sides: Vec<&str> = line.sides.iter().map(|side| side.word()).collect();
    format!("{}; {}", counted(line.references.into(), "reference", "references"), sides.join(", "))
}

/// What is known of a board.
pub(in crate::ui) fn board_facts(board: &BoardEntry) -> String {
    let mut said = Vec::new();
    if !board.also.is_empty() {
        said.push(format!("Also called {}.", board.also.join(", ")));
    }
    said.extend(board.size_mm.map(|[width, height]| format!("{width} × {height} mm.")));
    said.extend(board.variants.iter().map(|variant| format!("Variant {}: {}.", variant.id, variant.about.trim_end_matches('.'))));
    said.join(" ")
}

/// What the chosen references are worth.
pub(in crate::ui) fn chosen_references(chosen: &[Sha256], board: &BoardEntry) -> String {
    let mut units: Vec<&str> = Vec::new();
    for reference in board.references.iter().filter(|reference| chosen.contains(&reference.sha256)) {
        if !units.contains(&reference.unit.as_str()) {
            units.push(&reference.unit);
        }
    }
    let references = counted(chosen.len() as u64, "reference", "references");
    match units.len() {
        0 => "Choose at least one reference.".to_owned(),
        1 => format!("{references} of one unit: what that unit alone has or lacks can't be told from what is odd on yours."),
        count => format!("{references} of {count} units become one judgement."),
    }
}

/// How a reference was made.
pub(in crate::ui) fn reference_facts(reference: &ReferenceEntry) -> String {
    let mut said = vec![
        format!("Unit {}", reference.unit),
        super::modality(reference.modality).to_owned(),
        super::picture_size(reference.width, reference.height),
    ];
    said.extend(reference.px_per_mm.map(|scale| format!("{scale:.1} px/mm")));
    said.extend(reference.date.clone());
    said.join(", ")
}

/// Who took it, and how it may be used.
pub(in crate::ui) fn reference_credits(reference: &ReferenceEntry) -> String {
    format!("{}, {}. {}", reference.contributor, reference.licence, reference.source)
}

/// Pictures of a manifest that are not used.
pub(in crate::ui) fn left_out(count: usize, why: LeftOut) -> String {
    let why = match why {
        LeftOut::NoLicence => "nothing says how they may be used",
        LeftOut::OtherHost => "they are on another host than the manifest, which you have not agreed to ask",
        LeftOut::Changed => {
            "their files are said to be others now than when you first compared with them; remove the catalogue and add it again if you trust them"
        }
        LeftOut::NoPicture => "they are no pictures, or nothing says how large they are",
    };
    format!("{} of the manifest left out: {why}.", counted(count as u64, "picture", "pictures"))
}

/// Asks which board a photo shows.
pub(in crate::ui) fn find_board(title: &str) -> String {
    format!("Find the board of “{title}”")
}

/// What a photo may show; `title` is what the photo is called, `name` the likest board's.
pub(in crate::ui) fn identity(identity: Identity, title: &str, name: &str) -> String {
    match identity {
        Identity::Known => format!("“{title}” shows {name}."),
        Identity::Ambiguous(several) => format!(
            "“{title}” shows one of the first {several} of these, and does not tell of which: they may be revisions of one board. Compare it with each; on the right one the least differs."
        ),
        Identity::Unknown if name.is_empty() => WHICH_BOARD_NONE.to_owned(),
        Identity::Unknown => WHICH_BOARD_GUESSES.to_owned(),
    }
}

/// What can be said of a photo, in one word.
pub(in crate::ui) const fn identity_name(identity: Identity) -> &'static str {
    match identity {
        Identity::Known => "known",
        Identity::Ambiguous(_) => "ambiguous",
        Identity::Unknown => "unknown",
    }
}

/// How sure it is that a photo shows this board, and why.
pub(in crate::ui) fn guess(found: &Recognised) -> String {
    let side = found.side.word();
    let features = counted(found.inliers as u64, "feature lies", "features lie");
    let percent = match found.confidence {
        sure if sure > 0.99 => "more than 99 %".to_owned(),
        other => format!("{:.0} %", other * 100.0),
    };
    format!("{percent} likely, seen from the {side}; {features} where they should")
}

/// What a host was asked.
pub(in crate::ui) fn contact(requests: u32, bytes: u64) -> String {
    let came = super::size(bytes);
    format!("{}, {came}", counted(requests.into(), "request", "requests"))
}

/// Which references go along with the first.
pub(in crate::ui) fn and_further(count: usize) -> String {
    format!("and {} of the same side", counted(count as u64, "further reference", "further references"))
}

/// References that the comparison waits for.
pub(in crate::ui) fn references_coming(here: usize, all: usize) -> String {
    format!("Fetching references: {here} of {all} are here.")
}
