//! A compiled pair of shaders.

use web_sys::{WebGl2RenderingContext as Gl, WebGlProgram, WebGlShader, WebGlUniformLocation};

use super::StageError;

/// A linked programme. Its memory is the context's.
pub(super) struct Program {
    program: WebGlProgram,
}

impl Program {
    /// Hands both shaders to the driver and asks nothing: an answer before it is done would stop the page until then.
    pub(super) fn new(gl: &Gl, vertex: &str, fragment: &str) -> Result<Self, StageError> {
        let refused = || StageError::Refused(String::new());
        let program = gl.create_program().ok_or_else(refused)?;
        for (kind, source) in [(Gl::VERTEX_SHADER, vertex), (Gl::FRAGMENT_SHADER, fragment)] {
            let shader: WebGlShader = gl.create_shader(kind).ok_or_else(refused)?;
            gl.shader_source(&shader, source);
            gl.compile_shader(&shader);
            gl.attach_shader(&program, &shader);
            gl.delete_shader(Some(&shader));
        }
        gl.link_program(&program);
        Ok(Self { program })
    }

    /// Whether the driver took it; waits until it is done.
    pub(super) fn check(&self, gl: &Gl) -> Result<(), StageError> {
        if gl.get_program_parameter(&self.program, Gl::LINK_STATUS).is_truthy() {
            return Ok(());
        }
        Err(StageError::Refused(gl.get_program_info_log(&self.program).unwrap_or_default().trim().to_owned()))
    }

    pub(super) fn use_in(&self, gl: &Gl) {
        gl.use_program(Some(&self.program));
    }

    pub(super) fn uniform(&self, gl: &Gl, name: &str) -> Option<WebGlUniformLocation> {
        gl.get_uniform_location(&self.program, name)
    }
}
