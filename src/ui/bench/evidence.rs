//! Cut-outs of the same place: yours and every reference, at one scale.

use yew::prelude::*;

use crate::app::{Case, State};
use crate::geometry::{Rect, Reference};
use crate::ui::crop::{CropView, Cut, Hands, surroundings};
use crate::ui::desk::Desk;
use crate::ui::words;
use crate::web::Crop;

/// The cut-outs of a finding's place; nothing while the photo lies nowhere.
pub(super) fn evidence(desk: &Desk, state: &State, case: &Case, area: &Rect<Reference>) -> Html {
    let Some(warp) = case.document.alignment().and_then(crate::vision::Alignment::warp) else { return Html::default() };
    let here = |sha256| state.loaded.contains(&sha256);
    let area = surroundings(area);
    let crop = |crop: Option<Crop>, label: String, caption: String, turn: bool| {
        html! {
            <figure class="crop">
                if let Some(crop) = crop { <CropView hands={Hands(desk.clone())} cut={Cut::Area(crop)} {label} {turn} /> }
                <figcaption>{ caption }</figcaption>
            </figure>
        }
    };
    let photo = case.photo.facts;
    let yours = Crop::of_photo(photo.sha256, area, &warp);
    let references = case.document.references().iter().enumerate().map(|(place, reference)| {
        // Of a further reference, what lies there by way of the photo.
        let sha256 = reference.facts.sha256;
        let cut = case.reference_on_first(place).and_then(|(_, under)| match under {
            None => Some(Crop::of_reference(sha256, area)),
            Some(under) => Crop::of_photo(sha256, area, &under),
        });
        let caption = if case.document.references().len() == 1 { words::REFERENCE.to_owned() } else { reference.title.clone() };
        crop(cut, words::evidence_reference(&reference.title), caption, here(reference.facts.sha256))
    });
    html! {
        <div class="evidence">
            { crop(yours, words::EVIDENCE_YOURS.to_owned(), words::YOURS.to_owned(), here(photo.sha256)) }
            { for references }
        </div>
    }
}
