//! A cut-out of a picture, drawn by the shell.

use web_sys::HtmlCanvasElement;
use yew::prelude::*;

use super::desk::Desk;
use crate::geometry::{Rect, Reference};
use crate::vision::PictureFacts;
use crate::web::{Crop, draw_crop};

/// Reference pixels; a smaller cut-out shows grain instead of a place.
const LEAST_SIDE: f64 = 64.0;

/// What a canvas shows.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cut {
    /// This area, all of it.
    Area(Crop),
    /// The whole picture, or as much of its middle as fills the canvas.
    Thumbnail(PictureFacts),
}

#[derive(Properties, PartialEq)]
pub(super) struct CropViewProps {
    /// Only the shell is taken from it, so a later moment of the same programme draws nothing anew.
    pub(super) hands: Hands,
    pub(super) cut: Cut,
    /// What it shows, in words.
    pub(super) label: AttrValue,
    /// Turns when the picture came into memory after the first try.
    #[prop_or_default]
    pub(super) turn: bool,
}

/// The way to the shell, equal to every other one.
#[derive(Clone)]
pub(super) struct Hands(pub(super) Desk);

impl PartialEq for Hands {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// A canvas that shows the crop over all of its CSS box.
#[function_component]
pub(super) fn CropView(props: &CropViewProps) -> Html {
    let canvas = use_node_ref();
    {
        let (canvas, hands) = (canvas.clone(), props.hands.clone());
        use_effect_with((props.cut.clone(), props.turn), move |(cut, _)| {
            if let (Some(canvas), Some(shell)) = (canvas.cast::<HtmlCanvasElement>(), hands.0.shell()) {
                let size = (f64::from(canvas.client_width()), f64::from(canvas.client_height()));
                let crop = match cut {
                    Cut::Area(crop) => crop.clone(),
                    Cut::Thumbnail(picture) => middle(*picture, size),
                };
                draw_crop(&shell, &canvas, size, &crop);
            }
        });
    }
    html! { <canvas ref={canvas} role="img" aria-label={props.label.clone()} /> }
}

/// As much of the picture's middle as fills a box of this shape.
fn middle(picture: PictureFacts, shape: (f64, f64)) -> Crop {
    let (width, height) = (f64::from(picture.width), f64::from(picture.height));
    let scale = (width / shape.0.max(1.0)).min(height / shape.1.max(1.0));
    let (w, h) = (shape.0.max(1.0) * scale, shape.1.max(1.0) * scale);
    let area = Rect::new((width - w) / 2.0, (height - h) / 2.0, w, h);
    Crop::of_reference(picture.sha256, area).of_size(picture.width, picture.height)
}

/// A square around the box with as much again on every side, so that the eye finds the place.
pub(super) fn surroundings(area: &Rect<Reference>) -> Rect<Reference> {
    let side = (2.0 * area.w.max(area.h)).max(LEAST_SIDE);
    let middle = area.centre();
    Rect::new(middle.x - side / 2.0, middle.y - side / 2.0, side, side)
}
