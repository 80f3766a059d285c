//! Looks after the stored cases for the screen that is about them.

mod files;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::EventListener;
use js_sys::{Date, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, CanvasRenderingContext2d, File, HtmlCanvasElement, HtmlInputElement};

use super::bitmaps::by_browser;
use super::shelves::Shelves;
use super::store::database::{Database, StoreError};
use super::store::holding::{Heard, Holding};
use super::store::records::{self, Card};
use super::wait::window;
use super::{address, annex, intake};
use crate::app::keeping::{KeepingAction, KeepingEffect, Room};
use crate::app::{CaseId, CaseSummary, renamed};
use crate::vision::Sha256;

/// The screen's hands in the browser.
pub struct Keeper {
    dispatch: Rc<dyn Fn(KeepingAction)>,
    database: Database,
    shelves: Rc<Shelves>,
    holding: Rc<Holding>,
    /// The file that is to be read.
    file: RefCell<Option<Blob>>,
    /// A look is under way, and another one is wanted.
    looking: Cell<(bool, bool)>,
    /// One picture at a time is drawn small: a large one takes much memory.
    drawing: Cell<bool>,
    waiting: RefCell<Vec<(Sha256, HtmlCanvasElement)>>,
    listener: RefCell<Option<EventListener>>,
}

/// What was done, as a sentence where one does not see it, or why not.
type Done = Result<Option<String>, String>;

impl Keeper {
    /// Lists what the browser keeps.
    #[must_use]
    pub fn start(dispatch: Rc<dyn Fn(KeepingAction)>) -> Rc<Self> {
        let hearing = Rc::clone(&dispatch);
        let heard = move |heard| {
            if let Heard::Stored(_) = heard {
                hearing(KeepingAction::Changed);
            }
        };
        let keeper = Rc::new(Self {
            dispatch,
            database: Database::of_cases(),
            shelves: Shelves::new(),
            holding: Holding::new(Box::new(heard)),
            file: RefCell::new(annex::file().map(Into::into)),
            looking: Cell::default(),
            drawing: Cell::default(),
            waiting: RefCell::default(),
            listener: RefCell::default(),
        });
        let taking = Rc::downgrade(&keeper);
        keeper.listener.replace(Some(annex::listen_for_files(move |file| {
            if let Some(keeper) = taking.upgrade() {
                keeper.take(file);
            }
        })));
        let is_given = keeper.file.borrow().is_some();
        let this = Rc::clone(&keeper);
        spawn_local(async move {
            Rc::clone(&this).look().await;
            if is_given {
                (this.dispatch)(KeepingAction::FileGiven);
            }
        });
        keeper
    }

    /// Takes the file that was chosen.
    pub fn take_file(&self, input: &HtmlInputElement) {
        let Some(file) = intake::listed(input.files().as_ref()).into_iter().next() else { return };
        input.set_value("");
        self.take(file);
    }

    fn take(&self, file: File) {
        self.file.replace(Some(file.into()));
        (self.dispatch)(KeepingAction::FileGiven);
    }

    /// The screen is closed.
    pub fn leave(&self) {
        self.listener.take();
        self.holding.close();
    }

    /// Draws the picture small, if it is here and the browser can read it.
    pub fn draw(self: &Rc<Self>, picture: Sha256, canvas: HtmlCanvasElement) {
        self.waiting.borrow_mut().push((picture, canvas));
        if self.drawing.replace(true) {
            return;
        }
        let this = Rc::clone(self);
        spawn_local(async move {
            loop {
                let next = this.waiting.borrow_mut().pop();
                let Some((picture, canvas)) = next else { break };
                if let Ok(Some(file)) = records::picture(&this.database, picture).await {
                    // What the browser can't read is not shown here.
                    drop(draw_small(&file, &canvas).await);
                }
            }
            this.drawing.set(false);
        });
    }

    /// Does what is wanted.
    pub fn perform(self: &Rc<Self>, effects: Vec<KeepingEffect>) {
        for effect in effects {
            let this = Rc::clone(self);
            spawn_local(async move {
                match effect {
                    KeepingEffect::Look => this.look().await,
                    KeepingEffect::Go(fragment) => address::go(&fragment),
                    other => {
                        let done = this.perform_one(other).await;
                        (this.dispatch)(KeepingAction::Done(done));
                    }
                }
            });
        }
    }

