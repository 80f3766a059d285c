//! A picture that is drawn into, to be read by a shader.

use web_sys::{WebGl2RenderingContext as Gl, WebGlFramebuffer, WebGlTexture};

/// A texture with its frame buffer.
pub(super) struct Target {
    pub(super) size: (u32, u32),
    pub(super) texture: WebGlTexture,
    frame: WebGlFramebuffer,
}

impl Target {
    /// `None` when the context is lost.
    pub(super) fn new(gl: &Gl, size: (u32, u32)) -> Option<Self> {
        let (texture, frame) = (gl.create_texture()?, gl.create_framebuffer()?);
        gl.bind_texture(Gl::TEXTURE_2D, Some(&texture));
        gl.tex_storage_2d(Gl::TEXTURE_2D, 1, Gl::RGBA8, size.0 as i32, size.1 as i32);
        gl.bind_framebuffer(Gl::FRAMEBUFFER, Some(&frame));
        gl.framebuffer_texture_2d(Gl::FRAMEBUFFER, Gl::COLOR_ATTACHMENT0, Gl::TEXTURE_2D, Some(&texture), 0);
        Self::unbind(gl);
        Some(Self { size, texture, frame })
    }

    pub(super) fn bind(&self, gl: &Gl) {
        gl.bind_framebuffer(Gl::FRAMEBUFFER, Some(&self.frame));
    }

    /// Draws onto the canvas again.
    pub(super) fn unbind(gl: &Gl) {
        gl.bind_framebuffer(Gl::FRAMEBUFFER, None);
    }

    pub(super) fn free(self, gl: &Gl) {
        gl.delete_texture(Some(&self.texture));
        gl.delete_framebuffer(Some(&self.frame));
    }
}
