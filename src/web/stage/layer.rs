//! A picture on the graphics card: tiles with textures, bent into the reference frame.

use js_sys::{Float32Array, Uint32Array};
use wasm_bindgen::JsValue;
use web_sys::{ImageBitmap, WebGl2RenderingContext as Gl, WebGlBuffer, WebGlTexture, WebGlVertexArrayObject};

use super::painter::Wanted;
use super::patch::{Area, NUMBERS, Patch};

/// A tile's side with its padding: one upload of a megabyte takes a millisecond or two, on any device.
const TEXTURE_SIDE: u32 = 512;

/// A picture in the reference frame.
pub(super) struct Layer {
    size: (u32, u32),
    preview: Option<WebGlTexture>,
    tiles: Vec<Tile>,
}

/// A part of it.
struct Tile {
    padded: Area,
    area: Area,
    texture: Option<WebGlTexture>,
    shape: Option<Shape>,
}

struct Shape {
    array: WebGlVertexArrayObject,
    buffers: [WebGlBuffer; 2],
    indices: i32,
}

/// What to bind for a tile: its triangles, its texture, and picture pixels to texture coordinates.
pub(super) struct Drawable<'a> {
    pub(super) array: &'a WebGlVertexArrayObject,
    pub(super) indices: i32,
    pub(super) texture: &'a WebGlTexture,
    pub(super) mapping: [f32; 4],
}

impl Layer {
    /// A layer without pixels yet, and the tiles that it needs.
    pub(super) fn new(gl: &Gl, wanted: &Wanted) -> (Self, Vec<Area>) {
        let size = wanted.size;
        let tiles = Area::tiles(size, TEXTURE_SIDE - 2).into_iter().map(|area| Tile {
            padded: area.padded(size),
            area,
            texture: None,
            shape: Shape::new(gl, &Patch::new(area, size, &wanted.warp)),
        });
        let tiles: Vec<_> = tiles.collect();
        let padded = tiles.iter().map(|tile| tile.padded).collect();
        (Self { size, tiles, preview: None }, padded)
    }

    /// Bends it anew; the pixels stay.
    pub(super) fn bend(&mut self, gl: &Gl, wanted: &Wanted) {
        for tile in &mut self.tiles {
            if let Some(shape) = tile.shape.take() {
                shape.free(gl);
            }
            tile.shape = Shape::new(gl, &Patch::new(tile.area, self.size, &wanted.warp));
        }
    }

    /// The whole picture in few pixels, shown wherever a tile is missing. It is about as small as the stage: no mipmaps.
    pub(super) fn set_preview(&mut self, gl: &Gl, bitmap: &ImageBitmap) -> Result<(), JsValue> {
        let before = self.preview.replace(upload(gl, bitmap, Gl::LINEAR)?);
        gl.delete_texture(before.as_ref());
        Ok(())
    }

    pub(super) fn set_tile(&mut self, gl: &Gl, place: usize, bitmap: &ImageBitmap) -> Result<(), JsValue> {
        let Some(tile) = self.tiles.get_mut(place) else { return Ok(()) };
        let before = tile.texture.replace(upload(gl, bitmap, Gl::LINEAR_MIPMAP_LINEAR)?);
        gl.delete_texture(before.as_ref());
        Ok(())
    }

    pub(super) fn drawables(&self) -> impl Iterator<Item = Drawable<'_>> {
        let whole = Area { x: 0, y: 0, width: self.size.0, height: self.size.1 };
        self.tiles.iter().filter_map(move |tile| {
            let shape = tile.shape.as_ref()?;
            let (texture, area) = match (&tile.texture, &self.preview) {
                (Some(texture), _) => (texture, tile.padded),
                (None, Some(preview)) => (preview, whole),
                (None, None) => return None,
            };
            let (width, height) = (area.width as f32, area.height as f32);
            let mapping = [1.0 / width, 1.0 / height, -(area.x as f32) / width, -(area.y as f32) / height];
            Some(Drawable { array: &shape.array, indices: shape.indices, texture, mapping })
        })
    }

    /// Gives the graphics memory back.
    pub(super) fn free(self, gl: &Gl) {
        gl.delete_texture(self.preview.as_ref());
        for tile in self.tiles {
            gl.delete_texture(tile.texture.as_ref());
            if let Some(shape) = tile.shape {
                shape.free(gl);
            }
        }
    }
}

impl Shape {
    /// `None` when the context is lost.
    fn new(gl: &Gl, patch: &Patch) -> Option<Self> {
        let (array, vertices, indices) = (gl.create_vertex_array()?, gl.create_buffer()?, gl.create_buffer()?);
        gl.bind_vertex_array(Some(&array));
        gl.bind_buffer(Gl::ARRAY_BUFFER, Some(&vertices));
        let numbers = Float32Array::from(patch.vertices.as_slice());
        gl.buffer_data_with_array_buffer_view(Gl::ARRAY_BUFFER, &numbers, Gl::STATIC_DRAW);
        gl.bind_buffer(Gl::ELEMENT_ARRAY_BUFFER, Some(&indices));
        let triangles = Uint32Array::from(patch.triangles.as_slice());
        gl.buffer_data_with_array_buffer_view(Gl::ELEMENT_ARRAY_BUFFER, &triangles, Gl::STATIC_DRAW);
        let stride = (NUMBERS * 4) as i32;
        gl.enable_vertex_attrib_array(0);
        gl.vertex_attrib_pointer_with_i32(0, 3, Gl::FLOAT, false, stride, 0);
        gl.enable_vertex_attrib_array(1);
        gl.vertex_attrib_pointer_with_i32(1, 2, Gl::FLOAT, false, stride, 12);
        gl.bind_vertex_array(None);
        Some(Self { array, buffers: [vertices, indices], indices: i32::try_from(patch.triangles.len()).unwrap_or(0) })
    }

    fn free(self, gl: &Gl) {
        gl.delete_vertex_array(Some(&self.array));
        for buffer in &self.buffers {
            gl.delete_buffer(Some(buffer));
        }
    }
}

/// `shrunk` is the filter for a view from far away; one with mipmaps makes them.
fn upload(gl: &Gl, bitmap: &ImageBitmap, shrunk: u32) -> Result<WebGlTexture, JsValue> {
    let texture = gl.create_texture().ok_or(JsValue::NULL)?;
    gl.bind_texture(Gl::TEXTURE_2D, Some(&texture));
    let format = Gl::RGBA8 as i32;
    gl.tex_image_2d_with_u32_and_u32_and_image_bitmap(Gl::TEXTURE_2D, 0, format, Gl::RGBA, Gl::UNSIGNED_BYTE, bitmap)?;
    if shrunk == Gl::LINEAR_MIPMAP_LINEAR {
        gl.generate_mipmap(Gl::TEXTURE_2D);
    }
    for (name, value) in
        [(Gl::TEXTURE_MIN_FILTER, shrunk), (Gl::TEXTURE_WRAP_S, Gl::CLAMP_TO_EDGE), (Gl::TEXTURE_WRAP_T, Gl::CLAMP_TO_EDGE)]
    {
        gl.tex_parameteri(Gl::TEXTURE_2D, name, value as i32);
    }
    Ok(texture)
}
