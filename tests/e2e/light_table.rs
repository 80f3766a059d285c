//! Drawing, choosing, undoing and aligning on the light table: with mouse, trackpad, fingers, pen and keys.

use serde_json::Value;

use crate::browser::Browser;
use crate::main_job::sample_opened;
use crate::world::journey;

/// Hang guards, in seconds: ten times what a slow machine needs.
const SHOWN: u64 = 60;

const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const RIGHT: &str = "\u{e014}";

/// A place of the stage, as shares of its width and height.
pub(crate) async fn stage(page: &Browser, x: f64, y: f64) -> [f64; 2] {
    let corner = "(r => [r.x, r.y, r.width, r.height])(document.querySelector('#stage canvas').getBoundingClientRect())";
    let numbers: Vec<f64> = serde_json::from_value(page.eval(corner).await).expect("four numbers");
    [numbers[0] + x * numbers[2], numbers[1] + y * numbers[3]]
}

async fn findings(page: &Browser) -> usize {
    page.count(".finding").await
}

pub(crate) async fn wait_for_findings(page: &Browser, count: usize) {
    page.wait_until(&format!("document.querySelectorAll('.finding').length === {count}"), SHOWN).await;
}

/// What the findings' marks are, as text: every path of each.
async fn marks(page: &Browser) -> Value {
    let all = "[...document.querySelector('.marks > g').querySelectorAll('[data-mark^=finding-]')].map(mark =>
        mark.dataset.mark + ' ' + [...mark.querySelectorAll('path, text')].map(e => e.getAttribute('d') ?? e.textContent).join(' '))";
    page.eval(all).await
}

/// Chooses a tool and waits until the rail says so.
pub(crate) async fn tool(page: &Browser, key: &str, id: &str) {
    page.press(key).await;
    page.wait_until(&format!("document.querySelector('#{id}').getAttribute('aria-checked') === 'true'"), SHOWN).await;
}

#[test]
fn every_shape_is_drawn_undone_to_the_start_and_redone_to_the_end() {
    journey("every_shape_is_drawn_undone_to_the_start_and_redone_to_the_end", async |world| {
        let page = world.browser().await;
        sample_opened(&page).await;
        let mut count = 0;
        let drags = [
            ("r", "tool-box"),
            ("e", "tool-ellipse"),
            ("l", "tool-line"),
            ("a", "tool-arrow"),
            ("m", "tool-measure"),
            ("f", "tool-freehand"),
        ];
        for (place, (key, id)) in drags.into_iter().enumerate() {
            tool(&page, key, id).await;
            let x = 0.1 + 0.13 * place as f64;
            let (from, middle, to) =
                (stage(&page, x, 0.2).await, stage(&page, x + 0.04, 0.34).await, stage(&page, x + 0.08, 0.3).await);
            page.drag(&[from, middle, to]).await;
            count += 1;
            wait_for_findings(&page, count).await;
            assert_eq!(
                page.eval(&format!("document.querySelector('#{id}').getAttribute('aria-checked')")).await,
                "true",
                "the tool stays"
            );
        }
        tool(&page, "p", "tool-polygon").await;
        for (x, y) in [(0.2, 0.6), (0.3, 0.62), (0.25, 0.75)] {
            page.click_at(stage(&page, x, y).await, 1).await;
        }
        page.press(ENTER).await;
        count += 1;
        wait_for_findings(&page, count).await;
        tool(&page, "d", "tool-point").await;
        page.click_at(stage(&page, 0.6, 0.7).await, 1).await;
        count += 1;
        wait_for_findings(&page, count).await;
        tool(&page, "t", "tool-text").await;
        page.click_at(stage(&page, 0.7, 0.8).await, 1).await;
        page.wait_for("#writing", SHOWN).await;
        page.wait_until("document.activeElement.id === 'writing'", SHOWN).await;
        page.type_into("#writing", "odd solder").await;
        page.press(ENTER).await;
        count += 1;
        wait_for_findings(&page, count).await;
        page.screenshot("shapes").await;

        let end = marks(&page).await;
        assert!(end.to_string().contains("odd solder") && end.to_string().contains(" mm"), "{end}");
        for left in (0..count).rev() {
            page.click("#undo").await;
            wait_for_findings(&page, left).await;
        }
        assert_eq!(page.eval("document.querySelector('#undo').disabled").await, true);
        for done in 1..=count {
            page.click("#redo").await;
            wait_for_findings(&page, done).await;
        }
        page.wait_until("document.querySelector('#redo').disabled", SHOWN).await;
        assert_eq!(marks(&page).await, end);
    });
}

