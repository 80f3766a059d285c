//! Getting at the graphics card, or at the processor in its place.

use wasm_bindgen::JsCast;
use web_sys::{HtmlCanvasElement, WebGl2RenderingContext as Gl, WebGlContextAttributes};

/// Who draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pace {
    /// A graphics card.
    Fast,
    /// The processor, which has other things to do: every frame holds up the page, and takes time away from the comparison.
    Slow,
}

/// How drivers that draw with the processor call themselves. `failIfMajorPerformanceCaveat` does not tell them all.
const BY_PROCESSOR: [&str; 4] = ["SwiftShader", "llvmpipe", "softpipe", "Microsoft Basic Render"];
/// `UNMASKED_RENDERER_WEBGL` of the extension `WEBGL_debug_renderer_info`.
const RENDERER: u32 = 0x9246;

/// WebGL 2 on `canvas`, if the browser has it.
pub(super) fn context(canvas: &HtmlCanvasElement) -> Option<(Gl, Pace)> {
    let attributes = WebGlContextAttributes::new();
    attributes.set_antialias(false);
    attributes.set_depth(false);
    let gl: Gl = canvas.get_context_with_context_options("webgl2", &attributes).ok()??.dyn_into().ok()?;
    let named = gl.get_extension("WEBGL_debug_renderer_info").ok().flatten().is_some();
    let name = gl.get_parameter(RENDERER).ok().filter(|_| named).and_then(|name| name.as_string()).unwrap_or_default();
    let slow = BY_PROCESSOR.iter().any(|driver| name.contains(driver));
    Some((gl, if slow { Pace::Slow } else { Pace::Fast }))
}
