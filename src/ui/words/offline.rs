//! Working without a network, and new versions.

words! {
    READY_OFFLINE = "Ready to work offline: Boardwatch is kept on this device.";
    NEW_VERSION = "A new version of Boardwatch is ready.";
    NEW_VERSION_BUSY = "A new version of Boardwatch is ready. What is on the table is not kept yet, so the new one waits until you are done, or until you open Boardwatch the next time.";
    NEW_VERSION_COMING = "The new version takes over as soon as this case is saved.";
    USE_NOW = "Use it now";
    LATER = "Later";
    REPLACED = "Another tab has taken a new version of Boardwatch. Load this page anew before you go on: this old one may miss parts that it has not needed yet.";
    REPLACED_BUSY = "Another tab has taken a new version of Boardwatch. Finish or save what is on the table here, then load this page anew: this old one may miss parts that it has not needed yet.";
    LOAD_ANEW = "Load anew";
    PART_MISSING = "A part of Boardwatch could not be loaded, or is not the one that belongs to this page. Check the connection and reload the page; nothing of yours is lost.";
    RECOVERY = "Save your cases as files, without the programme";
    RECOVERY_PAGE = "recovery.html";
}
