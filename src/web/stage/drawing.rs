//! Whether the graphics card has done what it was told.

use web_sys::{WebGl2RenderingContext as Gl, WebGlSync};

use crate::web::wait::now_ms;

/// After this long it is not waited for any more: a lost context never answers.
const PATIENCE_MS: f64 = 1000.0;

/// Work that was given to the graphics card.
pub(super) struct Drawing {
    fence: WebGlSync,
    since_ms: f64,
}

impl Drawing {
    /// Everything up to here; `None` when the context is lost.
    pub(super) fn begun(gl: &Gl) -> Option<Self> {
        let fence = gl.fence_sync(Gl::SYNC_GPU_COMMANDS_COMPLETE, 0)?;
        gl.flush();
        Some(Self { fence, since_ms: now_ms() })
    }

    pub(super) fn is_going_on(&self, gl: &Gl) -> bool {
        let status = gl.get_sync_parameter(&self.fence, Gl::SYNC_STATUS).as_f64();
        status == Some(f64::from(Gl::UNSIGNALED)) && now_ms() - self.since_ms < PATIENCE_MS
    }

    pub(super) fn forget(self, gl: &Gl) {
        gl.delete_sync(Some(&self.fence));
    }
}
