//! The tools, on a slim rail.

use yew::prelude::*;

use super::table::Table;
use crate::app::{Action, Tool};
use crate::ui::corner::Corner;
use crate::ui::desk::Desk;
use crate::ui::icon::Icon;
use crate::ui::{tone, words};
use crate::web::Stage;

#[derive(Properties, PartialEq)]
pub(super) struct RailProps {
    pub(super) desk: Desk,
    pub(super) table: Table,
    pub(super) corner: Corner,
}

/// The rail.
#[function_component]
pub(super) fn Rail(props: &RailProps) -> Html {
    let desk = &props.desk;
    let chosen = desk.state().view.tool;
    let tools = Tool::ALL.into_iter().map(|tool| {
        html! {
            <button type="button" id={words::tool_id(tool)} class="button quiet square" role="radio" aria-checked={(tool == chosen).to_string()}
                aria-label={words::tool(tool)} title={words::tool(tool)} onclick={desk.on(Action::ChooseTool(tool))}>
                { tone::tool_icon(tool).draw() }
            </button>
        }
    });
    let fit = {
        let table = props.table.clone();
        Callback::from(move |_: MouseEvent| table.with(Stage::fit))
    };
    html! {
        <nav class="rail" aria-label={words::TOOLS}>
            <div role="radiogroup" aria-label={words::TOOLS} class="tools">{ for tools }</div>
            <button type="button" id="rail-fit" class="button quiet square thumb" aria-label={words::FIT} title={words::FIT} onclick={fit}>
                { Icon::Fit.draw() }
            </button>
            <div class="rest">{ props.corner.draw() }</div>
        </nav>
    }
}