#[test]
fn findings_stay_on_their_parts_when_the_board_is_turned_and_mirrored() {
    journey("findings_stay_on_their_parts_when_the_board_is_turned_and_mirrored", async |world| {
        let page = world.browser().await;
        sample_opened(&page).await;
        tool(&page, "r", "tool-box").await;
        page.drag(&[stage(&page, 0.2, 0.25).await, stage(&page, 0.25, 0.3).await, stage(&page, 0.3, 0.4).await]).await;
        wait_for_findings(&page, 1).await;
        // Zoomed by hand, so that turning keeps the scale and the middle.
        let zoomed = page.text(".status .zoomed").await;
        page.press("+").await;
        page.wait_until(&format!("document.querySelector('.status .zoomed').textContent !== {zoomed:?}"), SHOWN).await;
        let offset = "(() => {
            const stage = document.querySelector('#stage canvas').getBoundingClientRect();
            const mark = document.querySelector('[data-mark=finding-1] .line').getBoundingClientRect();
            return [mark.x + mark.width / 2 - stage.x - stage.width / 2, mark.y + mark.height / 2 - stage.y - stage.height / 2];
        })()";
        let read = async || -> [f64; 2] {
            tokio::time::sleep(std::time::Duration::from_millis(500)).await;
            serde_json::from_value(page.eval(offset).await).expect("two numbers")
        };
        let before = read().await;
        let near = |a: [f64; 2], b: [f64; 2]| (a[0] - b[0]).abs() <= 1.0 && (a[1] - b[1]).abs() <= 1.0;
        page.press("]").await;
        let turned = read().await;
        assert!(near(turned, [-before[1], before[0]]), "{before:?} turned is {turned:?}");
        page.press("H").await;
        let mirrored = read().await;
        assert!(near(mirrored, [before[1], before[0]]), "{turned:?} mirrored is {mirrored:?}");
        page.screenshot("mirrored").await;
        let upright =
            page.eval("(m => [m.a > 0, Math.abs(m.b) < 1e-6, m.d > 0])(document.querySelector('.upright').getScreenCTM())").await;
        assert_eq!(upright, serde_json::json!([true, true, true]), "the number stands upright");
        page.press("H").await;
        page.press("[").await;
        assert!(near(read().await, before));
    });
}

#[test]
fn fingers_pen_and_trackpad_do_what_people_expect() {
    journey("fingers_pen_and_trackpad_do_what_people_expect", async |world| {
        let page = world.browser().await;
        sample_opened(&page).await;
        let zoom = async || -> String {
            tokio::time::sleep(std::time::Duration::from_millis(600)).await;
            page.text("#actual-size").await
        };
        let fitted = zoom().await;
        let middle = stage(&page, 0.3, 0.5).await;
        // Two fingers on a trackpad pan: the scale stays, the marks move.
        let place = "document.querySelector('.marks > g').getAttribute('transform')";
        let before = page.eval(place).await;
        page.two_fingers(middle, [7.0, 12.0]).await;
        assert_eq!(zoom().await, fitted);
        assert_ne!(page.eval(place).await, before);
        // Two fingers on the screen, moving apart, zoom.
        let [x, y] = middle;
        page.touch(&[
            vec![[x - 30.0, y], [x + 30.0, y]],
            vec![[x - 60.0, y], [x + 60.0, y]],
            vec![[x - 120.0, y], [x + 120.0, y]],
        ])
        .await;
        let pinched = zoom().await;
        assert_ne!(pinched, fitted);
        // One finger draws with a tool, and a pen does as well.
        tool(&page, "e", "tool-ellipse").await;
        page.touch(&[vec![[x, y]], vec![[x + 20.0, y + 10.0]], vec![[x + 80.0, y + 60.0]]]).await;
        wait_for_findings(&page, 1).await;
        tool(&page, "f", "tool-freehand").await;
        let way: Vec<_> = (0..12).map(|k| [x + 100.0 + 6.0 * f64::from(k), y - 40.0 - 30.0 * f64::from(k % 2)]).collect();
        page.draw_with_pen(&way).await;
        wait_for_findings(&page, 2).await;
        assert_eq!(zoom().await, pinched, "drawing moves nothing");
        page.press("0").await;
        assert_eq!(zoom().await, fitted);
        page.screenshot("drawn").await;
    });
}

