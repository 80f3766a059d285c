//! How far a worker is, posted to the page.

use std::collections::BTreeMap;

use web_sys::DedicatedWorkerGlobalScope;

use super::serving::post;
use crate::app::job::Reply;
use crate::geometry::{Homography, Photo, Reference};
use crate::vision::{Cancelled, Stage, StageClock, Watch};

/// Progress of the same stage is posted at most this often: faster than anybody reads, slow enough to cost nothing.
const PROGRESS_MS: f64 = 100.0;

/// Posts progress, and times the stages.
pub(super) struct Progress<'a> {
    scope: &'a DedicatedWorkerGlobalScope,
    id: u32,
    clock: StageClock,
    posted: Option<(Stage, f64)>,
}

impl<'a> Progress<'a> {
    pub(super) fn new(scope: &'a DedicatedWorkerGlobalScope, id: u32) -> Self {
        Self { scope, id, clock: StageClock::default(), posted: None }
    }

    pub(super) fn finish(self) -> BTreeMap<String, f64> {
        self.clock.finish(now_ms(self.scope))
    }
}

impl Watch for Progress<'_> {
    fn progressed(&mut self, stage: Stage, done: f32) -> Result<(), Cancelled> {
        let now = now_ms(self.scope);
        self.clock.enter(stage, now);
        if self.posted.is_none_or(|(posted, at)| posted != stage || now - at >= PROGRESS_MS) {
            self.posted = Some((stage, now));
            post(self.scope, self.id, &Reply::Progressed { stage, done }, Vec::new());
        }
        // Cancelling ends the whole worker.
        Ok(())
    }

    fn placed(&mut self, coarse: &Homography<Photo, Reference>) {
        post(self.scope, self.id, &Reply::Placed(*coarse), Vec::new());
    }
}

fn now_ms(scope: &DedicatedWorkerGlobalScope) -> f64 {
    scope.performance().map_or(0.0, |performance| performance.now())
}
