//! Texts of the dialog in which a photo is given to a catalogue.

words! {
    CONTRIBUTE = "Give this photo to a catalogue";
    CONTRIBUTE_OPEN = "Give this photo to a catalogue";
    CONTRIBUTE_OPEN_WHY = "A photo of a unit that you trust is a reference for others.";
    CONTRIBUTE_WHY = "It becomes a file that you hand to whoever keeps the catalogue. Nothing is sent from here.";
    CONTRIBUTE_LOOKING = "Looking at the photo.";
    GATE_GOOD = "Good enough to be a reference";
    GATE_BAD = "Not good enough to be a reference";
    GATE_PASSED = "Good";
    GATE_FAILED = "Not yet";
    GATE_UNKNOWN = "Not known";
    GIVEN = "The picture that others would get";
    GIVEN_WHY = "Drawn anew: no place, camera, time or file name is in it. What is hidden is covered in the file itself.";
    CONTRIBUTE_SAY = "What is said with it";
    VENDOR = "Vendor";
    MODEL = "Model";
    REVISION = "Revision of the board (optional)";
    SIDE = "Side";
    CONTRIBUTE_UNIT = "Which unit: a name that is the same on all your photos of it";
    CONTRIBUTE_NAME = "Credit: your name, or any other";
    LICENCE = "Licence";
    CONTRIBUTE_PUBLIC = "Public would be: the picture, what is written here, and the scale. A licence can’t be taken back from those who have the picture.";
    CONTRIBUTE_SAVE = "Save the contribution";
    CONTRIBUTE_MISSING = "Look at the picture, tick that you have, and fill in vendor, model, side, unit and credit.";
    CONTRIBUTE_PAGE = "Open the page where the catalogue takes it";
    GHOST_WHY = "Take a better one here: lay the board under the ghost of the reference, so that both cover each other.";
    GHOST_VIEW = "What the camera sees";
    GHOST = "The reference, as a ghost";
    GHOST_OPEN = "Open the camera";
    GHOST_TAKE = "Take the photo";
}

/// The file is written.
pub(in crate::ui) fn contribution_saved(name: &str) -> String {
    format!("Saved as {name}. Hand it to whoever keeps the catalogue.")
}
