//! A better photo: the camera's picture with the reference laid over it as a ghost, so that the new photo shows the same.

use std::rc::Rc;

use web_sys::HtmlVideoElement;
use yew::prelude::*;

use crate::app::Purpose;
use crate::geometry::Rect;
use crate::ui::crop::{CropView, Cut, Hands};
use crate::ui::words;
use crate::vision::PictureFacts;
use crate::web::{Crop, Viewfinder};

#[derive(Properties, PartialEq)]
pub(super) struct CameraProps {
    pub(super) hands: Hands,
}

/// A button that opens the camera, and once it is open, what it sees.
#[function_component]
pub(super) fn Camera(props: &CameraProps) -> Html {
    let (video, open) = (use_node_ref(), use_state(|| None::<Result<Rc<Viewfinder>, String>>));
    let desk = props.hands.0.clone();
    let start = {
        let (video, open) = (video.clone(), open.clone());
        Callback::from(move |_: MouseEvent| {
            let Some(video) = video.cast::<HtmlVideoElement>() else { return };
            let open = open.clone();
            yew::platform::spawn_local(async move { open.set(Some(Viewfinder::open(&video).await.map(Rc::new))) });
        })
    };
    let take = {
        let (open, desk) = (open.clone(), desk.clone());
        Callback::from(move |_: MouseEvent| {
            if let (Some(Ok(viewfinder)), Some(shell)) = (&*open, desk.shell()) {
                shell.take_photo(viewfinder, Purpose::Photo);
            }
        })
    };
    let seen = matches!(&*open, Some(Ok(_)));
    let reference = desk.state().case.as_ref().and_then(|case| case.document.references().first().map(|first| first.facts));
    html! {
        <div class="camera-view">
            <p class="soft">{ words::GHOST_WHY }</p>
            <div class={classes!("finder", (!seen).then_some("is-closed"))}>
                <video ref={video} autoplay={true} muted={true} playsinline={true} aria-label={words::GHOST_VIEW} />
                if let (true, Some(facts)) = (seen, reference) {
                    <div class="ghost"><CropView hands={props.hands.clone()} cut={whole(facts)} label={words::GHOST} /></div>
                }
            </div>
            if let Some(Err(sentence)) = &*open { <p role="alert">{ sentence.clone() }</p> }
            <div class="actions">
                if seen {
                    <button type="button" id="take-better" class="button primary" onclick={take}>{ words::GHOST_TAKE }</button>
                } else {
                    <button type="button" id="open-camera" class="button" onclick={start}>{ words::GHOST_OPEN }</button>
                }
            </div>
        </div>
    }
}

/// All of the picture, fitted into its box as the camera's picture is.
fn whole(picture: PictureFacts) -> Cut {
    let (width, height) = picture.size();
    Cut::Area(Crop::of_reference(picture.sha256, Rect::new(0.0, 0.0, width, height)).of_size(picture.width, picture.height))
}
