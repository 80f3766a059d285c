//! A compiled pair of shaders.

use web_sys::{WebGl2RenderingContext as Gl, WebGlProgram, WebGlShader, WebGlUniformLocation};

use super::StageError;

/// A linked programme. Its memory is the context's.
pub(super) struct Program {
    program: WebGlProgram,
}

impl Program {
    pub(super) fn new(gl: &Gl, vertex: &str, fragment: &str) -> Result<Self, StageError> {
        let refused = |log: Option<String>| StageError::Refused(log.unwrap_or_default().trim().to_owned());
        let program = gl.create_program().ok_or_else(|| refused(None))?;
        for (kind, source) in [(Gl::VERTEX_SHADER, vertex), (Gl::FRAGMENT_SHADER, fragment)] {
            let shader: WebGlShader = gl.create_shader(kind).ok_or_else(|| refused(None))?;
            gl.shader_source(&shader, source);
            gl.compile_shader(&shader);
            if !gl.get_shader_parameter(&shader, Gl::COMPILE_STATUS).is_truthy() {
                return Err(refused(gl.get_shader_info_log(&shader)));
            }
            gl.attach_shader(&program, &shader);
            gl.delete_shader(Some(&shader));
        }
        gl.link_program(&program);
        if !gl.get_program_parameter(&program, Gl::LINK_STATUS).is_truthy() {
            return Err(refused(gl.get_program_info_log(&program)));
        }
        Ok(Self { program })
    }

    pub(super) fn use_in(&self, gl: &Gl) {
        gl.use_program(Some(&self.program));
    }

    pub(super) fn uniform(&self, gl: &Gl, name: &str) -> Option<WebGlUniformLocation> {
        gl.get_uniform_location(&self.program, name)
    }
}
