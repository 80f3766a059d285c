//! Every text of the interface in one place, ready for other languages. What verdicts, kinds and limits are called
//! stands in `report::words`, which the command line shares.

mod phrases;

pub(in crate::ui) use phrases::*;

macro_rules! words {
    ($($(#[$about:meta])* $name:ident = $text:literal;)*) => { $($(#[$about])* pub(in crate::ui) const $name: &str = $text;)* };
}

words! {
    NAME = "Boardwatch";
    CLOSE = "Close";
    DISMISS = "Dismiss";
    WORKING = "Working";
    /// What the file chooser offers first; anything else is looked at as well and gets a sentence.
    ACCEPT = "image/jpeg,image/png,image/webp,image/tiff,.jpg,.jpeg,.png,.webp,.tif,.tiff,.heic";

    // Start
    HEADING = "See what differs on a circuit board";
    LEDE = "Drop a photo of your board and one of a board that is known to be good. They are laid over each other, and the places that differ come as a short list, each with its evidence.";
    DROP = "Drop a photo of your board";
    DROP_FORMATS = "Drag one or two files here, paste, or choose. JPEG, PNG, WebP or TIFF.";
    DROP_ANYWHERE = "Drop to add";
    CHOOSE = "Choose pictures";
    CHOOSE_PHOTO = "Choose a photo";
    CHOOSE_KNOWN_GOOD = "Choose your own photo";
    CAMERA = "Take a photo";
    TRY_SAMPLE = "Try the sample board";
    OPENING_SAMPLE = "Opening the sample";
    PRIVACY = "Your photos never leave this device.";
    PRIVACY_WHY = "Why is that so?";
    PRIVACY_BECAUSE = "The comparison runs inside this page, in your browser. There is no server to send a picture to: the page is a folder of static files, and it goes on working when you are offline. Cases are kept in this browser's own storage until you delete them. A shared link holds your findings and the pictures' hashes, never the pictures.";
    SWAP = "Swap the two pictures";
    COMPARE = "Compare";
    COMPARE_READY = "Both pictures are ready.";
    COMPARE_NEEDS_TWO = "Two pictures are needed.";
    YOUR_BOARD_WANTED = "The photo in question: straight from above, in even light, the whole board in the frame.";
    KNOWN_GOOD_WANTED = "A photo of the same board, from a unit you trust. Drop it here or choose it.";
    OR_CATALOGUE = "Or take a board from the catalogue:";
    CATALOGUE = "Boards of the catalogue";
    CATALOGUE_LOADING = "Fetching the catalogue.";
    CASES = "Cases on this device";
    CASES_WHERE = "kept in this browser";
    CASES_LOADING = "Looking for stored cases.";
    CASES_EMPTY = "No cases yet. Each comparison becomes a case and is kept here until you delete it.";
    THUMBNAIL = "The photo of this case";
    BOARD_UNNAMED = "Board not named";
    DELETE_SURE = "Delete this case with its findings and pictures? This can't be undone.";
    DELETE = "Delete";
    KEEP = "Keep";

    // Workbench
    BACK = "Back to the start";
    CASE_NAME = "Name of the case";
    BOARD_NAME = "Name of the board";
    BOARD_HINT = "Name the board";
    CHANGE_PICTURES = "Change the pictures";
    MODES = "How to compare";
    OPACITY = "Opacity of your photo";
    MODE_OPTIONS = "Options of this way to compare";
    SWIPE_LINE = "Swipe line: arrows move it, Shift and arrows turn it";
    SWIPE_BACK = "Move the line back (,)";
    SWIPE_ON = "Move the line on (.)";
    SWIPE_TURN = "Turn the line by 15°";
    BLINK_OTHER = "Show the other picture (B)";
    BLINK_RUNS = "Auto";
    BLINK_RUNS_WHY = "Turn by itself; never when the system asks for less motion";
    BLINK_RATE = "Blinks a second";
    TOLERANCE = "Differences up to this are light and noise";
    GREY = "Grey";
    LINKED = "Linked";
    LAYERS = "Layers, view and settings";
    LAYERS_OVER = "Over the pictures";
    LAYERS_REFERENCE = "Reference";
    LAYERS_WAY = "Which way up";
    LAYERS_WHEEL = "Wheel and trackpad";
    LAYERS_KEYS = "Keys";
    LETTER_KEYS = "Single letters are commands";
    REFERENCE_BACK = "Previous (K)";
    REFERENCE_ON = "Next (J)";
    TURN_LEFT = "Left";
    TURN_RIGHT = "Right";
    FLIP = "Mirror";
    WRITING = "Words for this place";
    UNDO = "Undo";
    REDO = "Redo";
    ZOOM_IN = "Zoom in";
    ZOOM_OUT = "Zoom out";
    FIT = "Fit to the window";
    ACTUAL_SIZE = "One picture pixel to one screen pixel";
    SHARE = "Share";
    PANEL_TOGGLE = "Show or hide the panel";
    TOOLS = "Tools";
    STAGE = "Your photo over the reference";
    STAGE_WAITING = "The pictures are coming out of storage.";
    STAGE_COARSE = "A first, rough fit. The exact one is on its way.";
    STAGE_NO_PHOTO = "The photo of this case is not here. Drop the same file to see it again; the findings are safe.";
    STAGE_NO_REFERENCE = "The reference is not here, so only your photo is shown. Drop its file to compare by eye.";
    YOURS = "Yours";
    REFERENCE = "Reference";
    PANEL = "Result";
    PANEL_WIDTH = "Width of the panel";
    THEME = "Follow the system’s light or dark theme";
    SHOW_KEYS = "Keys (?)";
    SHEET = "Height of the panel";
    TABS = "Parts of the result";
    NOTHING_AT_POINTER = "–";
    CANCEL = "Cancel";
    SAVING = "Saving";
    SAVED = "Saved on this device";
    NOT_SAVED = "Not saved";
    COMPARING = "Comparing";
    WAITS = "Waiting for a free worker";
    STORAGE_GOES_ON = "Work goes on, but it is lost when this tab closes. Share makes a link that keeps the findings.";

    // Results
    NOT_COMPARED = "Not compared yet";
    NOT_COMPARED_WHY = "The comparison did not run or was stopped. Both pictures are still here.";
    FROM_REPORT = "From a report";
    FROM_REPORT_WHY = "This case came from a shared report: its findings lie on your copy of the same photo. To list the differences too, drop the reference that the report names and compare.";
    COMPARE_NOW = "Compare now";
    COMPARE_AGAIN = "Compare again";
    EXPORT = "Export comparison JSON";
    NO_DIFFERENCES = "No differences";
    NO_DIFFERENCES_WHY = "Nothing differs beyond what light, lens and angle explain. What could not be seen stands under Alignment; a surface photo never shows what lies under packages or between layers.";
    REFUSED_TITLE = "Not compared";
    REFUSED_WHY = "A list of differences between pictures that do not lie over each other would only mislead, so there is none.";
    REFUSED_TRY = "What to try";
    TRY_OTHER_PHOTO = "Drop another photo of your board: from straight above, sharp, the whole board in the frame.";
    TRY_OTHER_REFERENCE = "Choose another reference: check vendor, model and revision printed on the board.";
    TRY_OTHER_SIDE = "Check that both pictures show the same side of the board.";
    CHOOSE_OTHERS = "Choose other pictures";
    NEXT = "Next difference";
    PREVIOUS = "Previous difference";
    LOOKED_AT = "Looked at";
    TAIL = "Less likely";
    TAIL_WHY = "Below the line that is worth a look by itself; in order, surest first.";
    LIST_END = "A difference is a place that does not look the same. What it means is for you to say.";
    MAKE_FINDING = "Make a finding";
    SHOW_FINDING = "Show the finding";
    REOPEN = "Take it back";
    DISMISS_AS = "It is nothing, because of";
    FILTERS = "Which differences are listed";
    FILTER_EMPTY = "None of the differences is of this sort.";
    SCORE = "Score";
    MACHINE_ORIGIN = "from a difference";
    DRAWN_ORIGIN = "drawn by hand";

    FINDINGS_EMPTY = "No findings yet";
    FINDINGS_EMPTY_HOW = "A finding is what you say about a place. Two ways to make one:";
    FINDINGS_BY_BOX = "Draw on the picture with a tool of the rail";
    FINDINGS_BY_DIFFERENCE = "Choose a difference and make it a finding";
    FINDINGS_START_BOX = "Draw a box";
    KIND = "Kind";
    SEVERITY = "Severity";
    VERDICT = "Verdict";
    NOTE = "Note";
    NOTE_HINT = "What you see, and why it matters or not";
    REMOVE_FINDING = "Delete finding";
    REMOVE_CHOSEN = "Delete the chosen findings";
    DESIGNATOR = "Designator";
    DESIGNATOR_HINT = "C14";
    TAGS = "Tags";
    TAGS_HINT = "power, check again";
    DUPLICATE = "Copy (Ctrl D)";
    RAISE = "Lay over all others (Ctrl ])";
    LOWER = "Lay under all others (Ctrl [)";
    GEOMETRY = "Place and size in reference pixels";
    WIDTH = "Width";
    HEIGHT = "Height";
    EVIDENCE_YOURS = "The place on your photo";

    VERDICT_TITLE = "How the pictures lie over each other";
    BY_HAND = "Alignment by hand";
    BY_HAND_WHY = "Where the pictures don't lie over each other well, or not at all: show the same places in both, four or more. The comparison takes them as given.";
    BY_HAND_HOW = "Press the same detail in both pictures, one after the other. Pairs far apart hold best. Drag a point to improve it.";
    BY_HAND_PLACE = "Place pairs";
    BY_HAND_LEAVE = "Done placing";
    BY_HAND_USE = "Compare with these pairs";
    POINTS_ON_A_LINE = "These pairs lie on one line and fix no map. Add one far off that line.";
    POINTS_FOUR = "Four pairs make a map, but can't check each other. A fifth shows which is bad.";
    POINTS_ENOUGH = "What a pair is off by says how well it fits the others.";
    POINTS_MIRRORED = "By these pairs one picture is mirrored, or shows the other side of the board. Check the pairs; if they are right, take another picture.";
    POINT_NO_RESIDUAL = "placed";
    POINT_BAD = "The others agree better without it.";
    CALIBRATE = "Scale";
    CALIBRATE_FROM = "Known by";
    CALIBRATE_LENGTH = "Length in millimetres";
    CALIBRATE_SET = "Set the scale";
    CALIBRATE_FORGET = "Forget it";
    COVERAGE = "Compared";
    COVERAGE_HINT = "Share of the reference that was really compared.";
    RESIDUAL = "Left over, median";
    RESIDUAL_P95 = "Left over, 95 %";
    RESIDUAL_HINT = "Distance between matched details after alignment, in reference pixels.";
    INLIERS = "Matched details";
    DENSITY = "Scale";
    DENSITY_UNKNOWN = "not known";
    SMALLEST = "Smallest visible part";
    SMALLEST_HINT = "Smaller parts could not have been seen on this pair.";
    BLIND = "Not compared";
    BLIND_ALL = "Nothing of the reference was compared, so nothing is known about it.";
    BLIND_NONE = "Nothing was left out.";
    PICTURES = "Pictures";
    REPLACE_PHOTO = "Another photo of your board";
    REPLACE_PHOTO_WHY = "It becomes a case of its own with the same reference, and the findings stay where they are on the board.";
    PHOTO = "Your photo";
    SURFACE = "Surface photos can't see under packages, heat sinks and stickers, nor between layers.";

    // Sharing
    SHARE_TITLE = "Share this report";
    SHARE_LABEL = "The whole report is in this link";
    COPY = "Copy link";
    SHARE_NOT_IN_IT = "The pictures are not in it, and nothing was uploaded: everything stands behind the # of the address, which no browser sends to a server.";
    SHARE_HOW = "Whoever opens it reads your findings at once, and sees them on the board with the same photo, found by its hash, or with a photo of their own and the reference.";
    CARRIER_STRICT_CHAT = "Chat, strict (2,000 characters)";
    CARRIER_CHAT = "Chat (4,000 characters)";
    CARRIER_MAIL = "Mail (about 32,000 characters)";
    CARRIER_BROWSER = "Browser, text file (2 MiB)";
    CARRIER_FITS = "Arrives whole";
    CARRIER_CUTS = "May be cut";

    // Report
    REPORT = "Report";
    REPORT_UNTITLED = "A circuit board";
    PRINT = "Print";
    FIGURE_FLAGGED = "worth a look";
    FIGURE_COMPARED = "of the reference compared";
    REPORT_FINDINGS = "Findings";
    REPORT_NO_FINDINGS = "The sender marked no findings.";
    REPORT_UNSEEN = "What could not be seen";
    REPORT_METHOD = "Method";
    REPORT_METHOD_LINE = "The photo was laid over the reference by matching details, then both were compared place by place after evening out light and colour. Places are given in pixels of the reference. A difference is a place that does not look the same; findings are what a person says about it.";
    REPORT_PICTURES = "Pictures, by hash";
    REPORT_THE_PHOTO = "The sender's photo";
    UNSIGNED = "Anyone could have written this: it is unsigned. Trust it as far as you trust who sent it, or check it on your own board.";
    CHECK = "Check my board";
    CHECK_WHY = "Drop a photo of your board here. The sender's own photo is known by its hash and opens at once with the findings on it. Another photo is compared with the reference first.";
    CHECK_DROP = "Drop your photo";
    CHECK_FORMATS = "Nothing is uploaded. JPEG, PNG, WebP or TIFF.";
    NEED_PHOTO = "Your photo";
    NEED_PHOTO_WHY = "Any photo of your board, or the sender's own.";
    NEED_REFERENCE = "The reference";
    NEED_FROM_CATALOGUE = "The catalogue holds it; it is fetched by itself.";
    NEED_FILE = "The catalogue does not hold it. Ask the sender for this file; it is known by its SHA-256:";
    NEED_HERE = "Here";
    LINK_ERROR = "This report can't be opened";
    LINK_ERROR_SAFE = "Nothing on this device was changed.";
    GO_START = "Go to the start";

    // Keys
    KEYS = "Keys";
    POINTERS = "Pointers";
    KEYS_MAC = "On a Mac, Command does what Ctrl does. Single letters can be switched off in the settings.";
}
