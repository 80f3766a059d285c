//! A small picture of a board or of a reference.

use web_sys::HtmlElement;
use yew::prelude::*;

use super::desk::LibraryDesk;
use crate::catalog::FileEntry;
use crate::ui::icon::Icon;
use crate::web::show_thumbnail;

#[derive(Properties, PartialEq)]
pub(super) struct ThumbnailProps {
    pub(super) desk: LibraryDesk,
    /// By its address.
    pub(super) file: Option<FileEntry>,
}

/// The picture, once it has come and is what its hash says; words beside it say what it shows.
#[function_component]
pub(super) fn Thumbnail(props: &ThumbnailProps) -> Html {
    let place = use_node_ref();
    {
        let (place, desk) = (place.clone(), props.desk.clone());
        use_effect_with(props.file.clone(), move |file| {
            if let (Some(image), Some(shelves), Some(file)) = (place.cast::<HtmlElement>(), desk.shelves(), file) {
                show_thumbnail(&shelves, &image, file);
            }
        });
    }
    html! {
        <span class="view">
            if props.file.is_some() { <img ref={place} alt="" /> } else { { Icon::Board.draw() } }
        </span>
    }
}
