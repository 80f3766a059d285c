#version 300 es
// One tile of a picture. Transparent pixels lie over white, as in the analysis.
precision highp float;
uniform sampler2D u_picture;
uniform vec4 u_texture; // picture pixels to texture coordinates: scale, then offset
uniform float u_opacity;
in vec2 v_pixel;
out vec4 o_colour;

void main() {
    vec4 colour = texture(u_picture, v_pixel * u_texture.xy + u_texture.zw);
    o_colour = vec4(colour.rgb + (1.0 - colour.a), 1.0) * u_opacity;
}
