#version 300 es
// A picture's vertices in the reference frame, homogeneous: the weight makes perspective exact inside a triangle.
precision highp float;
uniform vec4 u_view; // clip = (x * u_view.x + w * u_view.y, y * u_view.z + w * u_view.w)
layout(location = 0) in vec3 a_place;
layout(location = 1) in vec2 a_pixel;
out vec2 v_pixel;

void main() {
    v_pixel = a_pixel;
    gl_Position = vec4(a_place.x * u_view.x + a_place.z * u_view.y, a_place.y * u_view.z + a_place.z * u_view.w, 0.0, a_place.z);
}
