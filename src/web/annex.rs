//! The annex of the page: a programme of its own for the library and for looking after cases, loaded when one of them is first opened. The two
//! programmes speak through events of the window, and each has its own element: what one draws the other never touches.

use gloo::events::EventListener;
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, CustomEventInit, Element, File, HtmlElement};

use super::scripts;
use super::wait::window;
use crate::app::Annex;
use crate::app::library::Choice;

/// The start script of the library, relative to the page.
const SCRIPT: &str = "library-start.js";
/// The element that it draws into.
const ROOT: &str = "library-root";
/// What the window has when the library's programme is loaded.
const LOADED: &str = "boardwatchLibrary";
/// The page says: draw; and: stop.
const OPEN: &str = "boardwatch-library-open";
const CLOSE: &str = "boardwatch-library-close";
/// The library says: this was chosen.
const CHOSEN: &str = "boardwatch-library-chosen";
/// The library says: this photo was given.
const GIVEN: &str = "boardwatch-library-photo";
/// What the annex's element has when the page has a file for it: a photo whose board may be looked for, or a file of cases.
const FILE: &str = "boardwatchFile";
/// The page says: here is a file of cases.
const FILE_GIVEN: &str = "boardwatch-annex-file";
/// What tells it which screen is wanted.
const SCREEN: &str = "data-screen";
const CASES: &str = "cases";

fn send(name: &str, detail: &JsValue) -> Result<(), JsValue> {
    let init = CustomEventInit::new();
    init.set_detail(detail);
    window().dispatch_event(&CustomEvent::new_with_event_init_dict(name, &init)?.into())?;
    Ok(())
}

/// Shows a screen of the annex, which is loaded first where that is needed, with a file for it.
pub(super) fn open_annex(screen: Annex, file: Option<File>) {
    let open = || -> Result<(), JsValue> {
        let document = window().document().ok_or(JsValue::NULL)?;
        let body = document.body().ok_or(JsValue::NULL)?;
        let root = document.create_element("div")?;
        root.set_id(ROOT);
        root.set_attribute(SCREEN, if screen == Annex::Cases { CASES } else { "library" })?;
        if let Some(file) = file {
            Reflect::set(&root, &FILE.into(), &file)?;
        }
        body.append_child(&root)?;
        if Reflect::has(&window(), &LOADED.into())? {
            return send(OPEN, &JsValue::NULL);
        }
        body.append_child(&scripts::element(SCRIPT)?)?;
        Ok(())
    };
    // Without a document there is nobody to show it to.
    drop(open());
}

/// Takes the annex off the page.
pub fn close_annex() {
    drop(send(CLOSE, &JsValue::NULL));
    if let Some(root) = root() {
        root.remove();
    }
}

fn root() -> Option<HtmlElement> {
    window().document()?.get_element_by_id(ROOT)?.dyn_into().ok()
}

/// For the page: calls `heard` with what is chosen in the library.
pub(super) fn listen(heard: impl Fn(Choice) + 'static) -> EventListener {
    EventListener::new(&window(), CHOSEN, move |event| {
        let detail = event.dyn_ref::<CustomEvent>().and_then(|event| event.detail().as_string());
        if let Some(choice) = detail.and_then(|text| crate::json::from_str(&text).ok()) {
            heard(choice);
        }
    })
}

/// For the page: calls `heard` with a photo that is given in the library.
pub(super) fn listen_for_photos(heard: impl Fn(File) + 'static) -> EventListener {
    EventListener::new(&window(), GIVEN, move |event| {
        if let Some(photo) = event.dyn_ref::<CustomEvent>().and_then(|event| event.detail().dyn_into().ok()) {
            heard(photo);
        }
    })
}

/// For the library: tells the page what is chosen.
pub(super) fn tell(choice: &Choice) {
    if let Ok(text) = serde_json::to_string(choice) {
        drop(send(CHOSEN, &text.into()));
    }
}

/// For the library: gives the page a photo.
pub(super) fn give(photo: &File) {
    drop(send(GIVEN, photo));
}

/// For the annex: the file that the page has for it.
pub(super) fn file() -> Option<File> {
    Reflect::get(&root()?.into(), &FILE.into()).ok()?.dyn_into().ok()
}

/// For the page: hands a file of cases to the screen that is about them; false when that is not open.
pub(super) fn give_file(file: &File) -> bool {
    let is_open = root().is_some_and(|root| root.get_attribute(SCREEN).as_deref() == Some(CASES));
    is_open && send(FILE_GIVEN, file).is_ok()
}

/// For the annex: calls `heard` with a file of cases that the page was given.
pub(super) fn listen_for_files(heard: impl Fn(File) + 'static) -> EventListener {
    EventListener::new(&window(), FILE_GIVEN, move |event| {
        if let Some(file) = event.dyn_ref::<CustomEvent>().and_then(|event| event.detail().dyn_into().ok()) {
            heard(file);
        }
    })
}

/// For the annex: calls `open` with the screen and the element to draw it into, now and whenever it is opened again, and `close` when it is closed.
pub fn serve_annex(open: impl Fn(Annex, Element) + 'static, close: impl Fn() + 'static) {
    drop(Reflect::set(&window(), &LOADED.into(), &JsValue::TRUE));
    let draw = move || {
        if let Some(root) = root() {
            let is_cases = root.get_attribute(SCREEN).as_deref() == Some(CASES);
            open(if is_cases { Annex::Cases } else { Annex::Library }, root.into());
        }
    };
    draw();
    EventListener::new(&window(), OPEN, move |_| draw()).forget();
    EventListener::new(&window(), CLOSE, move |_| close()).forget();
}