    async fn perform_one(&self, effect: KeepingEffect) -> Done {
        match effect {
            KeepingEffect::Rename(id, title) => self.rename(id, &title).await,
            KeepingEffect::Duplicate(id, title) => {
                let (text, card) = self.read(id).await?;
                let id = new_id();
                self.tell(self.write(&text, card, id, &title, None).await?.map(drop), id)
            }
            KeepingEffect::Bin(id, deleted) => {
                self.tell(records::set_deleted(&self.database, id, deleted.then(Date::now)).await, id)
            }
            KeepingEffect::Delete(ids) => {
                for id in ids {
                    self.tell(records::delete(&self.database, id).await, id)?;
                }
                Ok(None)
            }
            KeepingEffect::FreeFetched => {
                self.shelves.clear().await;
                Ok(None)
            }
            KeepingEffect::AskForSafety => Ok(match super::store::persist().await {
                true => None,
                false => Some("The browser did not promise it. It does when the page is used often or is installed; a backup is safe in any case.".to_owned()),
            }),
            KeepingEffect::Save(ids) => self.save(&ids).await,
            KeepingEffect::Read => self.open().await,
            KeepingEffect::Look | KeepingEffect::Go(_) => Ok(None),
        }
    }

    /// Other tabs learn of it, and the page's own programme.
    fn tell(&self, outcome: Result<(), StoreError>, id: CaseId) -> Done {
        outcome.map_err(|error| failed(&error))?;
        self.holding.stored(id);
        Ok(None)
    }

    /// Gives a case that no tab is working on another name.
    async fn rename(&self, id: CaseId, title: &str) -> Done {
        let here = self.holding.claim_now(id).await;
        let written = match self.read(id).await {
            Ok((text, card)) if here => {
                let base = card.revision;
                self.write(&text, card, id, title, Some(base)).await
            }
            Ok(_) => Err("A tab is working on this case. Rename it there, or close it there and try again.".to_owned()),
            Err(why) => Err(why),
        };
        self.holding.leave_soon(id);
        self.holding.left(id);
        match written? {
            Ok(None) => Err("Another tab has changed this case in the meantime. Try again.".to_owned()),
            written => self.tell(written.map(drop), id),
        }
    }

    /// Writes the case under this number and title. It is not read: a text of any version may be called something else.
    async fn write(
        &self,
        text: &str,
        card: Card,
        id: CaseId,
        title: &str,
        base: Option<u32>,
    ) -> Result<Result<Option<u32>, StoreError>, String> {
        let text = renamed(text, id, title).map_err(|error| error.to_string())?;
        let summary = CaseSummary { id, title: title.to_owned(), ..card.summary };
        Ok(records::write_text(&self.database, &text, Card { summary, ..card }, Date::now(), &[], base).await)
    }

    async fn read(&self, id: CaseId) -> Result<(String, Card), String> {
        let read = records::read(&self.database, id).await.map_err(|error| failed(&error))?;
        let (text, card) = read.ok_or("The case is no longer in this browser.")?;
        Ok((text, card.ok_or("What this browser knows of the case can't be read. The recovery page can save it all the same.")?))
    }

    async fn look(self: Rc<Self>) {
        // What changes while it is looked is looked at once more, and not once for each change.
        if self.looking.get().0 {
            return self.looking.set((true, true));
        }
        loop {
            self.looking.set((true, false));
            let cases = records::survey(&self.database).await.map_err(|error| failed(&error));
            (self.dispatch)(KeepingAction::Listed(cases));
            if let Some(room) = self.room().await {
                (self.dispatch)(KeepingAction::RoomKnown(room));
            }
            if !self.looking.get().1 {
                break;
            }
        }
        self.looking.set((false, false));
    }

    async fn room(&self) -> Option<Room> {
        if !Reflect::get(&window().navigator(), &"storage".into()).is_ok_and(|storage| storage.is_object()) {
            return None;
        }
        let storage = window().navigator().storage();
        let estimate = JsFuture::from(storage.estimate().ok()?).await.ok()?;
        let number = |field: &str| Reflect::get(&estimate, &field.into()).ok().and_then(|value| value.as_f64());
        let is_safe = match storage.persisted() {
            Ok(asked) => JsFuture::from(asked).await.is_ok_and(|safe| safe.is_truthy()),
            Err(_) => false,
        };
        Some(Room { used: number("usage")?, most: number("quota")?, fetched: self.shelves.bytes().await, is_safe })
    }
}

/// As much of the picture's middle as fills the canvas, at the size that it has on screen.
async fn draw_small(file: &Blob, canvas: &HtmlCanvasElement) -> Result<(), JsValue> {
    let ratio = window().device_pixel_ratio();
    let [width, height] = [canvas.client_width(), canvas.client_height()].map(|side| (f64::from(side) * ratio).max(1.0));
    let bitmap = by_browser(file, Some(width as u32)).await?;
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let drawing: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into()?;
    let (wide, high) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    let scale = (width / wide).max(height / high);
    let (x, y) = ((width - wide * scale) / 2.0, (height - high * scale) / 2.0);
    let drawn = drawing.draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, x, y, wide * scale, high * scale);
    bitmap.close();
    drawn
}

/// A name that no other case has, but for one chance in four thousand million.
fn new_id() -> CaseId {
    CaseId(super::shell::seed())
}

fn failed(error: &StoreError) -> String {
    format!("It was not done, because in this browser {error}. Close other tabs of this page and try again.")
}
