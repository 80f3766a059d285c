#version 300 es
// What differs, over a dim board: white in grey, or orange where the photo is brighter, blue where it is darker (two hues that all
// common kinds of colour blindness tell apart). A colour counts as the same when the other picture has it within reach.
precision highp float;
uniform sampler2D u_reference;
uniform sampler2D u_photo;
uniform float u_reach; // screen pixels
uniform float u_floor; // differences up to this, of 1, are light and noise
uniform float u_gain;
uniform float u_grey; // 1 for white instead of hues
out vec4 o_colour;

const vec3 LUMA = vec3(0.299, 0.587, 0.114);

void main() {
    ivec2 here = ivec2(gl_FragCoord.xy);
    ivec2 last = textureSize(u_reference, 0) - 1;
    vec4 reference = texelFetch(u_reference, here, 0);
    vec4 photo = texelFetch(u_photo, here, 0);
    float photo_best = 2.0;
    float reference_best = 2.0;
    for (int y = -1; y <= 1; y++) {
        for (int x = -1; x <= 1; x++) {
            ivec2 there = clamp(here + ivec2(round(vec2(x, y) * u_reach)), ivec2(0), last);
            vec3 a = abs(texelFetch(u_photo, there, 0).rgb - reference.rgb);
            vec3 b = abs(texelFetch(u_reference, there, 0).rgb - photo.rgb);
            photo_best = min(photo_best, max(a.r, max(a.g, a.b)));
            reference_best = min(reference_best, max(b.r, max(b.g, b.b)));
        }
    }
    float both = reference.a * photo.a;
    float amount = clamp((max(photo_best, reference_best) - u_floor) * u_gain, 0.0, 1.0) * both;
    float brighter = step(dot(reference.rgb, LUMA), dot(photo.rgb, LUMA));
    vec3 hue = mix(mix(vec3(0.337, 0.706, 0.914), vec3(0.902, 0.624, 0.0), brighter), vec3(1.0), u_grey);
    vec3 board = vec3(dot(mix(photo.rgb, reference.rgb, reference.a), LUMA) * mix(0.35, 0.12, u_grey));
    o_colour = vec4(mix(board, hue, amount), 1.0) * max(reference.a, photo.a);
}
