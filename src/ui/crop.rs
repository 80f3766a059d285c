//! A cut-out of a picture, drawn by the shell.

use web_sys::HtmlCanvasElement;
use yew::prelude::*;

use super::desk::Desk;
use crate::geometry::Rect;
use crate::vision::PictureFacts;
use crate::web::{Crop, draw_crop};

#[derive(Properties, PartialEq)]
pub(super) struct CropViewProps {
    /// Only the shell is taken from it, so a later moment of the same programme draws nothing anew.
    pub(super) hands: Hands,
    pub(super) crop: Crop,
    /// What it shows, in words.
    pub(super) label: AttrValue,
    /// Grows when the picture came into memory after the first try.
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
        use_effect_with((props.crop.clone(), props.turn), move |(crop, _)| {
            if let (Some(canvas), Some(shell)) = (canvas.cast::<HtmlCanvasElement>(), hands.0.shell()) {
                let size = (f64::from(canvas.client_width()), f64::from(canvas.client_height()));
                draw_crop(&shell, &canvas, size, crop);
            }
        });
    }
    html! { <canvas ref={canvas} role="img" aria-label={props.label.clone()} /> }
}

/// The whole picture in a box of this shape: as much of its middle as fills it.
pub(super) fn thumbnail(picture: PictureFacts, shape: (f64, f64)) -> Crop {
    let (width, height) = (f64::from(picture.width), f64::from(picture.height));
    let scale = (width / shape.0).min(height / shape.1);
    let (w, h) = (shape.0 * scale, shape.1 * scale);
    Crop::of_reference(picture.sha256, Rect::new((width - w) / 2.0, (height - h) / 2.0, w, h))
}
