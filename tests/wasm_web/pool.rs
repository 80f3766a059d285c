//! The queue of workers, with real workers that do as their first byte says.

use std::cell::RefCell;
use std::rc::Rc;

use boardwatch::app::job::{Reply, Request};
use boardwatch::vision::Detail;
use boardwatch::web::pool::{Job, Outcome, Pool, PoolConfig, Ticket};
use js_sys::{Array, Uint8Array};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Blob, BlobPropertyBag, Url};

use crate::page::{js, sleep, wait_for};

/// a: answers with the size of what it got; p: progress first; c: crashes; h: hangs for ever; s: answers with what the other hand says, if
/// there is one; x: the same, but the other hand crashes.
const SCRIPT: &str = r#"
onmessage = ({data: {id, text, buffers, hand, ports: [port]}}) => {
  const bytes = new Uint8Array(buffers[0]);
  const say = (reply) => postMessage({id, text: JSON.stringify(reply), buffers: []});
  const order = String.fromCharCode(bytes[0]);
  if (order === "c") throw new Error("as ordered");
  if (order === "h") return;
  if (port && hand === 1) {
    if (order === "x") throw new Error("as ordered");
    port.postMessage(bytes.length);
    return postMessage({id, text: '"helped"', buffers: []});
  }
  if (port) {
    port.onmessage = ({data}) => say({failed: `the other hand has ${data}`});
    return;
  }
  if (order === "p") say({progressed: {stage: "align", done: 0.5}});
  say({failed: `${text} ${bytes.length}`});
};
postMessage("ready");
"#;

fn pool(most: usize, idle_ms: u32) -> Rc<Pool> {
    pool_that(false, most, idle_ms)
}

fn pool_that(shares: bool, most: usize, idle_ms: u32) -> Rc<Pool> {
    let options = BlobPropertyBag::new();
    options.set_type("text/javascript");
    let script = Blob::new_with_str_sequence_and_options(&Array::of1(&js(SCRIPT)), &options).unwrap();
    Pool::new(PoolConfig { script: Url::create_object_url_with_blob(&script).unwrap(), most, idle_ms, shares })
}

#[derive(Clone, Default)]
struct Log(Rc<RefCell<Vec<String>>>);

impl Log {
    fn submit(&self, pool: &Rc<Pool>, name: &'static str, order: &str) -> Ticket {
        self.submit_request(pool, name, order, Request::Inspect)
    }

    fn submit_shared(&self, pool: &Rc<Pool>, name: &'static str, order: &str) -> Ticket {
        self.submit_request(
            pool,
            name,
            order,
            Request::Compare {
                features: 0,
                px_per_mm: None,
                control_points: Vec::new(),
                units: Vec::new(),
                detail: Detail::Full,
                shared: true,
            },
        )
    }

    fn submit_request(&self, pool: &Rc<Pool>, name: &'static str, order: &str, request: Request) -> Ticket {
        let blob = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(order.as_bytes()))).unwrap();
        let (progressed, ended) = (self.clone(), self.clone());
        let heard = move |reply: Reply| {
            if let Reply::Progressed { stage, done } = reply {
                progressed.0.borrow_mut().push(format!("{name}: {} {done}", stage.name()));
            }
        };
        let done = move |outcome: Outcome| {
            ended.0.borrow_mut().push(match outcome {
                Outcome::Replied(Reply::Failed(text), _) => format!("{name}: {text}"),
                other => format!("{name}: {other:?}"),
            });
        };
        pool.submit(Job { request, blobs: vec![blob], heard: Rc::new(heard), done: Box::new(done) })
    }

    async fn lines(&self, count: usize) -> Vec<String> {
        wait_for("the workers' answers", || (self.0.borrow().len() >= count).then(|| self.0.borrow().clone())).await
    }
}

#[wasm_bindgen_test]
async fn jobs_wait_for_the_only_worker_and_come_back_in_order() {
    let (pool, log) = (pool(1, 60_000), Log::default());
    for (name, order) in [("one", "p"), ("two", "aa"), ("three", "aaa")] {
        log.submit(&pool, name, order);
    }
    let lines = log.lines(4).await;
    assert_eq!(lines, ["one: align 0.5", "one: \"inspect\" 1", "two: \"inspect\" 2", "three: \"inspect\" 3"]);
    assert_eq!(pool.workers(), 1);
}

