//! Edits as a person makes them, in few words.

use crate::browser::Browser;

const SHOWN: u64 = 60;

/// Gives the open case this name, as a person does.
pub(crate) async fn rename(page: &Browser, title: &str) {
    let write = "(field => {
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, 'TITLE');
        field.dispatchEvent(new Event('change', { bubbles: true }));
    })(document.querySelector('#case-name'))";
    page.eval(&write.replace("TITLE", title)).await;
}

/// Waits until the open case has this name.
pub(crate) async fn named(page: &Browser, title: &str) {
    page.wait_until(&format!("document.querySelector('#case-name')?.value === '{title}'"), SHOWN).await;
}

/// Waits until the page says that everything is kept.
pub(crate) async fn kept(page: &Browser) {
    page.wait_until("document.querySelector('#storage-state')?.textContent.startsWith('Saved')", SHOWN).await;
}
