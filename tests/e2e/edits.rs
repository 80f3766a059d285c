//! Edits as a person makes them, in few words.

use crate::browser::Browser;

const SHOWN: u64 = 60;

/// Puts `text` into the field that `css` selects, in the place of what it holds, and tells the page by this event.
pub(crate) async fn write(page: &Browser, css: &str, text: &str, event: &str) {
    let write = "(field => {
        field.focus();
        Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value').set.call(field, 'TEXT');
        field.dispatchEvent(new Event('EVENT', { bubbles: true }));
    })(document.querySelector('FIELD'))";
    page.eval(&write.replace("TEXT", text).replace("EVENT", event).replace("FIELD", css)).await;
}

/// Gives the open case this name, as a person does.
pub(crate) async fn rename(page: &Browser, title: &str) {
    write(page, "#case-name", title, "change").await;
}

/// Waits until the open case has this name.
pub(crate) async fn named(page: &Browser, title: &str) {
    page.wait_until(&format!("document.querySelector('#case-name')?.value === '{title}'"), SHOWN).await;
}

/// Waits until the page says that everything is kept.
pub(crate) async fn kept(page: &Browser) {
    page.wait_until("document.querySelector('#storage-state')?.textContent.startsWith('Saved')", SHOWN).await;
}