#[test]
fn the_whole_review_goes_by_keys_alone() {
    journey("the_whole_review_goes_by_keys_alone", async |world| {
        let page = world.browser().await;
        sample_opened(&page).await;
        // The queue: the first is a finding, the second is dust.
        page.press("n").await;
        page.wait_for("[data-difference='0'][aria-current=true]", SHOWN).await;
        page.press(ENTER).await;
        wait_for_findings(&page, 1).await;
        page.press("n").await;
        page.wait_for("[data-difference='1'][aria-current=true]", SHOWN).await;
        page.press("x").await;
        page.wait_until("document.activeElement.closest('.dismissals') !== null", SHOWN).await;
        page.screenshot("reasons").await;
        page.press(ENTER).await;
        page.wait_for("[data-difference='2'][aria-current=true]", SHOWN).await;
        page.wait_until("document.querySelector('[data-difference=\"1\"]').textContent.includes('Dismissed: light')", SHOWN)
            .await;
        // A shape without a pointer: the tool marks the middle of the view, arrows move it, a digit says what it is.
        page.eval("document.querySelector('#stage canvas').focus()").await;
        tool(&page, "r", "tool-box").await;
        page.press(ENTER).await;
        wait_for_findings(&page, 2).await;
        let before = marks(&page).await;
        page.press(RIGHT).await;
        page.wait_until("document.querySelector('[data-finding=\"2\"]') !== null", SHOWN).await;
        page.press("8").await;
        page.wait_until("document.querySelector('[data-finding=\"2\"]').textContent.includes('Damage')", SHOWN).await;
        assert_ne!(marks(&page).await, before, "the arrow moved it");
        page.press(ESCAPE).await;
        page.press(ESCAPE).await;
        page.wait_until("document.querySelector('#tool-hand').getAttribute('aria-checked') === 'true'", SHOWN).await;
        assert_eq!(findings(&page).await, 2);
        page.press("?").await;
        page.wait_for("#keys", SHOWN).await;
        page.screenshot("keys").await;
    });
}

#[test]
fn pairs_set_by_hand_are_used_and_can_be_taken_back() {
    journey("pairs_set_by_hand_are_used_and_can_be_taken_back", async |world| {
        let page = world.browser().await;
        sample_opened(&page).await;
        page.click("#tab-alignment").await;
        page.click("#by-hand-toggle").await;
        page.wait_for("#by-hand-how", SHOWN).await;
        for (place, (x, y)) in [(0.08, 0.35), (0.38, 0.35), (0.08, 0.65), (0.38, 0.65), (0.23, 0.5)].into_iter().enumerate() {
            page.click_at(stage(&page, x, y).await, 1).await;
            page.click_at(stage(&page, x + 0.5, y).await, 1).await;
            page.wait_until(&format!("document.querySelectorAll('.control-point').length === {}", place + 1), SHOWN).await;
        }
        page.screenshot("pairs").await;
        let residuals = page.texts(".control-point").await;
        assert!(residuals.iter().all(|text| text.contains("px off")), "{residuals:?}");
        page.click("#undo").await;
        page.wait_until("document.querySelectorAll('.control-point').length === 4", SHOWN).await;
        page.click("#redo").await;
        page.wait_until("document.querySelectorAll('.control-point').length === 5", SHOWN).await;
        page.click("#by-hand-toggle").await;
        page.wait_until("document.querySelector('#by-hand-how') === null", SHOWN).await;
    });
}

#[test]
fn the_stage_comes_back_when_the_graphics_card_was_taken_away() {
    journey("the_stage_comes_back_when_the_graphics_card_was_taken_away", async |world| {
        let page = world.browser().await;
        sample_opened(&page).await;
        let lit = "(async () => {
            const canvas = document.querySelector('#stage canvas');
            const copy = new OffscreenCanvas(64, 64).getContext('2d', { willReadFrequently: true });
            for (let k = 0; k < 40; k++) {
                window.dispatchEvent(new Event('resize'));
                document.dispatchEvent(new KeyboardEvent('keydown', { key: k % 2 ? '+' : '-' }));
                await new Promise(requestAnimationFrame);
                copy.clearRect(0, 0, 64, 64);
                copy.drawImage(canvas, 0, 0, 64, 64);
                const data = copy.getImageData(0, 0, 64, 64).data;
                if (data.filter((v, i) => i % 4 === 3 && v > 0).length > 600) return true;
                await new Promise(done => setTimeout(done, 100));
            }
            return false;
        })()";
        assert_eq!(page.eval(lit).await, true, "the stage shows a picture");
        page.eval("(window.lost = document.querySelector('#stage canvas').getContext('webgl2').getExtension('WEBGL_lose_context')).loseContext()").await;
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        page.eval("window.lost.restoreContext()").await;
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        page.wait_until(lit, SHOWN).await;
        // A lost context complains by itself.
        let complaints = page.complaints().await;
        assert!(complaints.iter().all(|text| text.contains("WebGL") || text.contains("CONTEXT_LOST")), "{complaints:#?}");
    });
}
