//! Brings a picture's pixels to the painter, a small version first, then one tile per frame.

use std::rc::{Rc, Weak};

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::painter::{Load, Outdated, Part, Role};
use super::{Pace, Stage, StageEvent};
use crate::web::bitmaps::{Bitmaps, Decoded};
use crate::web::pictures::LARGE_PX;
use crate::web::shell::Opening;
use crate::web::wait::next_frame;

/// The small version's width: enough for a stage that shows the whole board.
const PREVIEW_WIDTH: u32 = 640;

/// Brings the pictures one after the other, small versions first: decoding two at a time would take both cores of a small
/// machine away from the page. `opening` is let go when the small versions are on the screen.
pub(super) async fn load(stage: Weak<Stage>, bitmaps: Rc<Bitmaps>, loads: Vec<Load>, opening: Option<Opening>) {
    for load in &loads {
        preview(&stage, &bitmaps, load).await;
    }
    stage.upgrade().iter().for_each(|stage| stage.ask_frame());
    let Ok(()) = drawn(&stage).await else { return };
    drop(opening);
    for load in loads {
        let Ok(()) = undisturbed(&stage, &load).await else { return };
        let picture = bitmaps.get(load.sha256).await;
        spawn_local(finish(stage.clone(), picture, load));
    }
}

/// Every way out of the loading but the end of the layer itself is told.
async fn finish(stage: Weak<Stage>, picture: Option<Rc<Decoded>>, load: Load) {
    let done = match picture {
        Some(picture) => tiles(&stage, &picture, &load).await,
        None => Ok(Err(JsValue::NULL)),
    };
    if let (Ok(Err(_)), Some(stage)) = (done, stage.upgrade()) {
        let which = match load.role {
            Role::Reference => "The reference",
            Role::Photo => "The photo",
            Role::Over(_) => return stage.tell(StageEvent::LayerFailed(load.sha256)),
        };
        stage.tell(StageEvent::Failed(format!(
            "{which} can't be shown on the stage, most likely because the device is short of memory. The lists are complete without it; close other tabs and reload the page to see it."
        )));
    }
}

/// Comes back when the last frame is on the screen. A graphics card that is behind would hold up the page with the next
/// upload, and a decoder would hold up a processor that does the graphics card's work.
async fn drawn(stage: &Weak<Stage>) -> Result<(), Outdated> {
    loop {
        next_frame().await;
        if !stage.upgrade().ok_or(Outdated)?.is_drawing() {
            return Ok(());
        }
    }
}

/// As [`drawn`]. Where the processor draws, it has to be done with its jobs first, too; and so it has for a picture so large that there
/// would not be memory enough for the stage and a comparison at once.
async fn undisturbed(stage: &Weak<Stage>, load: &Load) -> Result<(), Outdated> {
    loop {
        drawn(stage).await?;
        let stage = stage.upgrade().ok_or(Outdated)?;
        let patient = stage.pace == Pace::Slow || load.pixels > LARGE_PX;
        if !patient || !stage.shell.is_working() {
            return Ok(());
        }
    }
}

async fn preview(stage: &Weak<Stage>, bitmaps: &Rc<Bitmaps>, load: &Load) {
    let Some(bitmap) = bitmaps.small(load.sha256, load.width.min(PREVIEW_WIDTH)).await else { return };
    if let Some(stage) = stage.upgrade() {
        // Without a preview the tiles still come.
        drop(stage.take(load.number, Part::Preview, &bitmap));
    }
    bitmap.close();
}

async fn tiles(stage: &Weak<Stage>, picture: &Decoded, load: &Load) -> Result<Result<(), JsValue>, Outdated> {
    for (place, area) in load.tiles.iter().enumerate() {
        undisturbed(stage, load).await?;
        let bitmap = match picture.part(area.x, area.y, area.width, area.height).await {
            Ok(bitmap) => bitmap,
            Err(error) => return Ok(Err(error)),
        };
        let stage = stage.upgrade().ok_or(Outdated)?;
        let taken = stage.take(load.number, Part::Tile(place), &bitmap);
        bitmap.close();
        if let Err(error) = taken? {
            return Ok(Err(error));
        }
    }
    // Not sooner: the small version is there already, and where the processor does the graphics card's work, every frame
    // holds up the page and takes time away from the comparison.
    stage.upgrade().ok_or(Outdated)?.ask_frame();
    Ok(Ok(()))
}
