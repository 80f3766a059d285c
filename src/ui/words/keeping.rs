//! Texts of the screen about what this browser keeps.

words! {
    KEEPING = "Cases and storage";
    KEEPING_OPEN = "All cases and storage";
    KEEPING_WHY = "Cases and their pictures are kept in this browser and nowhere else. A browser may lose what it keeps: when its data is cleared, when the device breaks. A file of your cases is safe from that, and opens in any browser.";
    SAVE_ALL = "Save everything to a file";
    OPEN_CASES = "Open a file of cases";
    ACCEPT_CASES = ".boardwatch";
    SAVING_CASES = "Writing the file";
    OPENING_CASES = "Reading the file";
    OPEN_CASE = "Open";
    RENAME = "Rename";
    DUPLICATE_CASE = "Duplicate";
    SAVE_CASE = "Save to a file";
    DELETE = "Delete";
    DELETE_NOW = "Delete for good";
    KEEP = "Keep";
    BIN = "Bin";
    BIN_HOW_LONG = "deleted for good after 30 days";
    EMPTY_BIN = "Empty the bin";
    ROOM = "Room";
    IS_SAFE = "The browser has promised not to clear it by itself.";
    NOT_SAFE = "Until then it may, when the disk is nearly full or the page was not used for long.";
    ASK_FOR_SAFETY = "Ask the browser not to clear it by itself";
    KEEPING_RECOVERY = "If the app does not start one day, your cases can still be saved from the";
    KEEPING_RECOVERY_PAGE = "recovery page";
}

/// A number of bytes, as people say it.
pub(in crate::ui) fn size(bytes: u64) -> String {
    match bytes as f64 {
        bytes if bytes < 1e6 => format!("{:.0} kB", bytes / 1e3),
        bytes if bytes < 1e9 => format!("{:.1} MB", bytes / 1e6),
        bytes => format!("{:.1} GB", bytes / 1e9),
    }
}

/// How much of its room the site takes.
pub(in crate::ui) fn room(used: u64, most: u64) -> String {
    format!("Boardwatch takes {} here, of {} that the browser lets it have.", size(used), size(most))
}

/// The button that frees what can be fetched again.
pub(in crate::ui) fn free_fetched(bytes: u64) -> String {
    format!("Free {} that can be fetched again from catalogues", size(bytes))
}

/// Of a case in the bin.
pub(in crate::ui) fn days_left(days: f64) -> String {
    match days.max(0.0).ceil() {
        days if days <= 1.0 => "deleted for good within a day".to_owned(),
        days => format!("deleted for good in {days:.0} days"),
    }
}

/// Of a case some of whose pictures are not here.
pub(in crate::ui) fn lost_pictures(count: usize) -> String {
    if count == 1 { "One of its pictures is not here".to_owned() } else { format!("{count} of its pictures are not here") }
}

/// Asked before anything is deleted for good.
pub(in crate::ui) fn delete_for_good(count: usize) -> String {
    let what = if count == 1 {
        "this case with its findings and pictures".to_owned()
    } else {
        format!("{count} cases with their findings and pictures")
    };
    format!("Delete {what} for good? This can't be undone.")
}