#[wasm_bindgen_test]
async fn a_crash_is_told_and_the_next_job_gets_a_fresh_worker() {
    let (pool, log) = (pool(1, 60_000), Log::default());
    log.submit(&pool, "bad", "c");
    log.submit(&pool, "good", "a");
    assert_eq!(log.lines(2).await, ["bad: Crashed", "good: \"inspect\" 1"]);
}

#[wasm_bindgen_test]
async fn a_worker_that_cannot_be_started_is_told_apart_from_a_crash() {
    let pool = Pool::new(PoolConfig { script: "no-such-script.js".to_owned(), most: 1, idle_ms: 1000, shares: false });
    let log = Log::default();
    log.submit(&pool, "lost", "a");
    assert_eq!(log.lines(1).await, ["lost: NotStarted"]);
}

#[wasm_bindgen_test]
async fn cancelling_ends_the_worker_and_nothing_more_is_heard_of_the_job() {
    let (pool, log) = (pool(1, 60_000), Log::default());
    let hanging = log.submit(&pool, "hanging", "h");
    let waiting = log.submit(&pool, "waiting", "a");
    log.submit(&pool, "last", "a");
    sleep(200).await;
    pool.cancel(waiting);
    pool.cancel(hanging);
    assert_eq!(log.lines(1).await, ["last: \"inspect\" 1"]);
}

#[wasm_bindgen_test]
async fn idle_workers_end() {
    let (pool, log) = (pool(2, 100), Log::default());
    log.submit(&pool, "one", "a");
    log.submit(&pool, "two", "a");
    assert_eq!(pool.workers(), 2);
    log.lines(2).await;
    wait_for("the end of the workers", || (pool.workers() == 0).then_some(())).await;
}

#[wasm_bindgen_test]
async fn a_comparison_is_shared_by_two_workers_that_talk_to_each_other() {
    let (pool, log) = (pool_that(true, 2, 60_000), Log::default());
    log.submit_shared(&pool, "shared", "sss");
    assert_eq!(log.lines(1).await, ["shared: the other hand has 3"]);
    // The helper gives its memory back by ending; a fresh one takes its place.
    wait_for("the end of the helper", || (pool.workers() == 1).then_some(())).await;
    log.submit(&pool, "next", "a");
    log.submit(&pool, "last", "aa");
    assert_eq!(log.lines(3).await.len(), 3);
    assert_eq!(pool.workers(), 2);
}

#[wasm_bindgen_test]
async fn nothing_is_shared_while_others_wait_or_where_one_worker_is_all() {
    let (busy, small, log) = (pool_that(true, 2, 60_000), pool_that(true, 1, 60_000), Log::default());
    let hanging = log.submit(&busy, "hanging", "h");
    log.submit_shared(&busy, "one free", "s");
    log.submit_shared(&small, "one at all", "s");
    let mut lines = log.lines(2).await;
    lines.sort();
    let alone = r#"{"compare":{"features":0,"px_per_mm":null,"control_points":[],"units":[],"detail":"full","shared":true}} 1"#;
    assert_eq!(lines, [format!("one at all: {alone}"), format!("one free: {alone}")]);
    busy.cancel(hanging);
}

#[wasm_bindgen_test]
async fn what_a_helper_does_not_survive_is_done_again_by_one_alone() {
    let (pool, log) = (pool_that(true, 2, 60_000), Log::default());
    log.submit_shared(&pool, "shared", "x");
    let alone = r#"{"compare":{"features":0,"px_per_mm":null,"control_points":[],"units":[],"detail":"full","shared":false}} 1"#;
    assert_eq!(log.lines(1).await, [format!("shared: {alone}")]);
}

#[wasm_bindgen_test]
async fn cancelling_a_shared_job_ends_both_workers() {
    let (pool, log) = (pool_that(true, 2, 60_000), Log::default());
    let hanging = log.submit_shared(&pool, "hanging", "h");
    sleep(200).await;
    assert_eq!(pool.workers(), 2);
    pool.cancel(hanging);
    assert_eq!(pool.workers(), 0);
}
