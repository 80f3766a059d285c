#version 300 es
// One tile of a picture. Transparent pixels lie over white, as in the analysis, or show what lies below, as on a sheet.
precision highp float;
uniform sampler2D u_picture;
uniform vec4 u_texture; // picture pixels to texture coordinates: scale, then offset
uniform float u_opacity;
uniform float u_grey; // 1 for brightness alone
uniform float u_paper; // 1 for white below it, 0 for nothing
uniform vec3 u_cut; // drawn where x * u_cut.x + y * u_cut.y + u_cut.z of the buffer's pixel is above 0
in vec2 v_pixel;
out vec4 o_colour;

const vec3 LUMA = vec3(0.299, 0.587, 0.114);

void main() {
    vec4 colour = texture(u_picture, v_pixel * u_texture.xy + u_texture.zw);
    if (dot(gl_FragCoord.xy, u_cut.xy) + u_cut.z <= 0.0) {
        discard;
    }
    vec4 shown = colour + (1.0 - colour.a) * u_paper;
    o_colour = vec4(mix(shown.rgb, vec3(dot(shown.rgb, LUMA)), u_grey), shown.a) * u_opacity;
}
