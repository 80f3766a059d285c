#version 300 es
// A picture's vertices in the reference frame, homogeneous: the weight makes perspective exact inside a triangle.
precision highp float;
uniform vec3 u_across; // clip x = x * u_across.x + y * u_across.y + weight * u_across.z
uniform vec3 u_down;
layout(location = 0) in vec3 a_place;
layout(location = 1) in vec2 a_pixel;
out vec2 v_pixel;

void main() {
    v_pixel = a_pixel;
    gl_Position = vec4(dot(a_place, u_across), dot(a_place, u_down), 0.0, a_place.z);
}
